import { type Category, categories, conditions } from '@fairhold/protocol/listing/vocabulary'
import { colors, fills, goods, qualities, sentences, sizes } from './vocabulary.ts'

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of them, the first ones much more often than the last ones, as words and makers are in any market (Zipf). */
export function often<T>(of: readonly T[], next: () => number): T {
  const at = Math.floor(of.length ** next()) - 1
  return of[Math.min(at, of.length - 1)] as T
}

export function any<T>(of: readonly T[], next: () => number): T {
  return of[Math.floor(next() * of.length)] as T
}

const SYLLABLES = [
  'ba',
  'ker',
  'lo',
  'min',
  'ta',
  'ver',
  'sol',
  'den',
  'ri',
  'mar',
  'go',
  'ti',
  'nel',
  'pa',
  'lu',
  'sen',
  'hol',
  'fi',
  'ran',
  'eck',
  'wi',
  'dor',
  'ka',
  'mon',
]

/** Names that nobody else uses much: places, people, models. They make the long tail that every market has. */
export function nameFrom(number: number): string {
  const [first, second, third] = [number % 24, Math.floor(number / 24) % 24, Math.floor(number / 576) % 24]
  return `${SYLLABLES[first]}${SYLLABLES[second]}${number >= 576 ? SYLLABLES[third] : ''}`
}

export function modelFrom(number: number): string {
  return `${String.fromCharCode(97 + (number % 26))}${String.fromCharCode(97 + (Math.floor(number / 26) % 26))}${100 + (Math.floor(number / 676) % 900)}`
}

const NAMES = 12_000
const MODELS = 200_000

/** A listing as far as it can be searched for. */
export interface Generated {
  title: string
  description: string
  category: Category
  condition: string
  brand: string
  color: string
  thing: string
  model: string
  /** In cents. */
  price: number
}

/** The listing of this number: always the same. Some 8 words of title and 40 of description. */
export function generate(number: number): Generated {
  const next = random(number * 2_654_435_761)
  const category = often(categories, next)
  const { things, brands } = goods[category]
  const [thing, brand, color] = [often(things, next), often(brands, next), often(colors, next)]
  const model = modelFrom(Math.floor(MODELS ** next()))
  const title = [
    brand,
    model.toUpperCase(),
    thing,
    next() < 0.6 ? color : '',
    next() < 0.5 ? often(qualities, next) : '',
    next() < 0.4 ? often(sizes, next) : '',
  ]
  const facts = {
    brand,
    thing,
    model,
    color,
    name: nameFrom(Math.floor(NAMES ** next())),
    years: String(1 + Math.floor(next() * 12)),
  }
  const count = 3 + Math.floor(next() * 4)
  const description = Array.from({ length: count }, () => filled(any(sentences, next), facts, next)).join(' ')
  const price = Math.round(100 * 5 * 1000 ** next())
  return {
    title: title.filter(Boolean).join(' '),
    description,
    category,
    condition: often(conditions, next),
    brand,
    color,
    thing,
    model,
    price,
  }
}

function filled(sentence: string, facts: Readonly<Record<string, string>>, next: () => number): string {
  return sentence.replace(/\{(\w+)\}/g, (_, slot: string) => facts[slot] ?? often(fills[slot] ?? [''], next))
}

/** What a visitor asks for. */
export interface Asked {
  q?: string
  category?: string
  condition?: string
  sort?: string
  currency?: string
  maxPrice?: string
}

/**
 * The search of this number. Visitors look for what there is, the common things most: a kind of thing, often with its maker, colour
 * or model; some mistype, some are still typing, some filter.
 */
export function ask(number: number): Asked {
  const next = random(number * 40_503 + 7)
  const { brand, thing, color, model, category, condition } = generate(1 + Math.floor(next() * 10_000))
  const kind = next()
  let q = thing
  if (kind < 0.3) q = `${brand} ${thing}`
  else if (kind < 0.5) q = `${color} ${thing}`
  else if (kind < 0.65) q = `${brand} ${model}`
  else if (kind < 0.7) q = `${brand} ${thing} ${color} ${often(qualities, next)}`
  else if (kind < 0.75) q = brand
  const mistake = next()
  if (mistake < 0.05) q = mistyped(q, next)
  else if (mistake < 0.1) q = q.slice(0, Math.max(3, q.length - 2))
  const asked: Asked = { q }
  if (next() < 0.2) asked.category = category
  if (next() < 0.08) asked.condition = condition
  if (next() < 0.08) Object.assign(asked, { currency: 'USD', maxPrice: String(10_000 + Math.floor(next() * 40_000)) })
  if (next() < 0.06) asked.sort = any(['newest', 'price-asc', 'price-desc'], next)
  return asked
}

/** With one letter left out, which is the commonest slip. */
function mistyped(text: string, next: () => number): string {
  const at = 2 + Math.floor(next() * Math.max(1, text.length - 3))
  return text.slice(0, at) + text.slice(at + 1)
}
