import { contentLimits as limits } from '@fairhold/protocol/listing/vocabulary'
import { z } from 'zod'
import { hashShape, sha256Shape, textShape } from '../http/shapes.ts'
import { placeShape } from '../listings/content-shape.ts'

/** Longer than what may be published, so that nothing is lost while it is shortened. */
const line = textShape.max(300)
const lines = textShape.max(20_000)

/** The form of a listing as it is typed: text throughout, mistakes included. What is missing was not touched. */
export const draftFormShape = z
  .strictObject({
    language: line,
    title: line,
    description: lines,
    category: line,
    condition: line,
    attributes: z.record(z.string().max(40), line).refine((all) => Object.keys(all).length <= 60, 'has too many members'),
    photos: z.array(z.strictObject({ sha256: sha256Shape, alt: line })).max(limits.photos.max),
    place: placeShape.nullable(),
    pickup: z.boolean(),
    shipping: z
      .array(z.strictObject({ name: line, to: z.array(z.string().max(2)).max(250), price: line, least: line, most: line }))
      .max(limits.shipping.max),
    price: line,
    token: line,
    quantity: line,
    payment: z.enum(['whole', 'parts']),
    deposit: line,
    funding: line,
    arbiter: line,
    ship: line,
    delivery: line,
    inspection: line,
    ruling: line,
    silent: line,
    /** Days that the offer stands. */
    expiry: line,
  })
  .partial()
export type DraftForm = z.infer<typeof draftFormShape>

export const newDraftShape = z.strictObject({
  form: draftFormShape,
  /** The listing that it is an edit of. */
  listingId: hashShape.optional(),
})
export type NewDraft = z.infer<typeof newDraftShape>

export const saveDraftShape = z.strictObject({
  form: draftFormShape,
  /** The revision that was changed: who saves over a newer one is told, and nothing is lost. */
  revision: z.number().int().min(1).max(2_147_483_647),
})

export const draftShape = z.object({
  id: z.string(),
  revision: z.number().int(),
  listingId: z.string().nullable(),
  updatedAt: z.string(),
  form: draftFormShape,
})
export type Draft = z.infer<typeof draftShape>

/** A draft as the list shows it. */
export const draftItemShape = draftShape.omit({ form: true }).extend({ title: z.string(), photo: z.string().nullable() })
export type DraftItem = z.infer<typeof draftItemShape>
