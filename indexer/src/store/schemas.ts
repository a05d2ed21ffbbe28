import { COMMIT_LOCK } from '@fairhold/db/locks'
import pg from 'pg'
import { announceDifferences } from './switch-events.ts'
import { tables } from './tables.ts'

/** Where a rebuild puts its tables until they take over. */
export const NEXT_SCHEMA = 'chain_next'
/** A connection as the owner of the tables. */
export type Admin = pg.Client

const OLD_SCHEMA = 'chain_old'
const REBUILD_LOCK = 7_233_186_750

/** Connects as the owner of the tables; rejects if another rebuild is under way. */
export async function openAdmin(url: string): Promise<Admin> {
  const client = new pg.Client({ connectionString: url, application_name: 'fairhold-rebuild', keepAlive: true })
  client.on('error', () => {}) // it is idle for long: the next query on a lost connection fails and says so
  await client.connect()
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [REBUILD_LOCK])
  if (rows[0]?.held) return client
  await client.end()
  throw new Error('another rebuild is under way')
}

/**
 * Makes the second schema with empty tables like those of `chain`, and with the same rights.
 * @throws Error if `chain` holds a chain that is not among those to be indexed: its rows would be lost.
 */
export async function createNextSchema(admin: Admin, chains: readonly string[]): Promise<void> {
  const { rows } = await admin.query<{ chain: string }>('select chain from chain.checkpoint where chain <> all($1)', [chains])
  if (rows[0]) throw new Error(`the tables also hold ${rows[0].chain}: name every chain, so that none is lost`)
  await dropNextSchema(admin)
  await inTransaction(admin, async () => {
    await admin.query(`create schema ${NEXT_SCHEMA}`)
    for (const table of [...Object.keys(tables), 'checkpoint']) {
      const partitioned = table === 'event' ? 'partition by range (block_number)' : ''
      await admin.query(`create table ${NEXT_SCHEMA}.${table} (like chain.${table} including all) ${partitioned}`)
    }
    await admin.query(`
      grant usage on schema ${NEXT_SCHEMA} to fairhold_indexer, fairhold_api;
      grant select, insert, update, delete, truncate on all tables in schema ${NEXT_SCHEMA} to fairhold_indexer;
      grant select on all tables in schema ${NEXT_SCHEMA} to fairhold_api;
      alter default privileges in schema ${NEXT_SCHEMA} grant select, insert, update, delete, truncate on tables to fairhold_indexer;
      alter default privileges in schema ${NEXT_SCHEMA} grant select on tables to fairhold_api`)
    await admin.query('select chain.make_event_partition($1, 0)', [NEXT_SCHEMA])
  })
}

/** Takes away what a rebuild has left. */
export async function dropNextSchema(admin: Admin): Promise<void> {
  await admin.query(`drop schema if exists ${NEXT_SCHEMA}, ${OLD_SCHEMA} cascade`)
}

/**
 * Puts the second schema in the place of `chain`, in one transaction during which no indexer commits. Returns how many events
 * the outbox was told are new, and how many were taken back; null, with nothing done, if the second schema is behind the first.
 */
export async function takeOver(admin: Admin): Promise<{ added: number; retracted: number } | null> {
  return inTransaction(admin, async () => {
    await admin.query('select pg_advisory_xact_lock($1)', [COMMIT_LOCK])
    await assertAlike(admin)
    const behind = `select from chain.checkpoint old left join ${NEXT_SCHEMA}.checkpoint next using (chain)
      where next.block_number is null or next.block_number < old.block_number`
    if ((await admin.query(behind)).rowCount !== 0) return null
    const told = await announceDifferences(admin, { from: 'chain', to: NEXT_SCHEMA })
    await admin.query(`
      alter schema chain rename to ${OLD_SCHEMA};
      alter schema ${NEXT_SCHEMA} rename to chain;
      alter type ${OLD_SCHEMA}.deal_state set schema chain;
      alter function ${OLD_SCHEMA}.make_event_partition(text, bigint) set schema chain`)
    return told
  })
}

/** A migration that came after the second schema was made would be undone by it. */
async function assertAlike(admin: Admin): Promise<void> {
  const columns = (schema: string): string =>
    `select table_name, column_name from information_schema.columns where table_schema = '${schema}' and table_name not like 'event_%'`
  const sql = `(${columns('chain')} except ${columns(NEXT_SCHEMA)}) union all (${columns(NEXT_SCHEMA)} except ${columns('chain')})`
  const indexes = `select schemaname from pg_indexes where tablename not like 'event_%' and schemaname in ('chain', '${NEXT_SCHEMA}')`
  const counts = `select 1 from (${indexes}) as i group by schemaname having count(*) <> (select count(*) / 2.0 from (${indexes}) as j)`
  const { rowCount } = await admin.query(sql)
  const { rowCount: uneven } = await admin.query(counts)
  if (rowCount !== 0 || uneven !== 0) throw new Error('the tables were migrated meanwhile: start the rebuild again')
}

async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
