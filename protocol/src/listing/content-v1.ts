import { InvalidListing, listIn, membersOf, oneOf, sha256In, textIn } from './reading.ts'
import { type Category, type Condition, categories, conditions, contentLimits } from './vocabulary.ts'

/** The first version: place and shipping are words, and the price has everything included. */
export interface ListingContentV1 {
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

const members = ['v', 'title', 'description', 'category', 'condition', 'photos', 'place', 'shipsTo'] as const

/** Reads version 1. @throws InvalidListing naming the field */
export function parseContentV1(value: unknown): ListingContentV1 {
  const from = membersOf(value, 'content', members)
  if (from.v !== 1) throw new InvalidListing('v', 'is not 1')
  const text = (field: 'title' | 'description' | 'place' | 'shipsTo') => textIn(from[field], field, contentLimits[field])
  return {
    v: 1,
    title: text('title'),
    description: text('description'),
    category: oneOf(categories, from.category, 'category'),
    condition: oneOf(conditions, from.condition, 'condition'),
    photos: listIn(from.photos, 'photos', contentLimits.photos.max).map((photo) => sha256In(photo, 'photos')),
    place: text('place'),
    shipsTo: text('shipsTo'),
  }
}
