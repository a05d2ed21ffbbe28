/** How somebody showed that they like a listing. */
export const likingKinds = ['viewed', 'saved', 'bought'] as const
export type LikingKind = (typeof likingKinds)[number]

/** One listing that somebody likes, by the strongest sign of it. Times in milliseconds. */
export interface Liking {
  readonly id: string
  readonly kind: LikingKind
  readonly at: number
  /** How often it was looked at. */
  readonly times: number
}

/** A look may be an accident; who buys means it. Tuned with `npm run bench:recommend`. */
const WEIGHTS: Readonly<Record<LikingKind, number>> = { viewed: 1, saved: 2.5, bought: 3 }
/** A second look says more than the first, a tenth hardly more than a ninth. */
const AGAIN = 0.35
const HALF_LIFE_MS = 21 * 86_400_000

/** How much a liking counts now: tastes drift, so what is three weeks old counts half. */
export function strengthOf({ kind, at, times }: Liking, now: number): number {
  const age = Math.max(0, now - at)
  return WEIGHTS[kind] * (1 + AGAIN * Math.log2(Math.max(1, times))) * 0.5 ** (age / HALF_LIFE_MS)
}

/** How much one person likes one listing, for comparing listings by who likes them. Without age: that two go together stays true. */
export function loyaltyOf({ kind, times }: Pick<Liking, 'kind' | 'times'>): number {
  return WEIGHTS[kind] * (1 + AGAIN * Math.log2(Math.max(1, times)))
}
