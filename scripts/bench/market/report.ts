import { quantile } from '../report.ts'

export interface Answers {
  /** Milliseconds. */
  times: readonly number[]
  seconds: number
}

/** Times in milliseconds. */
export interface Publishing {
  /** Of each publication. */
  took: readonly number[]
  /** From some answers to when a search had the listing. */
  fresh: readonly number[]
  refused: number
}

export interface Size {
  listings: number
  /** As fast as answers come. */
  relentless: Answers
  /** With pauses to look at what was found. */
  people: Answers
  floor: Answers | null
  loadSeconds: number
  publishing: Publishing
  databaseMb: number
  apiMb: number
}

export const figuresOf = ({ times, seconds }: Answers) => ({
  p50: quantile(times, 0.5),
  p95: quantile(times, 0.95),
  p99: quantile(times, 0.99),
  perSecond: times.length / seconds,
})

/** One row for each size and way of asking. */
export function table(sizes: readonly Size[]): string {
  const row = (listings: number, way: string, answers: Answers, floor: Answers | null) => {
    const { p50, p95, p99, perSecond } = figuresOf(answers)
    const times = floor === null ? '–' : `${(p95 / figuresOf(floor).p95).toFixed(2)}×`
    return `| ${[listings.toLocaleString('en'), way, ...[p50, p95, p99].map((ms) => ms.toFixed(1)), perSecond.toFixed(0), times].join(' | ')} |`
  }
  const rows = sizes.flatMap(({ listings, relentless, people, floor }) => [
    row(listings, '50 visitors, no pause', relentless, floor),
    ...(floor === null ? [] : [row(listings, 'pgbench, the same SQL, 50 clients', floor, null)]),
    row(listings, '50 visitors who look at what they found for a second', people, null),
  ])
  return [
    '| listings | asked by | p50 ms | p95 ms | p99 ms | searches/s | p95 over floor |',
    '| ---: | --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n')
}

const WIDTH = 40

/** How the cost of a search grows with the market: a bar for each size, on a common scale. */
export function growth(sizes: readonly Size[]): string {
  const cost = ({ relentless }: Size) => 1_000 / figuresOf(relentless).perSecond
  const most = Math.max(...sizes.map(cost))
  return sizes
    .map(
      (size) =>
        `${size.listings.toLocaleString('en').padStart(10)}  ${'█'.repeat(Math.max(1, Math.round((cost(size) / most) * WIDTH))).padEnd(WIDTH)} ${cost(size).toFixed(2)} ms a search`,
    )
    .join('\n')
}

export const publishingFigures = ({ took, fresh, refused }: Publishing) => ({
  p50: quantile(took, 0.5),
  p95: quantile(took, 0.95),
  stale: quantile(fresh, 0.5),
  staleMax: Math.max(...fresh),
  refused,
})

export function publishingTable(sizes: readonly Size[], rate: number): string {
  const rows = sizes.map(({ listings, publishing }) => {
    const { p50, p95, stale, staleMax, refused } = publishingFigures(publishing)
    const figures = [p50, p95, stale, staleMax].map((ms) => ms.toFixed(1))
    return `| ${[listings.toLocaleString('en'), rate, ...figures, refused].join(' | ')} |`
  })
  const head = '| listings there | published a second | p50 ms | p95 ms | found after, p50 ms | at most ms | refused |'
  return [head, '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |', ...rows].join('\n')
}
