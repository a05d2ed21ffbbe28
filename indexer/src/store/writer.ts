import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const WRITER_LOCK = '7233186748219430912' // any number, but the same in every instance
const LOCK_RETRY_MS = 250
const CONNECT_TIMEOUT_MS = 5_000
const STATEMENT_TIMEOUT_MS = 60_000

/** The one connection that may write. The lock lives and dies with it, so a writer that lost one cannot commit. */
export type Writer = { client: pg.Client; close: () => Promise<void> }

/**
 * Connects and waits until no other instance writes; null if the signal aborts first.
 * @throws the driver's error if Postgres cannot be reached.
 */
export async function openWriter(url: string, signal: AbortSignal): Promise<Writer | null> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'fairhold-indexer',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + CONNECT_TIMEOUT_MS,
    keepAlive: true,
  })
  client.on('error', () => {}) // an idle connection was lost: the next query on it fails and says so
  await client.connect()
  const close = (): Promise<void> => client.end().catch(() => {})
  try {
    while (!signal.aborted) {
      const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [WRITER_LOCK])
      if (rows[0]?.held) return { client, close }
      await sleep(LOCK_RETRY_MS, undefined, { signal }).catch(() => {})
    }
  } catch (error) {
    await close()
    throw error
  }
  await close()
  return null
}
