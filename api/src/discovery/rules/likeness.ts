/** What a listing is, as far as two can be alike. */
export interface Features {
  readonly id: string
  readonly category: string
  readonly brand: string | null
  readonly title: string
  /** About what it costs in one currency; null where there is no rate. */
  readonly worth: number | null
}

/** What each agreement counts for; together 1. Tuned with `npm run bench:recommend`. */
const CATEGORY = 0.25
const BRAND = 0.2
const WORDS = 0.45
const PRICE = 0.1
/** Three times the price is another thing. */
const FAR = Math.log(3)

const COMMON = new Set('and the for with from und mit der die das von für aus in a an of oder or to zu'.split(' '))

/** Words of a title that can tell something. */
export function wordsIn(title: string): Set<string> {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []
  return new Set(words.filter((word) => !COMMON.has(word)))
}

export interface Prepared extends Features {
  readonly words: ReadonlySet<string>
}

export const prepare = (features: Features): Prepared => ({ ...features, words: wordsIn(features.title) })

/** How much a word tells: one that is in few titles tells more. */
export function rarityIn(all: readonly Prepared[]): (word: string) => number {
  const counts = new Map<string, number>()
  for (const { words } of all) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return (word) => Math.log(1 + all.length / (1 + (counts.get(word) ?? 0)))
}

/** How alike two listings are by what they are, from 0 to 1. */
export function likeness(one: Prepared, other: Prepared, rarity: (word: string) => number): number {
  const category = one.category === other.category ? CATEGORY : 0
  const brand = one.brand !== null && one.brand === other.brand ? BRAND : 0
  return category + brand + WORDS * sharedWords(one.words, other.words, rarity) + PRICE * samePrice(one.worth, other.worth)
}

/** The part of both titles' words, by what they tell, that is in both. */
function sharedWords(one: ReadonlySet<string>, other: ReadonlySet<string>, rarity: (word: string) => number): number {
  let [both, all] = [0, 0]
  for (const word of one) {
    const tells = rarity(word)
    all += tells
    if (other.has(word)) both += tells
  }
  for (const word of other) if (!one.has(word)) all += rarity(word)
  return all === 0 ? 0 : both / all
}

function samePrice(one: number | null, other: number | null): number {
  if (one === null || other === null || one <= 0 || other <= 0) return 0
  return Math.max(0, 1 - Math.abs(Math.log(one / other)) / FAR)
}
