import { markdown, quantile, whole } from '../report.ts'
import { apiQueries, type Timing } from './queries.ts'
import type { Size } from './sizes.ts'

const MB = 1e6

/** All that was measured at one size. */
export type Stage = {
  deals: number
  events: number
  /** What generating the rows since the stage before took. */
  fillSeconds: number
  timings: Timing[]
  /** Milliseconds of each block of ten events that was stored on top. */
  blocks: number[]
  sizes: Size[]
}

export type Figures = {
  deals: number
  events: number
  fillSeconds: number
  queries: { name: string; title: string; p50: number; p95: number; keys: number; rowsEach: number }[]
  /** Of storing 1,000 events at the head. */
  indexing: { seconds: number; p50: number; p95: number }
  sizes: Size[]
}

export function summariseStage({ timings, blocks, ...stage }: Stage): Figures {
  const queries = timings.map(({ name, milliseconds, rows }) => ({
    ...{ name, title: apiQueries.find((one) => one.name === name)?.title ?? name },
    ...{ p50: quantile(milliseconds, 0.5), p95: quantile(milliseconds, 0.95) },
    ...{ keys: milliseconds.length, rowsEach: rows / milliseconds.length },
  }))
  const seconds = blocks.reduce((sum, value) => sum + value, 0) / 1_000
  return { ...stage, queries, indexing: { seconds, p50: quantile(blocks, 0.5), p95: quantile(blocks, 0.95) } }
}

/** Three tables, with a column for each size. */
export function scaleTables(stages: readonly Figures[]): string {
  const columns = stages.map(({ deals }) => whole(deals))
  const last = stages.at(-1)
  const queries = (last?.queries ?? []).map(({ name, title, rowsEach }) => {
    const cells = stages.map((stage) => {
      const found = stage.queries.find((one) => one.name === name)
      return found ? `${found.p50.toFixed(2)} (${found.p95.toFixed(2)})` : ''
    })
    return [title, ...cells, rowsEach.toFixed(1)]
  })
  const indexing = [
    ['1,000 events, seconds', ...stages.map(({ indexing }) => indexing.seconds.toFixed(2))],
    ['a block of 10, ms p50 (p95)', ...stages.map(({ indexing: { p50, p95 } }) => `${p50.toFixed(1)} (${p95.toFixed(1)})`)],
  ]
  return [
    markdown(['ms p50 (p95), by deals', ...columns, 'rows'], queries),
    markdown(['stored on top', ...columns], indexing),
    markdown(['MB: rows + indexes', ...columns], sizeRows(stages)),
    markdown(['MB of an index', ...columns], indexRows(stages)),
  ].join('\n\n')
}

function sizeRows(stages: readonly Figures[]): string[][] {
  const tables = stages.at(-1)?.sizes.map(({ table }) => table) ?? []
  return tables.map((table) => {
    const cells = stages.map(({ sizes }) => {
      const found = sizes.find((one) => one.table === table)
      return found ? `${mb(found.tableBytes)} + ${mb(found.indexBytes)}` : ''
    })
    return [table, ...cells]
  })
}

function indexRows(stages: readonly Figures[]): string[][] {
  const names =
    stages.at(-1)?.sizes.flatMap(({ table, indexes }) => Object.keys(indexes).map((index) => ({ table, index }))) ?? []
  return names.map(({ table, index }) => {
    return [index, ...stages.map(({ sizes }) => mb(sizes.find((one) => one.table === table)?.indexes[index] ?? 0))]
  })
}

function mb(bytes: number): string {
  return bytes < 10 * MB ? (bytes / MB).toFixed(1) : whole(bytes / MB)
}
