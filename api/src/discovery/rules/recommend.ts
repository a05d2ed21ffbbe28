import { likeness, type Prepared, rarityIn } from './likeness.ts'
import { type Liking, strengthOf } from './taste.ts'

/** What a recommendation rests on: who likes this listing likes that one too, or the two are alike. */
export type Ground = 'people' | 'likeness'

export interface Recommended {
  readonly id: string
  readonly score: number
  /** The liking that speaks most for it, and how. */
  readonly because: Liking
  readonly by: Ground
}

export interface RecommendInput {
  /** What the person likes, each listing once. */
  readonly liked: readonly Liking[]
  /** What each of these listings is, as far as it is known. */
  readonly likedFeatures: ReadonlyMap<string, Prepared>
  /** How much listings are liked by the same people: see `likedTogether`. */
  readonly together: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** What could be recommended: on the market, not the person's own, not known to them already. */
  readonly candidates: readonly Prepared[]
  /** How many people like each candidate; for telling apart what is equal otherwise. */
  readonly popularity: ReadonlyMap<string, number>
  readonly now: number
  readonly limit: number
}

/** What other people like counts for more than what is alike, once there are people. Tuned with `npm run bench:recommend`. */
const PEOPLE = 1
const LIKENESS = 0.35
/** Of two that fit, the one that more people look at now. */
const POPULAR_TIMES = 0.5
/** A little for that alone: much of what people look at is what all look at. */
const POPULAR = 0.02
/** Less than this is no reason. */
const LEAST = 0.02
/** Each one more of a kind, or for the same reason, counts for less: ten of one thing are no choice. */
const SAME_CATEGORY = 0.96
const SAME_REASON = 0.85

/** The best of the candidates for this person, each with its reason, mixed so that they are not all of one kind. */
export function recommendFrom(input: RecommendInput): Recommended[] {
  const { candidates, likedFeatures, limit } = input
  const rarity = rarityIn([...candidates, ...likedFeatures.values()])
  const scored = candidates.flatMap((candidate) => {
    const one = scoreOf(candidate, input, rarity)
    return one === null ? [] : [{ ...one, category: candidate.category }]
  })
  scored.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
  return mix(scored.slice(0, limit * 10), limit)
}

function scoreOf(candidate: Prepared, input: RecommendInput, rarity: (word: string) => number): Recommended | null {
  const { liked, likedFeatures, together, popularity, now } = input
  let [score, best, total] = [0, 0, 0]
  let because: Liking | null = null
  let by: Ground = 'likeness'
  for (const liking of liked) {
    const strength = strengthOf(liking, now)
    total += strength
    const features = likedFeatures.get(liking.id)
    const fromPeople = PEOPLE * (together.get(liking.id)?.get(candidate.id) ?? 0)
    const fromLikeness = features === undefined ? 0 : LIKENESS * likeness(features, candidate, rarity) ** 2
    const part = strength * (fromPeople + fromLikeness)
    score += part
    if (part > best) [best, because, by] = [part, liking, fromPeople > fromLikeness ? 'people' : 'likeness']
  }
  if (because === null || total === 0 || score / total < LEAST * LIKENESS) return null
  const people = Math.log1p(popularity.get(candidate.id) ?? 0)
  return { id: candidate.id, score: (score / total) * (1 + POPULAR_TIMES * people) + POPULAR * people, because, by }
}

/** Takes the best one again and again, where each one taken makes others of its kind less wanted. */
function mix(scored: (Recommended & { category: string })[], limit: number): Recommended[] {
  const left = [...scored]
  const [kinds, reasons] = [new Map<string, number>(), new Map<string, number>()]
  const worthOf = ({ score, category, because }: (typeof left)[number]) =>
    score * SAME_CATEGORY ** (kinds.get(category) ?? 0) * SAME_REASON ** (reasons.get(because.id) ?? 0)
  const taken: Recommended[] = []
  while (taken.length < limit && left.length > 0) {
    const at = left.reduce((best, one, index) => (worthOf(one) > worthOf(left[best] ?? one) ? index : best), 0)
    const [one] = left.splice(at, 1)
    if (!one) break
    const { category, ...recommended } = one
    kinds.set(category, (kinds.get(category) ?? 0) + 1)
    reasons.set(one.because.id, (reasons.get(one.because.id) ?? 0) + 1)
    taken.push(recommended)
  }
  return taken
}
