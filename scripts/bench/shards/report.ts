import { markdown, quantile, whole } from '../report.ts'
import type { Rows } from './cluster.ts'

export type Timed = { name: string; asks: 'one' | 'all'; milliseconds: number[] }
/** What was measured of one number of shards. */
export type Layout = { shards: number; byDeal: Rows[]; byAccount: Rows[]; queries: Timed[]; compared: number }

/** How evenly the rows lie, and how long the queries take. `single`: the same queries of one database, by their names. */
export function shardTables(single: readonly Timed[], layouts: readonly Layout[]): string {
  const balance = layouts.map(({ shards, byDeal, byAccount }) => [
    String(shards),
    ...[spread(byDeal.map(({ deal }) => deal)), spread(byDeal.map(({ event }) => event))],
    ...[spread(byAccount.map(({ deal }) => deal)), spread(byAccount.map(({ review }) => review))],
  ])
  const times = single.map(({ name, milliseconds }, k) => {
    const cells = layouts.map(({ queries }) => cellOf(queries[k]?.milliseconds ?? []))
    return [name, cellOf(milliseconds), ...cells, layouts.at(-1)?.queries[k]?.asks ?? '']
  })
  const compared = layouts.reduce((sum, one) => sum + one.compared, 0)
  const head = ['ms p50 (p95), by shards', 'not sharded', ...layouts.map(({ shards }) => String(shards)), 'asks']
  return [
    markdown(['shards', 'deals each', 'events each', 'deals each, by account', 'reviews each, by account'], balance),
    markdown(head, times),
    `${whole(compared)} answers compared with those of the one database: all equal.`,
  ].join('\n\n')
}

function cellOf(milliseconds: readonly number[]): string {
  return `${quantile(milliseconds, 0.5).toFixed(1)} (${quantile(milliseconds, 0.95).toFixed(1)})`
}

/** The mean, and how far the largest is above it. */
function spread(rows: readonly number[]): string {
  const mean = rows.reduce((sum, value) => sum + value, 0) / rows.length
  return `${whole(mean)} (largest +${((Math.max(...rows) / mean - 1) * 100).toFixed(1)} %)`
}
