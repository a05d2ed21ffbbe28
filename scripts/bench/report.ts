import type { Result } from './backfill.ts'
import type { Point } from './curve.ts'
import type { Delays } from './latency.ts'

const MB = 1_000_000

/** What a contender's runs come to: the median of each figure, and the best time. */
export type Summary = {
  name: string
  title: string
  runs: number
  events: number
  seconds: number
  bestSeconds: number
  eventsPerSecond: number
  bestEventsPerSecond: number
  nodeCpuSeconds: number
  postgresCpuSeconds: number
  peakMb: number
  databaseMb: number
}

export function summarise({ name, title, events, runs }: Result): Summary {
  const middle = (of: (run: Result['runs'][number]) => number): number => median(runs.map(of))
  const seconds = middle((run) => run.seconds)
  const bestSeconds = Math.min(...runs.map((run) => run.seconds))
  return {
    ...{ name, title, runs: runs.length, events, seconds, bestSeconds },
    eventsPerSecond: events / seconds,
    bestEventsPerSecond: events / bestSeconds,
    nodeCpuSeconds: middle((run) => run.nodeCpuSeconds),
    postgresCpuSeconds: middle((run) => run.postgresCpuSeconds),
    peakMb: middle((run) => run.peakBytes) / MB,
    databaseMb: middle((run) => run.databaseBytes) / MB,
  }
}

/** The median; of an even number, the mean of the middle two. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2
}

/** The value that `share` of all do not exceed. NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** The summaries as a Markdown table, which is also what the terminal gets. */
export function backfillTable(summaries: readonly Summary[]): string {
  const head = [
    '',
    'events/s median (best)',
    'seconds (best)',
    'CPU s: node',
    'Postgres',
    'peak memory MB',
    'database MB',
    'runs',
  ]
  const rows = summaries.map((one) => [
    one.title,
    `${whole(one.eventsPerSecond)} (${whole(one.bestEventsPerSecond)})`,
    `${one.seconds.toFixed(2)} (${one.bestSeconds.toFixed(2)})`,
    one.nodeCpuSeconds.toFixed(2),
    one.postgresCpuSeconds.toFixed(2),
    whole(one.peakMb),
    whole(one.databaseMb),
    String(one.runs),
  ])
  return markdown(head, rows)
}

/** How ours compares with each of the others, by the medians; nothing where ours was not measured. */
export function ratios(summaries: readonly Summary[]): string {
  const ours = summaries.find(({ name }) => name === 'ours')
  if (ours === undefined) return ''
  const others = summaries.filter((one) => one !== ours)
  return others
    .map(({ title, eventsPerSecond }) => `${(ours.eventsPerSecond / eventsPerSecond).toFixed(2)} × ${title}`)
    .join(' · ')
}

/** What delays from block to row come to, in milliseconds. */
export type DelaySummary = { name: string; title: string; blocks: number; p50: number; p90: number; p99: number; max: number }

export function summariseDelays({ name, title, milliseconds }: Delays): DelaySummary {
  const [p50, p90, p99] = [0.5, 0.9, 0.99].map((share) => quantile(milliseconds, share)) as [number, number, number]
  return { name, title, blocks: milliseconds.length, p50, p90, p99, max: Math.max(...milliseconds) }
}

export function latencyTable(summaries: readonly DelaySummary[]): string {
  const head = ['milliseconds', 'p50', 'p90', 'p99', 'max', 'blocks']
  const rows = summaries.map(({ title, blocks, ...one }) => {
    return [title, ...[one.p50, one.p90, one.p99, one.max].map((value) => value.toFixed(1)), String(blocks)]
  })
  return markdown(head, rows)
}

/** A Markdown table whose columns line up. All but the first are numbers, and stand to the right. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, k) => Math.max(4, title.length, ...rows.map((row) => row[k]?.length ?? 0)))
  const line = (cells: readonly string[]): string => {
    return `| ${cells.map((cell, k) => (k === 0 ? cell.padEnd(widths[k] ?? 0) : cell.padStart(widths[k] ?? 0))).join(' | ')} |`
  }
  const rule = widths.map((width, k) => (k === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

/** A number without decimals, thousands apart. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}

/** What one length of chain cost, the median of its runs. */
export type CurveSummary = {
  events: number
  seconds: number
  /** Seconds of an event in millionths, without what starting up takes. */
  microseconds: number
  /** The same of processor time: ours and Postgres'. */
  cpuMicroseconds: number
  /** Processor time of the node that was asked, in millionths of a second an event. */
  sourceMicroseconds: number
  peakMb: number
  databaseMb: number
}

export function summariseCurve(points: readonly Point[][]): CurveSummary[] {
  return points.map((runs) => {
    const events = runs[0]?.events ?? 0
    const middle = (of: (run: Point) => number): number => median(runs.map(of))
    const each = (of: (run: Point) => number): number => (middle(of) / events) * 1e6
    return {
      events,
      seconds: middle((run) => run.seconds),
      microseconds: each((run) => run.seconds - run.bootSeconds),
      cpuMicroseconds: each((run) => run.nodeCpuSeconds + run.postgresCpuSeconds),
      sourceMicroseconds: each((run) => run.sourceCpuSeconds),
      peakMb: middle((run) => run.peakBytes) / MB,
      databaseMb: middle((run) => run.databaseBytes) / MB,
    }
  })
}

/** The curve as a table and, under it, as bars. */
export function curveTable(summaries: readonly CurveSummary[]): string {
  const head = [
    'events',
    'seconds',
    'µs an event after start',
    'CPU µs an event',
    "node's CPU µs",
    'peak memory MB',
    'database MB',
  ]
  const rows = summaries.map((one) => [
    whole(one.events),
    one.seconds.toFixed(2),
    one.microseconds.toFixed(1),
    one.cpuMicroseconds.toFixed(1),
    one.sourceMicroseconds.toFixed(1),
    whole(one.peakMb),
    whole(one.databaseMb),
  ])
  const plots = [
    bars('µs an event after start', summaries, (one) => one.microseconds),
    bars('CPU µs an event', summaries, (one) => one.cpuMicroseconds),
    bars('peak memory, MB', summaries, (one) => one.peakMb),
  ]
  return `${markdown(head, rows)}\n\n\`\`\`text\n${plots.join('\n\n')}\n\`\`\``
}

const LONGEST_BAR = 60

function bars(title: string, summaries: readonly CurveSummary[], of: (one: CurveSummary) => number): string {
  const longest = Math.max(...summaries.map(of))
  const rows = summaries.map((one) => {
    const bar = '█'.repeat(Math.max(1, Math.round((of(one) / longest) * LONGEST_BAR)))
    return `${whole(one.events).padStart(12)} ${bar} ${of(one).toFixed(1)}`
  })
  return [title, ...rows].join('\n')
}
