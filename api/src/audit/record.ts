import { randomBytes } from 'node:crypto'
import { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import { networkOf } from '../http/network.ts'
import type { Auditor } from './auditor.ts'
import { type AuditEntry, type Details, entryHash, type SignedEntry } from './entry.ts'
import type { AuditKey } from './key.ts'
import type { AuditKind } from './kinds.ts'

/** What happened, in a few words. Nothing private: ids, wallets, kinds of things; network addresses only by `hiddenNetwork`. */
export interface AuditEvent {
  kind: AuditKind
  /** Id of the account that did it; `system` where nobody asked for it. */
  actor: string
  /** Whom or what it was done to, if not to the actor. */
  subject?: string
  details?: Details
}

type Executor = Pick<Prisma.TransactionClient, '$executeRaw'>

/**
 * Writes an entry into the audit log. `db` is the transaction of the deed, so that there is neither without the other; `context.db`
 * for what is no write. It takes no lock: the sealer gives entries their order afterwards (docs/security/audit.md). Like every
 * call of Prisma it begins when it is awaited, or handed to `$transaction([…])`.
 */
export function audit(
  context: Pick<Context, 'auditor' | 'db'>,
  event: AuditEvent,
  db: Executor = context.db,
): Prisma.PrismaPromise<number> {
  return db.$executeRaw(auditInsert(context, event))
}

/** As `audit`, as SQL, for a deed that is one statement, of which the entry is to be a part; with `where` only if that holds. */
export function auditInsert({ auditor }: Pick<Context, 'auditor'>, event: AuditEvent, where = Prisma.sql`TRUE`): Prisma.Sql {
  const { id, at, kind, actor, subject, details, key, signature } = signEntry(auditor, auditor.key(), event)
  return Prisma.sql`
    INSERT INTO app.audit_entry (id, log, at, kind, actor, subject, details, key, signature)
    SELECT ${id}::uuid, ${auditor.log}::text, ${at}::timestamptz, ${kind}::text, ${actor}::text, ${subject}::text, ${JSON.stringify(details)}::jsonb,
      ${key}::text, ${signature}::text WHERE ${where}`
}

/** What stands in entries for the network that somebody came from: the same for the same network, and no address. */
export function hiddenNetwork({ auditor }: Pick<Context, 'auditor'>, address: string): string {
  return auditor.key().hide(`network ${networkOf(address)}`)
}

/** The entry of an event that happens now, signed. */
export function signEntry({ logId }: Pick<Auditor, 'logId'>, key: AuditKey, event: AuditEvent): SignedEntry {
  const at = new Date()
  const details = Object.fromEntries(Object.entries(event.details ?? {}).map(([name, value]) => [name, tame(value)]))
  const { kind, actor, subject = null } = event
  const entry: AuditEntry = { id: newId(at), at, kind, actor: tame(actor), subject: tame(subject), details }
  return { ...entry, key: key.publicKey, signature: key.sign(entryHash(logId, entry)) }
}

const LONGEST = 300

/** What Postgres can hold and nobody can use to fill the log. */
function tame<T extends Details[string]>(value: T): T {
  // A string stays a string.
  return typeof value === 'string' ? (value.slice(0, LONGEST).toWellFormed().replaceAll('\0', '') as T) : value
}

const MOST_IN_A_MILLISECOND = 0xfff
let last = { ms: 0, count: 0 }

/**
 * A UUID of version 7 (RFC 9562): 48 bits of the time in milliseconds, 12 that count what this process notes within one, so that ids are in
 * the order of what happened, then chance.
 */
function newId(at: Date): string {
  const ms = at.getTime()
  last = { ms, count: ms === last.ms ? Math.min(last.count + 1, MOST_IN_A_MILLISECOND) : 0 }
  const bytes = randomBytes(16)
  bytes.writeUIntBE(ms, 0, 6)
  bytes.writeUInt16BE(0x7000 | last.count, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
