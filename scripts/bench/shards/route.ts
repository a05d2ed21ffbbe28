const BITS = 32

/**
 * Which of `count` shards a key belongs to: a range of the first 32 bits, as Citus gives each shard a range of a hash. Deal ids are
 * hashes already, and so are the addresses of accounts; Citus hashes them once more.
 */
export function shardOf(key: string, count: number): number {
  return Math.floor((Number.parseInt(key.slice(2, 2 + BITS / 4), 16) * count) / 2 ** BITS)
}

/** The same in Postgres, of an SQL expression. */
export function shardSql(key: string, count: number): string {
  return `((('x' || substr(${key}, 3, ${BITS / 4}))::bit(${BITS})::bigint * ${count}) >> ${BITS})`
}
