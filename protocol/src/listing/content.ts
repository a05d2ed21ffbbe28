import { type Hex, keccak256, stringToBytes } from 'viem'
import { turnsText } from '../characters.ts'
import { type ListingContentV1, parseContentV1 } from './content-v1.ts'
import { type ListingContentV2, type ListingPhoto, parseContentV2 } from './content-v2.ts'
import { InvalidListing } from './reading.ts'

export type { ListingContentV1 } from './content-v1.ts'
export type { ListingContentV2, ListingPhoto, ListingPlace, ShippingChoice } from './content-v2.ts'
export { InvalidListing } from './reading.ts'
export { type Category, type Condition, categories, conditions, contentLimits, type Language, languages } from './vocabulary.ts'

/** What a buyer sees of a listing, in any version that was ever signed. New ones are written as version 2. */
export type ListingContent = ListingContentV1 | ListingContentV2

/** Canonical JSON of a listing as RFC 8785 writes it: members in code unit order, no white space. */
export function canonicalContent(content: ListingContent): string {
  return canonicalJson(parseListingContent(content))
}

/** Hash that the terms name the item by: keccak256 of the canonical JSON in UTF-8. */
export function itemHash(content: ListingContent): Hex {
  return keccak256(stringToBytes(canonicalContent(content)))
}

/** Reads listing content from JSON; unknown members are refused, as no page would show them. @throws InvalidListing naming the field. */
export function parseListingContent(value: unknown): ListingContent {
  if (typeof value !== 'object' || value === null) throw new InvalidListing('content', 'is not an object')
  const version = 'v' in value ? value.v : undefined
  if (version === 1) return parseContentV1(value)
  if (version === 2) return parseContentV2(value)
  throw new InvalidListing('v', 'is neither 1 nor 2')
}

/**
 * Reads content that is to be put on the market: nothing in it may turn the direction of what stands around it. What was signed before
 * that was refused can still be read. @throws InvalidListing naming the field
 */
export function parseNewListing(value: unknown): ListingContent {
  const content = parseListingContent(value)
  const field = turningIn(content, [])
  if (field) throw new InvalidListing(field.join('.'), 'has characters that cannot be seen')
  return content
}

/** Where the first text is that turns what stands around it. */
function turningIn(value: unknown, path: readonly string[]): readonly string[] | undefined {
  if (typeof value === 'string') return turnsText(value) ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, member] of Object.entries(value)) {
    const found = turningIn(member, [...path, key])
    if (found) return found
  }
  return undefined
}

/** The photos of a listing, the cover first; those of version 1 say nothing of what they show. */
export function photosOf(content: ListingContent): readonly ListingPhoto[] {
  return content.v === 1 ? content.photos.map((sha256) => ({ sha256, alt: '' })) : content.photos
}

/** Text, whole numbers, booleans, null, lists and objects of these: all that a listing has. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
}
