import { isCountry } from './countries.ts'
import {
  attributesIn,
  countIn,
  destinationsIn,
  InvalidListing,
  listIn,
  membersOf,
  oneOf,
  sha256In,
  textIn,
  wordsIn,
} from './reading.ts'
import { type Category, type Condition, categories, conditions, contentLimits, type Language, languages } from './vocabulary.ts'

export interface ListingPhoto {
  /** SHA-256 of the stored photo: 64 lower-case hex digits. */
  readonly sha256: string
  /** What it shows, for who cannot see it. May be empty. */
  readonly alt: string
}

/** A town, never a street. */
export interface ListingPlace {
  /** ISO 3166-1, two capitals. */
  readonly country: string
  readonly town: string
  /** GeoNames' number of the town. */
  readonly townId: number
}

/** A way that the seller sends the item. */
export interface ShippingChoice {
  readonly name: string
  /** Codes of countries, or `*` alone for everywhere. */
  readonly to: readonly string[]
  /** What it costs on top of the item, in base units of the token, in decimal digits. */
  readonly price: string
  /** How many days it takes from sending: at least, at most. */
  readonly days: readonly [number, number]
}

/** What a buyer sees of a listing, and what the seller's signature binds: its hash is in the terms. */
export interface ListingContentV2 {
  readonly v: 2
  /** That title and description are written in. */
  readonly language: Language
  readonly title: string
  readonly description: string
  readonly category: Category
  /** By key, as listing/attributes has them for the category. */
  readonly attributes: Readonly<Record<string, string>>
  readonly condition: Condition
  /** The first one is the cover. */
  readonly photos: readonly ListingPhoto[]
  readonly place: ListingPlace | null
  /** Whether a buyer may come and get it. */
  readonly pickup: boolean
  readonly shipping: readonly ShippingChoice[]
}

const members = [
  ...['v', 'language', 'title', 'description', 'category', 'attributes'],
  ...['condition', 'photos', 'place', 'pickup', 'shipping'],
] as const
const limits = contentLimits
const MAX_PRICE_DIGITS = 38 // below 2^128, the highest price of a deal

/** Reads version 2. @throws InvalidListing naming the field */
export function parseContentV2(value: unknown): ListingContentV2 {
  const from = membersOf(value, 'content', members)
  if (from.v !== 2) throw new InvalidListing('v', 'is not 2')
  const category = oneOf(categories, from.category, 'category')
  const place = placeIn(from.place)
  const pickup = pickupIn(from.pickup)
  const shipping = listIn(from.shipping, 'shipping', limits.shipping.max).map(shippingIn)
  if (pickup && place === null) throw new InvalidListing('place', 'is missing: a buyer must know where to pick it up')
  if (!pickup && shipping.length === 0) throw new InvalidListing('shipping', 'is empty, and there is no pick-up')
  const twice = shipping.findIndex(({ name }, index) => shipping.findIndex((other) => other.name === name) < index)
  if (twice >= 0) throw new InvalidListing(`shipping.${twice}.name`, 'is the name of another way of shipping')
  return {
    v: 2,
    language: oneOf(languages, from.language, 'language'),
    title: wordsIn(from.title, 'title', limits.title, 'line'),
    description: wordsIn(from.description, 'description', limits.description, 'lines'),
    category,
    attributes: attributesIn(from.attributes, category),
    condition: oneOf(conditions, from.condition, 'condition'),
    photos: photosIn(from.photos),
    place,
    pickup,
    shipping,
  }
}

function photosIn(value: unknown): ListingPhoto[] {
  const photos = listIn(value, 'photos', limits.photos.max).map((photo, index) => {
    const from = membersOf(photo, `photos.${index}`, ['sha256', 'alt'])
    return {
      sha256: sha256In(from.sha256, `photos.${index}.sha256`),
      alt: wordsIn(from.alt, `photos.${index}.alt`, limits.alt, 'line'),
    }
  })
  if (new Set(photos.map(({ sha256 }) => sha256)).size < photos.length) throw new InvalidListing('photos', 'has a photo twice')
  return photos
}

function placeIn(value: unknown): ListingPlace | null {
  if (value === null) return null
  const from = membersOf(value, 'place', ['country', 'town', 'townId'])
  if (!isCountry(from.country)) throw new InvalidListing('place.country', 'is not the code of a country')
  return {
    country: from.country,
    town: wordsIn(from.town, 'place.town', limits.town, 'line'),
    townId: countIn(from.townId, 'place.townId', { min: 1, max: 2 ** 31 - 1 }),
  }
}

function pickupIn(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new InvalidListing('pickup', 'is neither true nor false')
  return value
}

function shippingIn(value: unknown, index: number): ShippingChoice {
  const field = `shipping.${index}`
  const from = membersOf(value, field, ['name', 'to', 'price', 'days'])
  return {
    name: wordsIn(from.name, `${field}.name`, limits.shippingName, 'line'),
    to: destinationsIn(from.to, `${field}.to`),
    price: priceIn(from.price, `${field}.price`),
    days: daysIn(from.days, `${field}.days`),
  }
}

function priceIn(value: unknown, field: string): string {
  const text = textIn(value, field, { min: 1, max: MAX_PRICE_DIGITS })
  if (!/^(0|[1-9]\d*)$/.test(text)) throw new InvalidListing(field, 'is not a whole number of base units in decimal digits')
  return text
}

function daysIn(value: unknown, field: string): readonly [number, number] {
  const given = listIn(value, field, 2)
  const [least, most] = [0, 1].map((at) => countIn(given[at], field, limits.shippingDays)) as [number, number]
  if (least > most) throw new InvalidListing(field, 'has its shorter time last')
  return [least, most]
}
