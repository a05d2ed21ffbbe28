import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { createStages } from './copy.ts'

const LOCK_RETRY_MS = 250
const CONNECT_TIMEOUT_MS = 5_000
const STATEMENT_TIMEOUT_MS = 60_000
/** The server finds out within seconds that a writer's host is gone, and gives its lock to another. */
const SERVER_KEEPALIVE = '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3'

/** The one connection that may write a chain's rows. The lock lives and dies with it, so a writer that lost one cannot commit. */
export type Writer = { client: pg.Client; close: () => Promise<void> }

export type WriterOptions = { url: string; schema: string; chain: string }

/**
 * Connects and waits until no other instance writes this chain's rows in this schema; null if the signal aborts first.
 * @throws the driver's error if Postgres cannot be reached.
 */
export async function openWriter({ url, schema, chain }: WriterOptions, signal: AbortSignal): Promise<Writer | null> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'fairhold-indexer',
    // No other schema: when a rebuild's tables are renamed, a late writer of it must find none, rather than those in use.
    options: `-c search_path=${schema} ${SERVER_KEEPALIVE}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + CONNECT_TIMEOUT_MS,
    keepAlive: true,
  })
  client.on('error', () => {}) // an idle connection was lost: the next query on it fails and says so
  await client.connect()
  const close = (): Promise<void> => client.end().catch(() => {})
  try {
    if (await waitForLock(client, `fairhold indexer ${schema} ${chain}`, signal)) {
      await createStages(client)
      return { client, close }
    }
  } catch (error) {
    await close()
    throw error
  }
  await close()
  return null
}

async function waitForLock(client: pg.Client, name: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const sql = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as held'
    const { rows } = await client.query<{ held: boolean }>(sql, [name])
    if (rows[0]?.held) return true
    await sleep(LOCK_RETRY_MS, undefined, { signal }).catch(() => {})
  }
  return false
}
