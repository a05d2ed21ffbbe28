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

interface Row {
  key: string
  granted: number
  ms: number
}

/** Of $2, the most, one of $4 parts of what is left, where `used` was handed out already. */
const partOf = (used: string): string => `least($2::int - ${used}, greatest(1, ($2::int - ${used}) / $4::int))`

/**
 * Takes a part, in one statement, so that of several processes at once each gets another. `key`: whose, in SQL. A window begins
 * with the first request in it. `now()` is one moment for the whole statement: all of it sees the same window. Values: $1 the
 * key, or what it is made of, $2 the most, $3 the window in milliseconds, $4 in how many parts; from $5 on what `key` needs.
 */
export const takeSql = (key: string): string => `
  INSERT INTO app.rate_limit AS spent (key, used, granted, resets_at)
  SELECT ${key}, ${partOf('0')}, ${partOf('0')}, now() + $3::float8 * interval '1 millisecond'
  ON CONFLICT (key) DO UPDATE SET
    used = CASE WHEN spent.resets_at <= now() THEN EXCLUDED.used ELSE spent.used + ${partOf('spent.used')} END,
    granted = CASE WHEN spent.resets_at <= now() THEN EXCLUDED.granted ELSE ${partOf('spent.used')} END,
    resets_at = CASE WHEN spent.resets_at <= now() THEN EXCLUDED.resets_at ELSE spent.resets_at END
  RETURNING key, granted, floor(extract(epoch FROM resets_at - now()) * 1000)::float8 AS ms`

const TAKE = takeSql('$1::text')
const LONGEST_KEY = 300

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
  const take: LimitStore['take'] = async (key, { name, max, windowMs }, parts) => {
    const values = [`${name} ${key}`.slice(0, LONGEST_KEY), max, windowMs, parts]
    const { rows } = await pool.query<Row>({ name: 'take', text: TAKE, values })
    return { granted: rows[0]?.granted ?? 0, resetsInMs: rows[0]?.ms ?? windowMs }
  }
  const open = async (): Promise<void> => {
    const clients = await Promise.allSettled(Array.from({ length: CONNECTIONS }, () => pool.connect()))
    for (const client of clients) if (client.status === 'fulfilled') client.value.release()
  }
  return { take, open, close: () => pool.end() }
}
