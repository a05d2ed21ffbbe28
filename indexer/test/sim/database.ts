import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgres } from '@fairhold/db/postgres'
import { createTestDatabase, type TestDatabase } from '@fairhold/db/testing'
import pg from 'pg'
import { freePort } from '../support/chain.ts'
import { chainTables, type SimTable } from './subject.ts'

/** An error that Postgres gives for a while at writes to a table. */
export type DatabaseFault = {
  table: SimTable
  code: '40001' | '53100'
  /** Whether it comes only at the commit. */
  atCommit: boolean
  times: number
}

/** A database for one seed at a time. */
export type SimDatabase = {
  indexerUrl: string
  /** The administrator's connection as it is now: a restart makes a new one. */
  admin: () => pg.Client
  /** Empties the tables and takes faults back. */
  reset: () => Promise<void>
  arm: (fault: DatabaseFault) => Promise<void>
  disarm: () => Promise<void>
  /** Ends the backends of all indexers, as an operator or a failover would. */
  terminate: () => Promise<void>
  /** Resolves when no indexer is connected any more. */
  settle: () => Promise<void>
  /** Stops the server and starts it again; only where it serves this database alone. */
  restart: (() => Promise<void>) | null
  stop: () => Promise<void>
}

/** Databases on one server of their own, migrated, with triggers that can fail. The last to stop takes the server along. */
export async function createSimDatabases(count: number): Promise<SimDatabase[]> {
  const first = await createTestDatabase()
  const made = [first]
  while (made.length < count) made.push(await createTestDatabase({ server: first.adminUrl }))
  return Promise.all(made.map((database) => prepare(database)))
}

/** A database on a server of its own that can be restarted. */
export async function createRestartableDatabase(): Promise<SimDatabase> {
  const server = await startRestartable()
  return prepare(await createTestDatabase({ server: server.url }), server)
}

/** Stops them all, the one that is the server last. */
export async function stopSimDatabases(databases: readonly SimDatabase[]): Promise<void> {
  for (const database of databases.toReversed()) await database.stop()
}

/** Tables whose rows can fail at the commit: one that every step writes, one that only steps with events write. */
export const failsAtCommit = ['chain.checkpoint', 'chain.event'] as const

const OTHERS = 'datname = current_database() and pid <> pg_backend_pid()'

// A trigger is told its table, since in a partition it has another name. The counter is a sequence because a sequence is not rolled back with the transaction that failed.
const faultSql = `
  create schema sim;
  create sequence sim.hits;
  create table sim.fault (tbl text, code text, at_commit boolean, times int);
  create function sim.strike() returns trigger language plpgsql security definer as $$
  declare planned record;
  begin
    for planned in select * from sim.fault where tbl = tg_argv[0] and at_commit = (tg_level = 'ROW') loop
      if nextval('sim.hits') <= planned.times then
        raise exception 'a fault of the simulator' using errcode = planned.code;
      end if;
    end loop;
    return null;
  end $$;`

async function prepare({ adminUrl, indexerUrl, stop }: TestDatabase, server: Restartable | null = null): Promise<SimDatabase> {
  let admin = await connect(adminUrl)
  await admin.query(faultSql)
  for (const table of chainTables) await addTriggers(admin, table)
  const disarm = async (): Promise<void> => {
    await admin.query('delete from sim.fault')
  }
  return {
    ...{ indexerUrl, disarm, admin: () => admin },
    reset: async () => {
      await admin.query(`truncate ${chainTables.join(', ')}`)
      await disarm()
    },
    arm: async ({ table, code, atCommit, times }) => {
      await admin.query(`select setval('sim.hits', 1, false)`)
      await admin.query('insert into sim.fault values ($1, $2, $3, $4)', [table, code, atCommit, times])
    },
    terminate: async () => {
      await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${OTHERS}`)
    },
    settle: async () => {
      const others = `select count(*)::int as n from pg_stat_activity where ${OTHERS}`
      while ((await admin.query<{ n: number }>(others)).rows[0]?.n !== 0) await sleep(2)
    },
    restart:
      server &&
      (async () => {
        await server.restart()
        admin = await connect(adminUrl)
      }),
    stop: async () => {
      await admin.end()
      await stop()
      await server?.stop()
    },
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined) // the server is restarted in some seeds; the next query says so
  await client.connect()
  return client
}

async function addTriggers(admin: pg.Client, table: SimTable): Promise<void> {
  await admin.query(`create trigger sim_now after insert or update or delete on ${table}
    for each statement execute function sim.strike('${table}')`)
  if (!failsAtCommit.some((one) => one === table)) return
  await admin.query(`create constraint trigger sim_at_commit after insert on ${table}
    deferrable initially deferred for each row execute function sim.strike('${table}')`)
}

type Restartable = { url: string; restart: () => Promise<void>; stop: () => Promise<void> }

async function startRestartable(): Promise<Restartable> {
  const base = mkdtempSync(join(tmpdir(), 'fairhold-sim-pg-'))
  chmodSync(base, 0o755)
  const options = { dir: join(base, 'data'), port: await freePort(), password: 'test', durable: false }
  let server = await startPostgres(options)
  return {
    url: server.url(),
    restart: async () => {
      await server.stop()
      server = await startPostgres(options)
    },
    stop: async () => {
      await server.stop()
      rmSync(base, { recursive: true, force: true })
    },
  }
}
