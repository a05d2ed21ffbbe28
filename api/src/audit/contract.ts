import { z } from 'zod'
import { cursorShape, pageOf, textShape } from '../http/shapes.ts'
import { auditKinds } from './kinds.ts'

export const auditKindShape = z.enum(auditKinds)
export type AuditKindName = z.infer<typeof auditKindShape>

const detailsShape = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
const limitShape = z.coerce.number().int().min(1).max(100).default(30)

export const auditQueryShape = z.object({
  kind: auditKindShape.optional(),
  /** The account's id, or `system`. */
  actor: textShape.max(100).optional(),
  subject: textShape.max(100).optional(),
  cursor: cursorShape,
  limit: limitShape,
})
export type AuditQuery = z.infer<typeof auditQueryShape>

export const auditItemShape = z.object({
  id: z.string(),
  /** ISO 8601. */
  at: z.string(),
  kind: z.string(),
  actor: z.string(),
  subject: z.string().nullable(),
  details: detailsShape,
  /** Its number in the chain; null for the second or so until it is sealed. */
  seq: z.number().int().nullable(),
})
export type AuditItem = z.infer<typeof auditItemShape>
export const auditPageShape = pageOf(auditItemShape)
export type AuditPage = z.infer<typeof auditPageShape>

export const auditStateShape = z.object({
  log: z.string(),
  /** The log's name on chain. */
  logId: z.string(),
  /** Entries that are sealed, and the hash of the last. */
  size: z.number().int(),
  head: z.string(),
  /** Entries that wait for their seal, and since when the oldest of them does, ISO 8601. */
  waiting: z.number().int(),
  waitingSince: z.string().nullable(),
  /** As the database has it; `npm run audit:verify` asks the chain. */
  anchor: z.object({ size: z.number().int(), block: z.number().int(), tx: z.string(), at: z.string() }).nullable(),
})
export type AuditState = z.infer<typeof auditStateShape>

export const activityQueryShape = z.object({ cursor: cursorShape, limit: limitShape })
export type ActivityQuery = z.infer<typeof activityQueryShape>

/** What happened to an account, for its own person. */
export const activityItemShape = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.string(),
  by: z.enum(['you', 'staff', 'system']),
  details: detailsShape,
})
export type ActivityItem = z.infer<typeof activityItemShape>
export const activityPageShape = pageOf(activityItemShape)
export type ActivityPage = z.infer<typeof activityPageShape>
