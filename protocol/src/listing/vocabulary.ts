/** What a listing may choose from. No hashing in here, so that pages which only name things stay light. */

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

/** Languages that a listing may be written in. */
export const languages = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl'] as const
export type Language = (typeof languages)[number]

/** Lengths in UTF-16 units, as JavaScript and HTML count them. */
export const contentLimits = {
  title: { min: 3, max: 80 },
  description: { min: 10, max: 5000 },
  place: { min: 0, max: 80 },
  shipsTo: { min: 0, max: 80 },
  photos: { min: 0, max: 10 },
  alt: { min: 0, max: 200 },
  town: { min: 1, max: 120 },
  attribute: { min: 1, max: 60 },
  shipping: { min: 0, max: 6 },
  shippingName: { min: 1, max: 40 },
  shippingDays: { min: 0, max: 120 },
} as const

/** In a list of countries: everywhere. */
export const EVERYWHERE = '*'
