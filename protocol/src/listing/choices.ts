import type { Offer, Terms } from '../deal/terms.ts'
import type { ListingContent } from './content.ts'
import { EVERYWHERE } from './vocabulary.ts'

/**
 * A way that a unit of a listing can be had, numbered as in the content, pick-up last. Its price is that of the item and of the
 * shipping, and the seller signs an offer for each, so that a buyer pays one amount which nobody can change.
 */
export interface Choice {
  readonly choice: number
  readonly kind: 'ship' | 'pickup'
  /** The seller's words; empty for pick-up and in version 1, where shipping is in the price. */
  readonly name: string
  /** Codes of countries, or `*`. Empty for pick-up, and in version 1, which says it in words. */
  readonly to: readonly string[]
  readonly days: readonly [number, number] | null
  /** On top of the item's price, in base units. */
  readonly shipping: bigint
}

/** The ways that a listing can be had: one for each way of shipping, and pick-up. Never empty. */
export function choicesOf(content: ListingContent): Choice[] {
  if (content.v === 1) return [{ choice: 0, kind: 'ship', name: '', to: [], days: null, shipping: 0n }]
  const shipped = content.shipping.map(({ name, to, days, price }, choice): Choice => {
    return { choice, kind: 'ship', name, to, days, shipping: BigInt(price) }
  })
  const pickup: Choice = { choice: shipped.length, kind: 'pickup', name: '', to: [], days: null, shipping: 0n }
  return content.pickup ? [...shipped, pickup] : shipped
}

/** Every country that the listing is sent to, each once; `*` alone if everywhere. */
export function destinationsOf(content: ListingContent): string[] {
  const all = new Set(choicesOf(content).flatMap(({ to }) => to))
  return all.has(EVERYWHERE) ? [EVERYWHERE] : [...all].toSorted()
}

/** Whether a choice of shipping reaches a country. */
export function reaches({ to }: Pick<Choice, 'to'>, country: string): boolean {
  return to.includes(EVERYWHERE) || to.includes(country)
}

/**
 * The offers that a seller signs, one for each choice. `base` has the price of the item alone. Offers of the same price get salts
 * apart from each other, because otherwise their units would be the same deals.
 */
export function offersOf(content: ListingContent, base: Offer): Offer[] {
  const used = new Map<bigint, number>()
  return choicesOf(content).map(({ shipping }) => {
    const price = base.terms.price + shipping
    const before = used.get(price) ?? 0
    used.set(price, before + 1)
    return { ...base, terms: { ...base.terms, price, salt: base.terms.salt + BigInt(before * base.quantity) } }
  })
}

/** The price of the item without shipping, from the offer of any choice. */
export function itemPriceOf(choice: Choice, offer: Offer): bigint {
  return offer.terms.price - choice.shipping
}

export interface OffersProblem {
  /** Which offer, in the order of the choices. */
  readonly choice: number
  /** Dotted path in the offer; empty where it is about how many there are. */
  readonly field: string
  readonly message: string
}

const SHARED = ['expiry', 'counter', 'nonce', 'quantity'] as const

/** What keeps these from being the offers of this listing's choices; empty if nothing does. Neither hashes nor signatures. */
export function offersProblems(content: ListingContent, offers: readonly Offer[]): OffersProblem[] {
  const choices = choicesOf(content)
  const [first] = offers
  if (!first || offers.length !== choices.length) {
    return [{ choice: 0, field: '', message: `must be ${choices.length}: one for each way of shipping, and for pick-up` }]
  }
  const item = itemPriceOf(choices[0] as Choice, first)
  return offers.flatMap((offer, at) => [
    ...differences(first, offer).map((field) => ({
      choice: at,
      field,
      message: 'must be the same in the offer of every choice',
    })),
    ...priceProblem(choices[at] as Choice, offer, item),
    ...(sharesUnits(offer, offers.slice(0, at))
      ? [{ choice: at, field: 'terms.salt', message: 'gives units that another choice has: the prices are the same' }]
      : []),
  ])
}

function differences(first: Offer, other: Offer): string[] {
  const members = Object.keys(first.terms) as (keyof Terms)[]
  const terms = members.filter((name) => name !== 'price' && name !== 'salt' && first.terms[name] !== other.terms[name])
  return [...SHARED.filter((name) => first[name] !== other[name]), ...terms.map((name) => `terms.${name}`)]
}

function priceProblem(choice: Choice, offer: Offer, item: bigint): OffersProblem[] {
  const problem = (message: string) => [{ choice: choice.choice, field: 'terms.price', message }]
  const own = itemPriceOf(choice, offer)
  if (own <= 0n) return problem('must be more than the shipping: the item has a price too')
  return own === item ? [] : problem(`must be ${item + choice.shipping}: the item and this shipping`)
}

function sharesUnits(offer: Offer, others: readonly Offer[]): boolean {
  const { price, salt } = offer.terms
  return others.some(({ terms, quantity }) => {
    return terms.price === price && salt < terms.salt + BigInt(quantity) && terms.salt < salt + BigInt(offer.quantity)
  })
}
