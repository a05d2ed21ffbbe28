import { markdown, quantile } from '../report.ts'

/** The moments of one change, in milliseconds since 1970. */
export type Change = {
  /** The seller's transaction goes to the node. */
  sent: number
  /** The node says that it is mined. */
  mined: number
  /** The indexer begins the transaction that stores it. */
  stored: number
  /** The page hears that something changed; null where it asked before it heard. */
  noticed: number | null
  /** The page asks for the deal, for the last time before it shows it. */
  asked: number
  /** It has the whole answer. */
  answered: number
  /** The change is in the page's DOM. */
  shown: number
}

/** How long something took. */
export type Spread = { name: string; p50: number; p90: number; p95: number; p99: number; max: number }

const phases: readonly { name: string; of: (change: Change) => number | null }[] = [
  { name: '**mined → shown**', of: ({ mined, shown }) => shown - mined },
  { name: 'mined → the indexer begins to store it', of: ({ mined, stored }) => stored - mined },
  { name: 'stored, told, → heard by the page', of: ({ stored, noticed }) => noticed && noticed - stored },
  { name: 'heard → the page asks', of: ({ noticed, asked }) => noticed && asked - noticed },
  { name: 'asked → answered', of: ({ asked, answered }) => answered - asked },
  { name: 'answered → shown', of: ({ answered, shown }) => shown - answered },
  { name: 'not counted: sent → mined', of: ({ sent, mined }) => mined - sent },
]

/** The whole way first, then its parts. */
export function summarisePhases(changes: readonly Change[]): Spread[] {
  return phases.map(({ name, of }) =>
    spreadOf(
      name,
      changes.map(of).filter((value) => value !== null),
    ),
  )
}

/** Of milliseconds. */
export function spreadOf(name: string, values: readonly number[]): Spread {
  const at = (share: number): number => quantile(values, share)
  return { name, p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99), max: Math.max(...values) }
}

export function phaseTable(spreads: readonly Spread[]): string {
  const rows = spreads.map(({ name, ...one }) => [
    name,
    ...[one.p50, one.p90, one.p95, one.p99, one.max].map((value) => value.toFixed(1)),
  ])
  return markdown(['milliseconds', 'p50', 'p90', 'p95', 'p99', 'max'], rows)
}
