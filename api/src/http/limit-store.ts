import pg from 'pg'

/** So often within so long; `name` tells limits apart. */
export interface Limit {
  name: string
  max: number
  windowMs: number
}

/** A part of an allowance that one process may spend; 0 when the allowance of this window is used up. */
export interface Slice {
  granted: number
  /** How long this window goes on, at least; then what is not spent is worth nothing. */
  resetsInMs: number
}

/** Where the limits of all processes are counted. */
export interface LimitStore {
  /** Takes one of `parts` of what is left of the allowance, one at least: so little is wasted where several processes serve one visitor. */
  take: (key: string, limit: Limit, parts: number) => Promise<Slice>
  /** Connects, if Postgres is there, so that the first requests find it done. */
  open: () => Promise<void>
  close: () => Promise<void>
}

type Query = (sql: string, values: unknown[]) => Promise<{ granted: number; ms: number }[]>

/**
 * In one statement, so that of several processes at once each gets another part. A window begins with the first request in it.
 * `now()` is one moment for the whole statement: all of it sees the same window.
 */
export const TAKE = `
  INSERT INTO app.rate_limit AS spent (key, used, granted, resets_at)
  VALUES ($1, least($2::int, greatest(1, $2::int / $4::int)), least($2::int, greatest(1, $2::int / $4::int)), now() + $3::float8 * interval '1 millisecond')
  ON CONFLICT (key) DO UPDATE SET
    used = CASE WHEN spent.resets_at <= now() THEN EXCLUDED.used
      ELSE spent.used + least($2::int - spent.used, greatest(1, ($2::int - spent.used) / $4::int)) END,
    granted = CASE WHEN spent.resets_at <= now() THEN EXCLUDED.granted
      ELSE least($2::int - spent.used, greatest(1, ($2::int - spent.used) / $4::int)) END,
    resets_at = CASE WHEN spent.resets_at <= now() THEN EXCLUDED.resets_at ELSE spent.resets_at END
  RETURNING greatest(granted, 0) AS granted, floor(extract(epoch FROM resets_at - now()) * 1000)::float8 AS ms`

/** As `LimitStore.take`, by any means of asking Postgres. */
export async function takeSlice(query: Query, key: string, { name, max, windowMs }: Limit, parts: number): Promise<Slice> {
  const [row] = await query(TAKE, [`${name} ${key}`.slice(0, 300), max, windowMs, parts])
  return { granted: row?.granted ?? 0, resetsInMs: row?.ms ?? windowMs }
}

const CONNECTIONS = 3
/** Longer than a busy process needs to notice that Postgres has answered: who floods us must not make us stop counting. */
const PATIENCE_MS = 3_000

/** On connections of its own: a busy api is when limits matter. @throws from `take` when Postgres does not answer at once */
export function createLimitStore(connectionString: string): LimitStore {
  const pool = new pg.Pool({
    connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
  })
  pool.on('error', () => undefined) // a connection that ends while idle: the next question makes another
  const query: Query = async (text, values) => (await pool.query({ name: 'take', text, values })).rows
  const open = async (): Promise<void> => {
    const clients = await Promise.allSettled(Array.from({ length: CONNECTIONS }, () => pool.connect()))
    for (const client of clients) if (client.status === 'fulfilled') client.value.release()
  }
  return { take: (key, limit, parts) => takeSlice(query, key, limit, parts), open, close: () => pool.end() }
}
