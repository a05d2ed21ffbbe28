import { hidesCharacters, turnsText } from '@fairhold/protocol/characters'
import { z } from 'zod'
import { faults } from './faults.ts'

/** Shapes that several contracts share. Addresses and hashes are lower-case in answers, any case in requests. */

export const addressShape = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'must be an address: 0x and 40 hex digits')
  .toLowerCase()

/** One or several addresses, separated by commas: the wallets of a person. */
export const addressesShape = z
  .string()
  .max(20 * 43)
  .transform((text) => text.split(','))
  .pipe(z.array(addressShape))

export const hashShape = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, 'must be a hash: 0x and 64 hex digits')
  .toLowerCase()

/** An ECDSA signature, or whatever a contract wallet (ERC-1271, ERC-6492) accepts; bounded so that nobody stores a novel. */
export const signatureShape = z.string().regex(/^0x(?:[0-9a-fA-F]{2}){1,4096}$/, 'must be a signature in hex')

/** Base units of a token as a decimal string: JSON numbers lose digits. */
export const amountShape = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,77})$/, 'must be a whole number of base units, as a string')
  .refine((digits) => !/^\d{1,78}$/.test(digits) || BigInt(digits) < 2n ** 256n, 'is more than 2^256 - 1')

export const sha256Shape = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits')

/** Text that Postgres can hold: no NUL, no half of a surrogate pair. */
export const textShape = z
  .string()
  .refine((value) => !value.includes('\0') && value.isWellFormed(), 'has characters that are not text')

const UNSEEN = 'has characters that cannot be seen'

/** What somebody tells others: nothing in it turns the direction of what stands around. */
export const wordsShape = textShape.refine((text) => !turnsText(text), UNSEEN)

/** What somebody or something is called: beside money and trust nothing may look like another name. */
export const nameShape = textShape.refine((text) => !hidesCharacters(text), UNSEEN)

export const addressOut = z.string()
export const hashOut = z.string()

export const ratingShape = z.object({
  count: z.number().int(),
  /** Mean score from 1 to 5 with two decimals; null without reviews. */
  average: z.number().nullable(),
})
export type Rating = z.infer<typeof ratingShape>

export const personShape = z.object({ address: addressOut, name: z.string(), rating: ratingShape })
export type Person = z.infer<typeof personShape>

export const cursorShape = z.string().max(400).optional()

/** How every error looks (RFC 9457). */
export const problemShape = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  /** Stable name to program against. */
  code: z.string(),
  whatToDo: z.string().optional(),
  errors: z
    .array(
      z.object({
        path: z.string(),
        message: z.string(),
        /** What kind of fault it is, where a schema found it: for clients that say it in words of their own. */
        fault: z.enum(faults).optional(),
        /** The bound that was crossed. */
        limit: z.number().optional(),
      }),
    )
    .optional(),
})
export type Problem = z.infer<typeof problemShape>

/** A page of a list. `nextCursor` is null on the last one. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}
