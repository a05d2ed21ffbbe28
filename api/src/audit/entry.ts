import { createHash } from 'node:crypto'
import { type Canonical, canonical } from './canonical.ts'

/** What an entry says. */
export interface AuditEntry {
  /** A UUID of version 7 (RFC 9562), which begins with the time. */
  id: string
  /** By the clock of the process that did it, in milliseconds. */
  at: Date
  kind: string
  /** The account's id, or `system`. */
  actor: string
  /** Whom or what it was done to; null for the actor. */
  subject: string | null
  details: Details
}

export type Details = Readonly<Record<string, string | number | boolean | null>>

/** An entry and who vouches for it: a public key and the signature over `entryHash`. */
export interface SignedEntry extends AuditEntry {
  key: string
  signature: string
}

/** A link of the chain: it gives an entry its place, and every entry before it with it. */
export interface AuditSeal {
  seq: number
  entryId: string
  /** `hash` of the seal before; 64 zeros for the first. */
  prev: string
  /** `rowHash` of the entry. */
  entryHash: string
  sealedAt: Date
  hash: string
  key: string
  signature: string
}

export const FIRST_PREV = '0'.repeat(64)

/** The name of a log on chain: its own name at one marketplace. */
export function logIdOf(where: { chain: string; escrow: string; name: string }): string {
  return hashOf({ ...where, escrow: where.escrow.toLowerCase(), type: 'fairhold-audit-log-1' })
}

/** What the process signs that writes an entry. SHA-256 of its canonical JSON, hex. */
export function entryHash(logId: string, { id, at, kind, actor, subject, details }: AuditEntry): string {
  return hashOf({ type: 'fairhold-audit-entry-1', log: logId, id, at: at.getTime(), kind, actor, subject, details })
}

/** What a seal says of an entry's row: all of it, the signature included. */
export function rowHash(logId: string, entry: SignedEntry): string {
  return hashOf({ type: 'fairhold-audit-row-1', entry: entryHash(logId, entry), key: entry.key, signature: entry.signature })
}

/** What the sealer signs, and what the next seal and the anchors on chain name. */
export function sealHash(logId: string, seal: Pick<AuditSeal, 'seq' | 'prev' | 'entryHash' | 'sealedAt'>): string {
  const { seq, prev, entryHash: entry, sealedAt } = seal
  return hashOf({ type: 'fairhold-audit-seal-1', log: logId, seq, prev, entry, sealedAt: sealedAt.getTime() })
}

function hashOf(value: Canonical): string {
  return createHash('sha256').update(canonical(value)).digest('hex')
}
