import { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import type { Details } from './entry.ts'

export interface EntryRow {
  id: string
  at: Date
  kind: string
  actor: string
  subject: string | null
  details: Details
  seq: bigint | null
}

interface Page {
  /** The id of the last entry of the page before; null for the first. Ids begin with the time, so they are in its order. */
  before: string | null
  limit: number
}

const COLUMNS = Prisma.sql`entry.id, entry.at, entry.kind, entry.actor, entry.subject, entry.details, seal.seq`
const SEALED = Prisma.sql`LEFT JOIN app.audit_seal AS seal ON seal.entry_id = entry.id`

/** Entries of the log, newest first. */
export function entriesOf(
  { auditor, db }: Context,
  {
    kind,
    actor,
    subject,
    before,
    limit,
  }: Page & { kind?: string | undefined; actor?: string | undefined; subject?: string | undefined },
): Promise<EntryRow[]> {
  const conditions = [
    Prisma.sql`entry.log = ${auditor.log}`,
    ...(kind === undefined ? [] : [Prisma.sql`entry.kind = ${kind}`]),
    ...(actor === undefined ? [] : [Prisma.sql`entry.actor = ${actor}`]),
    ...(subject === undefined ? [] : [Prisma.sql`entry.subject = ${subject}`]),
    ...(before === null ? [] : [Prisma.sql`entry.id < ${before}::uuid`]),
  ]
  return db.$queryRaw<EntryRow[]>`SELECT ${COLUMNS} FROM app.audit_entry AS entry ${SEALED}
    WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY entry.id DESC LIMIT ${limit}`
}

/** What an account did, and what was done to it, newest first. Two index scans: an OR would read the whole log. */
export function entriesAbout(
  { auditor, db }: Context,
  { account, before, limit }: Page & { account: string },
): Promise<EntryRow[]> {
  const older = before === null ? Prisma.empty : Prisma.sql`AND entry.id < ${before}::uuid`
  const half = (column: Prisma.Sql) => Prisma.sql`(SELECT entry.* FROM app.audit_entry AS entry
    WHERE entry.log = ${auditor.log} AND ${column} = ${account} ${older} ORDER BY entry.id DESC LIMIT ${limit})`
  return db.$queryRaw<EntryRow[]>`
    SELECT ${COLUMNS} FROM (${half(Prisma.sql`entry.actor`)} UNION ${half(Prisma.sql`entry.subject`)}) AS entry ${SEALED}
    ORDER BY entry.id DESC LIMIT ${limit}`
}

/** What waits for its seal: how many, and the time of the oldest. */
export async function waitingOf({ auditor, db }: Context): Promise<{ waiting: number; since: Date | null }> {
  const [row] = await db.$queryRaw<{ waiting: number; since: Date | null }[]>`
    SELECT count(*)::int AS waiting, min(at) AS since FROM app.audit_entry AS entry
    WHERE log = ${auditor.log} AND at > now() - interval '1 day'
      AND NOT EXISTS (SELECT FROM app.audit_seal AS seal WHERE seal.entry_id = entry.id)`
  return row ?? { waiting: 0, since: null }
}

/** The last seal of a log, and the key that the next one has to be made with; null for a log that has none. */
export async function headOf(
  db: Pick<Context['db'], '$queryRaw'>,
  log: string,
): Promise<{ size: number; hash: string; key: string } | null> {
  const [row] = await db.$queryRaw<{ seq: bigint; hash: string; key: string }[]>`
    SELECT seal.seq, seal.hash, CASE entry.kind WHEN 'audit.key-changed' THEN entry.details ->> 'to' ELSE seal.key END AS key
    FROM app.audit_seal AS seal LEFT JOIN app.audit_entry AS entry ON entry.id = seal.entry_id
    WHERE seal.log = ${log} ORDER BY seal.seq DESC LIMIT 1`
  return row ? { size: Number(row.seq), hash: row.hash, key: row.key } : null
}

/** The last anchor as the database has it. */
export async function lastAnchorOf({ auditor, db }: Context) {
  const select = { size: true, head: true, txHash: true, blockNumber: true, anchoredAt: true }
  const row = await db.auditAnchor.findFirst({ where: { log: auditor.log }, orderBy: { anchoredAt: 'desc' }, select })
  return row && { ...row, size: Number(row.size), blockNumber: Number(row.blockNumber) }
}
