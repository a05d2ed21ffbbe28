import type { GasReport } from './scenarios.ts'

/** One currency's figure, or the only one where the currency does not matter. */
export type Figures = number | { readonly eth: number; readonly erc20: number }

/** What people compare escrows by: our cost, that of the best other one, and the limits we set ourselves. */
export interface Comparison {
  readonly name: string
  readonly key: string
  readonly ours: Figures
  /** Lowest measured for any of twelve other escrows, and whose it is. Same chain rules: Cancun, second pass, no approvals. */
  readonly anchor: string
  readonly must: Figures
  readonly aim: Figures
}

type Row = Omit<Comparison, 'key' | 'ours'> & { readonly of: (gas: Gas) => Figures }
type Gas = (action: string) => number

const both = (of: (currency: 'eth' | 'erc20') => number): Figures => ({ eth: of('eth'), erc20: of('erc20') })

const rows: readonly Row[] = [
  {
    name: 'open from a signed offer, ETH / ERC-20',
    anchor: '990,667 / 1,034,946 Boson; 60,876 / 80,573 Kleros without any offer',
    must: { eth: 66_000, erc20: 85_000 },
    aim: { eth: 62_000, erc20: 80_000 },
    of: (gas) => both((currency) => gas(`open (${currency})`)),
  },
  {
    name: 'release, ETH / ERC-20',
    anchor: '42,147 / 50,635 Kleros',
    must: { eth: 44_000, erc20: 50_500 },
    aim: { eth: 41_000, erc20: 47_500 },
    of: (gas) => both((currency) => gas(`release (${currency})`)),
  },
  {
    name: 'happy path from a signed offer, both transactions',
    anchor: '110,028 / 137,109 Kleros without any offer',
    must: { eth: 109_000, erc20: 134_000 },
    aim: { eth: 103_000, erc20: 127_000 },
    of: (gas) => both((currency) => gas(`open (${currency})`) + gas(`release (${currency})`)),
  },
  {
    name: 'dispute to split, all transactions',
    anchor: '114,197 LocalEthereum / 233,110 Circle',
    must: { eth: 128_000, erc20: 152_000 },
    aim: { eth: 114_000, erc20: 140_000 },
    of: (gas) => both((currency) => gas(`open (${currency})`) + gas(`disputeAndRule (${currency})`)),
  },
  {
    name: 'batched signed release, each of 10',
    anchor: '23,314 LocalEthereum, in ETH with terms of five words',
    must: 28_000,
    aim: 23_000,
    of: (gas) => both((currency) => gas(`release by signature, each of 10 (${currency})`)),
  },
  {
    name: 'gasless for both: open by ERC-3009',
    anchor: '503,168 Boson; 121,758 commerce-payments, for the payer only',
    must: 118_000,
    aim: 110_000,
    of: (gas) => gas('openWithAuthorization (erc20)'),
  },
  {
    name: 'review with counter',
    anchor: '303,398 TalentLayer',
    must: 42_000,
    aim: 36_000,
    // Both sides' reviews are published together, in one transaction.
    of: (gas) => Math.ceil(gas('reviews by both, signed') / 2),
  },
]

/** The comparison, row by row. @throws if the report lacks an action that a row is made of. */
export function compareWithOthers(report: GasReport): Comparison[] {
  const gas: Gas = (action) => {
    const value = report.gas[action]
    if (value === undefined) throw new Error(`The gas report has no "${action}"`)
    return value
  }
  return rows.map(({ of, ...row }) => ({ ...row, key: keyOf(row.name), ours: of(gas) }))
}

/** Whether our figures are at most the limit, in each currency; a limit of one number holds for both. */
export function isWithin(ours: Figures, limit: Figures): boolean {
  const pairs = (['eth', 'erc20'] as const).map((currency) => [inCurrency(ours, currency), inCurrency(limit, currency)] as const)
  return pairs.every(([value, most]) => value <= most)
}

/** `62,000 / 80,000`, or one number. */
export function formatFigures(figures: Figures): string {
  const format = (value: number): string => value.toLocaleString('en-US')
  return typeof figures === 'number' ? format(figures) : `${format(figures.eth)} / ${format(figures.erc20)}`
}

function inCurrency(figures: Figures, currency: 'eth' | 'erc20'): number {
  return typeof figures === 'number' ? figures : figures[currency]
}

function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
