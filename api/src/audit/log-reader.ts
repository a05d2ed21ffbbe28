import type { Prisma } from '@fairhold/db/client'
import type { AuditSeal, SignedEntry } from './entry.ts'

/** A link of the chain with the entry that it points to; null if that is gone. */
export interface Placed {
  seal: AuditSeal
  entry: (SignedEntry & { log: string }) | null
}

type Db = Pick<Prisma.TransactionClient, '$queryRaw'>

const PAGE = 2_000
const MOST_WAITING = 10_000 // more would only repeat what the first of them say

interface Row extends Omit<AuditSeal, 'seq'> {
  seq: bigint
  id: string | null
  log: string
  at: Date
  kind: string
  actor: string
  subject: string | null
  details: SignedEntry['details']
  entryKey: string
  entrySignature: string
}

/** The rows of one log, as they are now. Nothing here believes them. */
export interface LogReader {
  /** Every link in the order of its number. */
  chain: () => AsyncGenerator<Placed>
  /** Entries that have no seal, oldest first. */
  waiting: () => Promise<SignedEntry[]>
  /** Entries that name a new key. */
  keyChanges: () => Promise<SignedEntry[]>
}

export function createLogReader(db: Db, log: string): LogReader {
  return {
    chain: async function* chain() {
      for (let after = 0n, full = true; full; ) {
        const rows = await pageOf(db, log, after)
        for (const row of rows) yield placedFrom(row)
        after = rows.at(-1)?.seq ?? after
        full = rows.length === PAGE
      }
    },
    waiting: () => db.$queryRaw<SignedEntry[]>`
      SELECT id, at, kind, actor, subject, details, key, signature FROM app.audit_entry AS entry
      WHERE log = ${log} AND NOT EXISTS (SELECT FROM app.audit_seal AS seal WHERE seal.entry_id = entry.id)
      ORDER BY at, id LIMIT ${MOST_WAITING}`,
    keyChanges: () => db.$queryRaw<SignedEntry[]>`
      SELECT id, at, kind, actor, subject, details, key, signature FROM app.audit_entry
      WHERE log = ${log} AND kind = 'audit.key-changed' ORDER BY at, id`,
  }
}

function pageOf(db: Db, log: string, after: bigint): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT seal.seq, seal.entry_id AS "entryId", seal.prev, seal.entry_hash AS "entryHash", seal.sealed_at AS "sealedAt", seal.hash,
      seal.key, seal.signature, entry.id, entry.log, entry.at, entry.kind, entry.actor, entry.subject, entry.details,
      entry.key AS "entryKey", entry.signature AS "entrySignature"
    FROM app.audit_seal AS seal LEFT JOIN app.audit_entry AS entry ON entry.id = seal.entry_id
    WHERE seal.log = ${log} AND seal.seq > ${after} ORDER BY seal.seq LIMIT ${PAGE}`
}

function placedFrom(row: Row): Placed {
  const { entryId, prev, entryHash, sealedAt, hash, key, signature } = row
  const seal = { seq: Number(row.seq), entryId, prev, entryHash, sealedAt, hash, key, signature }
  if (row.id === null) return { seal, entry: null }
  const { id, log, at, kind, actor, subject, details, entryKey, entrySignature } = row
  return { seal, entry: { id, log, at, kind, actor, subject, details, key: entryKey, signature: entrySignature } }
}
