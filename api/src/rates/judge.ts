import type { Quote } from './source.ts'

/** A rate as it is stored. */
export interface KnownRate {
  worth: bigint
  asOf: Date
  doubted: bigint | null
  doubtedSince: Date | null
}

/** What to do with a quote. `doubt`: it may be true, but is not shown before it has been said for a while. */
export type Verdict = { take: true } | { doubt: bigint; since: Date } | { refuse: string } | { keep: true }

const HOUR_MS = 3_600_000
/** Nothing is shown of a rate that is older: see the page's age of it. */
export const MAX_AGE_MS = 7 * 24 * HOUR_MS
const MAX_AHEAD_MS = 5 * 60_000
/** So much a rate may change from one quote to the next, in per cent; more is believed after it was said for `BELIEF_MS`. */
const JUMP_PERCENT = { currency: 10n, token: 40n }
const BELIEF_MS = HOUR_MS
/** Two quotes of one jump: within so many per cent. */
const SAME_PERCENT = 10n
/** No coin of a chain and no currency is worth more than a billion dollars. */
const MOST = 10n ** 21n

/** Judges what a source says against what is known: sources err, are broken into, and repeat themselves. */
export function judge(quote: Quote, known: KnownRate | null, now: Date): Verdict {
  const age = now.getTime() - quote.asOf.getTime()
  if (!Number.isFinite(age)) return { refuse: 'has no time' }
  if (age < -MAX_AHEAD_MS) return { refuse: 'is of the future' }
  if (age > MAX_AGE_MS) return { refuse: 'is too old' }
  if (quote.worth <= 0n || quote.worth > MOST) return { refuse: 'is no rate' }
  if (known === null || now.getTime() - known.asOf.getTime() > MAX_AGE_MS) return { take: true }
  if (quote.asOf < known.asOf) return { keep: true }
  const jump = quote.asset.startsWith('0x') ? JUMP_PERCENT.token : JUMP_PERCENT.currency
  if (isWithin(quote.worth, known.worth, jump)) return { take: true }
  const { doubted, doubtedSince } = known
  if (doubted === null || doubtedSince === null || !isWithin(quote.worth, doubted, SAME_PERCENT))
    return { doubt: quote.worth, since: now }
  return now.getTime() - doubtedSince.getTime() >= BELIEF_MS ? { take: true } : { doubt: doubted, since: doubtedSince }
}

/** Whether the larger of two is at most so many per cent above the smaller. */
function isWithin(one: bigint, other: bigint, percent: bigint): boolean {
  const [less, more] = one < other ? [one, other] : [other, one]
  return more * 100n <= less * (100n + percent)
}
