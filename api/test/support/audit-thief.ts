import type pg from 'pg'
import { type AuditSeal, entryHash, FIRST_PREV, rowHash, type SignedEntry, sealHash } from '../../src/audit/entry.ts'
import { type AuditKey, auditKeyOf } from '../../src/audit/key.ts'
import type { Context } from '../../src/context.ts'

/**
 * Changes an entry as somebody can who owns the database and has stolen the keys: signs it again, and makes every seal from there
 * on anew, each with the key that the true one had. The database alone cannot tell. With `upTo` the thief leaves it at that one.
 */
export async function rewriteFrom(
  owner: pg.Client,
  context: Context,
  seq: number,
  seeds: readonly string[],
  upTo?: number,
): Promise<void> {
  const { log, logId } = context.auditor
  const keys = new Map(seeds.map((seed) => [auditKeyOf(seed).publicKey, auditKeyOf(seed)]))
  const seals = await sealsOf(context)
  let prev = seals[seq - 2]?.hash ?? FIRST_PREV
  for (const seal of seals.slice(seq - 1, upTo)) {
    const entry = await entryOf(context, seal.entryId)
    const changed = seal.seq === seq ? { ...entry, subject: 'the thief' } : entry
    const signed = { ...changed, signature: keyOf(keys, entry.key).sign(entryHash(logId, changed)) }
    const link = { ...seal, prev, entryHash: rowHash(logId, signed) }
    const hash = sealHash(logId, link)
    await owner.query('UPDATE app.audit_entry SET subject = $2, signature = $3 WHERE id = $1', [
      seal.entryId,
      signed.subject,
      signed.signature,
    ])
    await owner.query(
      'UPDATE app.audit_seal SET prev = $3, entry_hash = $4, hash = $5, signature = $6 WHERE log = $1 AND seq = $2',
      [...[log, seal.seq, prev, link.entryHash, hash, keyOf(keys, seal.key).sign(hash)]],
    )
    prev = hash
  }
}

/** Takes the newest entries out, rows and seals, as if they had never been. */
export async function cutOff(owner: pg.Client, { auditor }: Context, size: number): Promise<void> {
  await owner.query('DELETE FROM app.audit_entry WHERE id IN (SELECT entry_id FROM app.audit_seal WHERE log = $1 AND seq > $2)', [
    ...[auditor.log, size],
  ])
  await owner.query('DELETE FROM app.audit_seal WHERE log = $1 AND seq > $2', [auditor.log, size])
}

async function sealsOf({ auditor, db }: Context): Promise<AuditSeal[]> {
  const rows = await db.auditSeal.findMany({ where: { log: auditor.log }, orderBy: { seq: 'asc' } })
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }))
}

async function entryOf({ db }: Context, id: string): Promise<SignedEntry> {
  const { log: _, ...row } = await db.auditEntry.findUniqueOrThrow({ where: { id } })
  return { ...row, details: row.details as SignedEntry['details'] }
}

function keyOf(keys: ReadonlyMap<string, AuditKey>, publicKey: string): AuditKey {
  const key = keys.get(publicKey)
  if (!key) throw new Error('that key was not stolen')
  return key
}
