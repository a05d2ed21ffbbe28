import { InvalidListing, parseNewListing } from '@fairhold/protocol/listing/content'
import { categories, conditions, languages, contentLimits as limits } from '@fairhold/protocol/listing/vocabulary'
import { z } from 'zod'
import { sha256Shape, textShape } from '../http/shapes.ts'

/** One for each way of shipping, and pick-up. */
export const MAX_CHOICES = limits.shipping.max + 1

const within = ({ min, max }: { min: number; max: number }) => textShape.min(min).max(max)
const described = { title: within(limits.title), description: within(limits.description) }
const kind = { category: z.enum(categories), condition: z.enum(conditions) }

const version1 = z.strictObject({
  v: z.literal(1),
  ...described,
  ...kind,
  photos: z.array(sha256Shape).max(limits.photos.max),
  place: within(limits.place),
  shipsTo: within(limits.shipsTo),
})

/** Town level, never a street. */
export const placeShape = z.strictObject({ country: z.string().length(2), town: within(limits.town), townId: z.number().int() })

const days = z.number().int().min(limits.shippingDays.min).max(limits.shippingDays.max)
const shipping = z.strictObject({
  name: within(limits.shippingName),
  to: z.array(z.string().max(2)).min(1).max(250),
  price: z.string().max(38),
  days: z.tuple([days, days]),
})

const version2 = z.strictObject({
  v: z.literal(2),
  language: z.enum(languages),
  ...described,
  ...kind,
  attributes: z.record(z.string().max(40), within(limits.attribute)),
  photos: z.array(z.strictObject({ sha256: sha256Shape, alt: within(limits.alt) })).max(limits.photos.max),
  place: placeShape.nullable(),
  pickup: z.boolean(),
  shipping: z.array(shipping).max(limits.shipping.max),
})

/** A listing as it is answered: it was checked when it came in. */
export const contentOut = z.discriminatedUnion('v', [version1, version2])

/** What the seller writes. Its hash is in the signed terms, so nothing is trimmed or changed on the way. */
export const contentShape = contentOut.superRefine((content, check) => {
  try {
    parseNewListing(content)
  } catch (error) {
    if (!(error instanceof InvalidListing)) throw error
    const path = error.field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
    check.addIssue({ code: 'custom', path, message: error.message.slice(error.field.length + 1) })
  }
})
