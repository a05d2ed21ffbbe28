import type { Client } from 'pg'

/** Bytes of a table with all its partitions. */
export type Size = { table: string; rows: number; tableBytes: number; indexBytes: number; indexes: Record<string, number> }

/** What the tables that grow with the deals take. Rows are those that the planner reckons with. */
export async function sizesOf(client: Client): Promise<Size[]> {
  const sizes: Size[] = []
  for (const table of ['deal', 'event', 'review']) sizes.push(await sizeOf(client, table))
  return sizes
}

async function sizeOf(client: Client, table: string): Promise<Size> {
  // A table without partitions has no tree; a partitioned one holds no rows itself.
  const tree = `select relid from pg_partition_tree('chain.${table}') where isleaf union select 'chain.${table}'::regclass`
  const { rows } = await client.query<{ rows: string; bytes: string }>(
    `select sum(greatest(reltuples, 0))::bigint as rows, sum(pg_table_size(oid)) as bytes from pg_class where oid in (${tree}) and relkind = 'r'`,
  )
  const indexes = await client.query<{ name: string; bytes: string }>(
    `select coalesce(parent.relname, index.relname) as name, sum(pg_relation_size(index.oid)) as bytes
     from pg_index join pg_class index on index.oid = indexrelid
     left join pg_inherits on inhrelid = index.oid left join pg_class parent on parent.oid = inhparent
     where indrelid in (${tree}) and index.relkind = 'i' group by 1 order by 1`,
  )
  const bytes = Object.fromEntries(indexes.rows.map((row) => [row.name, Number(row.bytes)]))
  const indexBytes = Object.values(bytes).reduce((sum, value) => sum + value, 0)
  return { table, rows: Number(rows[0]?.rows), tableBytes: Number(rows[0]?.bytes), indexBytes, indexes: bytes }
}
