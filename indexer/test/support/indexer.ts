import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@fairhold/db/testing'
import pg from 'pg'
import { pino } from 'pino'
import { type ChainConfig, parseEnv } from '../../src/env.ts'
import { runChain } from '../../src/run.ts'
import { createStatus, type Status } from '../../src/status.ts'
import { type TableName, tables } from '../../src/store/tables.ts'
import { freePort, type TestChain, untilTrue } from './chain.ts'

const POLL_MS = 50

/** Databases for one test file: the first brings up a server, the others are made on it. */
export async function createDatabases(count: number): Promise<TestDatabase[]> {
  const first = await createTestDatabase()
  process.env.TEST_PG_URL ??= first.adminUrl
  const databases = [first]
  while (databases.length < count) databases.push(await createTestDatabase()) // one by one: they share the server's roles
  return databases
}

const running = new Set<TestIndexer>()

/** Ends the indexers that failed tests left behind, and the databases: the one that may be the server last. */
export async function stopDatabases(databases: readonly TestDatabase[] = []): Promise<void> {
  await Promise.all([...running].map((indexer) => indexer.stop()))
  for (const database of databases.toReversed()) await database.stop()
}

/** The environment of an indexer of this chain. */
export function variablesFor(chain: TestChain, databaseUrl: string, changes: Record<string, string> = {}) {
  return {
    INDEXER_DATABASE_URL: databaseUrl,
    RPC_URL: chain.url,
    RPC_WS_URL: chain.wsUrl,
    CHAIN_ID: String(chain.chainId),
    FINALITY: 'none',
    ESCROW_ADDRESS: chain.escrow,
    REPUTATION_ADDRESS: chain.reputation,
    DEPLOY_BLOCK: '0',
    INDEXER_POLL_MS: String(POLL_MS),
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    ...changes,
  }
}

/** An indexer in this process. */
export type TestIndexer = { status: Status; stop: () => Promise<void>; ended: Promise<void>; failed: () => unknown }

export function startIndexer(variables: Record<string, string>): TestIndexer {
  const [indexer] = startIndexers(variables)
  if (indexer === undefined) throw new Error('no chain')
  return indexer
}

/** The indexers of several chains in this process. */
export function startIndexers(variables: Record<string, string>): TestIndexer[] {
  const { chains, databaseUrl, logLevel } = parseEnv(variables)
  return chains.map((chain) => startOne(databaseUrl, chain, logLevel))
}

function startOne(databaseUrl: string, chain: ChainConfig, logLevel: string): TestIndexer {
  const status = createStatus({ chain: chain.caip2, now: Date.now, staleAfterMs: 5_000 })
  const stop = new AbortController()
  let failure: unknown = null
  const options = { databaseUrl, schema: 'chain', chain, log: pino({ level: logLevel }), status }
  const ended = runChain(options, stop.signal).catch((error: unknown) => {
    failure = error
  })
  const indexer: TestIndexer = {
    status,
    ended,
    failed: () => failure,
    stop: async () => {
      stop.abort()
      await ended
      running.delete(indexer)
    },
  }
  running.add(indexer)
  return indexer
}

/** Waits until the indexer is ready at the block that is the chain's head now. */
export async function untilCaughtUp(indexer: TestIndexer, chain: TestChain): Promise<void> {
  const { hash } = await chain.client.getBlock()
  await untilTrue(() => {
    const { ready, indexed } = indexer.status.snapshot()
    return ready && indexed?.hash === hash
  })
}

/** An indexer in a process of its own, to be killed. */
export async function spawnIndexer(variables: Record<string, string>) {
  const port = await freePort()
  const main = join(import.meta.dirname, '../../src/main.ts')
  const env = { ...process.env, ...variables, INDEXER_PORT: String(port) }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'inherit', 'inherit'] })
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  process.once('exit', () => child.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    isReady: () =>
      fetch(`${url}/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    kill: async (signal: 'SIGKILL' | 'SIGTERM') => {
      child.kill(signal)
      return exited
    },
  }
}

/** Every row that follows from the chain, as text, in the order of the keys. */
export async function allRows(databaseUrl: string): Promise<Record<TableName, string[]>> {
  return withClient(databaseUrl, async (client) => {
    const found: Partial<Record<TableName, string[]>> = {}
    for (const name of Object.keys(tables) as TableName[]) {
      const sql = `select to_jsonb(t)::text as row from chain.${name} t order by chain, ${tables[name].key.join(', ')}`
      found[name] = (await client.query<{ row: string }>(sql)).rows.map(({ row }) => row)
    }
    return found as Record<TableName, string[]> // every table was read
  })
}

export async function query<T extends pg.QueryResultRow>(databaseUrl: string, sql: string, values: unknown[] = []): Promise<T[]> {
  return withClient(databaseUrl, async (client) => (await client.query<T>(sql, values)).rows)
}

async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  return work(client).finally(() => client.end())
}
