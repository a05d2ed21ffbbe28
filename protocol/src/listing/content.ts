import { type Hex, keccak256, stringToBytes } from 'viem'

export const categories = [
  'cameras',
  'bicycles',
  'audio',
  'computers',
  'phones',
  'home',
  'fashion',
  'instruments',
  'books-games',
  'outdoor',
] as const
export type Category = (typeof categories)[number]

export const conditions = ['new', 'like-new', 'good', 'fair', 'for-parts'] as const
export type Condition = (typeof conditions)[number]

/** Lengths in UTF-16 units, as JavaScript and HTML count them. */
export const contentLimits = {
  title: { min: 3, max: 80 },
  description: { min: 10, max: 5000 },
  place: { min: 0, max: 80 },
  shipsTo: { min: 0, max: 80 },
  photos: { min: 0, max: 10 },
} as const

/** What a buyer sees of a listing, and what the seller's signature binds: its hash is in the terms. */
export interface ListingContent {
  readonly v: 1
  readonly title: string
  readonly description: string
  readonly category: Category
  readonly condition: Condition
  /** SHA-256 of each stored photo: 64 lower-case hex digits. The first one is the cover. */
  readonly photos: readonly string[]
  /** Town level, never a street. May be empty. */
  readonly place: string
  readonly shipsTo: string
}

/** Canonical JSON of a listing: members in code unit order, no white space, as RFC 8785 writes them. */
export function canonicalContent(content: ListingContent): string {
  const { v, title, description, category, condition, photos, place, shipsTo } = content
  return JSON.stringify({ category, condition, description, photos, place, shipsTo, title, v })
}

/** Hash that the terms name the item by: keccak256 of the canonical JSON in UTF-8. */
export function itemHash(content: ListingContent): Hex {
  return keccak256(stringToBytes(canonicalContent(content)))
}

/** Reads listing content from JSON; unknown members are refused, as the hash would not cover them. @throws InvalidListing naming the field. */
export function parseListingContent(value: unknown): ListingContent {
  if (typeof value !== 'object' || value === null) throw new InvalidListing('content', 'is not an object')
  const from: Record<string, unknown> = { ...value }
  const content: ListingContent = {
    v: versionIn(from),
    title: textIn(from, 'title'),
    description: textIn(from, 'description'),
    category: oneOf(categories, from, 'category'),
    condition: oneOf(conditions, from, 'condition'),
    photos: photosIn(from),
    place: textIn(from, 'place'),
    shipsTo: textIn(from, 'shipsTo'),
  }
  const foreign = Object.keys(from).find((key) => !(key in content))
  if (foreign !== undefined) throw new InvalidListing(foreign, 'is not a member of a listing')
  return content
}

function versionIn(from: Record<string, unknown>): 1 {
  if (from.v !== 1) throw new InvalidListing('v', 'is not 1')
  return 1
}

function textIn(from: Record<string, unknown>, field: 'title' | 'description' | 'place' | 'shipsTo'): string {
  const value = from[field]
  const { min, max } = contentLimits[field]
  if (typeof value !== 'string') throw new InvalidListing(field, 'is not text')
  if (value.length < min || value.length > max) throw new InvalidListing(field, `is not ${min} to ${max} characters long`)
  // Half a surrogate pair has no UTF-8 form, so two readers could hash it differently.
  if (!value.isWellFormed()) throw new InvalidListing(field, 'is not well-formed Unicode')
  return value
}

function oneOf<T extends string>(known: readonly T[], from: Record<string, unknown>, field: string): T {
  const found = known.find((candidate) => candidate === from[field])
  if (found === undefined) throw new InvalidListing(field, `is none of ${known.join(', ')}`)
  return found
}

function photosIn(from: Record<string, unknown>): string[] {
  const { photos } = from
  if (!Array.isArray(photos) || photos.length > contentLimits.photos.max) {
    throw new InvalidListing('photos', `is not a list of at most ${contentLimits.photos.max}`)
  }
  return photos.map((photo: unknown) => {
    if (typeof photo !== 'string' || !/^[0-9a-f]{64}$/.test(photo)) {
      throw new InvalidListing('photos', 'holds something that is no SHA-256 in lower-case hex')
    }
    return photo
  })
}

/** Something that is no listing; `field` says where. */
export class InvalidListing extends Error {
  override readonly name = 'InvalidListing'
  readonly field: string

  constructor(field: string, problem: string) {
    super(`${field} ${problem}`)
    this.field = field
  }
}
