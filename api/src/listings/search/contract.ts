import { countries } from '@fairhold/protocol/listing/countries'
import { categories, conditions } from '@fairhold/protocol/listing/vocabulary'
import { currencies } from '@fairhold/protocol/rate'
import { z } from 'zod'
import { addressShape, amountShape, cursorShape, hashOut, textShape } from '../../http/shapes.ts'

export const sorts = ['relevance', 'newest', 'price-asc', 'price-desc', 'nearest'] as const

/** Countries by ISO 3166-1 code. */
const countryShape = z.enum(countries)
/** Of GeoNames: see `GET /v1/towns`. */
const townShape = z.coerce.number().int().min(1).max(2_147_483_647)

export const searchShape = z.object({
  /** Words; "a phrase" as it stands; -word for listings without it. */
  q: textShape.max(200).optional(),
  /** Language of the words; English is understood too. */
  lang: z
    .string()
    .regex(/^[a-z]{2}$/, 'must be two small letters')
    .optional(),
  category: z.enum(categories).optional(),
  condition: z.enum(conditions).optional(),
  token: addressShape.optional(),
  /** Currency that the prices are in, then in its smallest unit, where no token is named. */
  currency: z.enum(currencies).optional(),
  minPrice: amountShape.optional(),
  maxPrice: amountShape.optional(),
  brand: textShape.max(60).optional(),
  /** Where the item is. */
  country: countryShape.optional(),
  /** A town, and how many kilometres around it. */
  near: townShape.optional(),
  within: z.coerce.number().int().min(1).max(20_000).optional(),
  shipsTo: countryShape.optional(),
  /** Stars that the seller has at least, on average. */
  minScore: z.coerce.number().int().min(1).max(5).optional(),
  seller: addressShape.optional(),
  available: z.enum(['true', 'false']).default('true'),
  sort: z.enum(sorts).optional(),
  cursor: cursorShape,
  limit: z.coerce.number().int().min(1).max(60).default(24),
})
export type SearchInput = z.input<typeof searchShape>
export type Search = z.output<typeof searchShape>

const facet = z.array(z.object({ value: z.string(), count: z.number().int() }))

/** How many listings each choice would show, the other filters staying as they are. */
export const facetsShape = z.object({
  category: facet,
  condition: facet,
  token: facet,
  brand: facet,
  country: facet,
  shipsTo: facet,
  /** Stars of the seller, at least. */
  minScore: facet,
  /** From, in the smallest unit of `currency` (US dollars unless another is asked for), to the next one. */
  price: facet,
  total: z.number().int(),
  /** Counting stopped at this many: there are more. */
  capped: z.boolean(),
})
export type Facets = z.infer<typeof facetsShape>

export const suggestShape = z.object({
  q: textShape.max(100),
  lang: z
    .string()
    .regex(/^[a-z]{2}$/)
    .optional(),
})

/** What may be meant: words to search for, a category, or a listing itself. */
export const suggestionShape = z.object({
  kind: z.enum(['words', 'category', 'listing']),
  text: z.string(),
  /** Of the listing. */
  id: hashOut.optional(),
  photo: z.string().nullable().optional(),
})
export const suggestionsShape = z.array(suggestionShape)
export type Suggestion = z.infer<typeof suggestionShape>
