import { z } from 'zod'
import { hashOut, hashShape } from '../http/shapes.ts'

/** A cart is paid in one transaction, and more than this does not fit into one. */
export const MOST_LINES = 20
const MOST_PIECES = 100
const MOST_CHOICES = 20

const choice = z
  .number()
  .int()
  .min(0)
  .max(MOST_CHOICES - 1)

/** How many pieces of a listing, to be had in one of its ways. */
const lineShape = z.strictObject({ listingId: hashShape, choice, quantity: z.number().int().min(1).max(MOST_PIECES) })
/** None takes it out. */
const changeShape = lineShape.extend({ quantity: z.number().int().min(0).max(MOST_PIECES) })

export const changesShape = z.strictObject({ lines: z.array(changeShape).min(1).max(MOST_LINES) })
export type Changes = z.output<typeof changesShape>
export const guestShape = z.strictObject({ lines: z.array(lineShape).min(1).max(MOST_LINES) })
export type Guest = z.output<typeof guestShape>

export const cartShape = z.object({
  /** In the order in which they were put in. */
  lines: z.array(z.object({ listingId: hashOut, choice: z.number().int(), quantity: z.number().int() })),
})
export type Cart = z.infer<typeof cartShape>
