import fc from 'fast-check'
import { attributesOf } from './attributes.ts'
import type { ListingContentV2 } from './content.ts'
import { countries } from './countries.ts'
import { categories, conditions, contentLimits, languages } from './vocabulary.ts'

/** A bicycle that can be sent or fetched. */
export const bicycle: ListingContentV2 = {
  v: 2,
  language: 'en',
  title: 'Steel touring bicycle, 56 cm',
  description: 'Ridden to Santiago and back.\nNew chain, old saddle.',
  category: 'bicycles',
  attributes: { type: 'touring', brand: 'Koga', frame: '56.5', gears: '27' },
  condition: 'good',
  photos: [
    { sha256: 'ab'.repeat(32), alt: 'The bicycle from the left' },
    { sha256: 'cd'.repeat(32), alt: '' },
  ],
  place: { country: 'PT', town: 'Porto', townId: 2735943 },
  pickup: true,
  shipping: [
    { name: 'Parcel', to: ['PT', 'ES'], price: '25000000', days: [2, 5] },
    { name: 'Freight', to: ['*'], price: '90000000', days: [7, 21] },
  ],
}

const hex = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'))

/** Any text that is taken: of all scripts, emoji, marks that pile up, letters that turn the direction of writing. */
const words = ({ min, max }: { min: number; max: number }) =>
  fc
    .string({ unit: 'grapheme', maxLength: max })
    .map((text) => text.replace(/\p{Cc}/gu, '').trim())
    .filter((text) => text.length >= min && text.length <= max && (min === 0 || /[\p{L}\p{N}\p{P}\p{S}]/u.test(text)))

const value = (attribute: (typeof attributesOf)['audio'][number]): fc.Arbitrary<string> => {
  if (attribute.kind === 'text') return words(contentLimits.attribute)
  if (attribute.kind === 'choice') return fc.constantFrom(...attribute.choices)
  return fc.integer({ min: attribute.min, max: attribute.max }).map(String)
}

const shipping = fc
  .record({
    name: words(contentLimits.shippingName),
    to: fc.oneof(fc.constant(['*']), fc.uniqueArray(fc.constantFrom(...countries), { minLength: 1, maxLength: 5 })),
    price: fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
    days: fc.tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 120 })),
  })
  .map(({ days: [a, b], ...rest }) => ({ ...rest, days: [Math.min(a, b), Math.max(a, b)] as [number, number] }))

/** Any listing that is valid. */
export const anyContent: fc.Arbitrary<ListingContentV2> = fc.constantFrom(...categories).chain((category) =>
  fc
    .record({
      v: fc.constant(2 as const),
      language: fc.constantFrom(...languages),
      title: words(contentLimits.title),
      description: words(contentLimits.description),
      category: fc.constant(category),
      attributes: fc.record(Object.fromEntries(attributesOf[category].map((one) => [one.key, value(one)])), { requiredKeys: [] }),
      condition: fc.constantFrom(...conditions),
      photos: fc.uniqueArray(fc.record({ sha256: hex, alt: words(contentLimits.alt) }), {
        maxLength: 10,
        selector: ({ sha256 }) => sha256,
      }),
      place: fc.option(
        fc.record({
          country: fc.constantFrom(...countries),
          town: words(contentLimits.town),
          townId: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        }),
      ),
      pickup: fc.boolean(),
      shipping: fc.uniqueArray(shipping, { minLength: 1, maxLength: 6, selector: ({ name }) => name }),
    })
    .map((content) => structuredClone({ ...content, pickup: content.pickup && content.place !== null }) as ListingContentV2),
)
