import type { Context } from '../context.ts'
import { headOf } from './queries.ts'

/**
 * To be asked before a process writes entries: with another key than the log's they would be taken for forged and never be sealed.
 * @throws Error if the log is kept with a key that is neither ours nor the one before
 */
export async function requireAuditKey({ auditor, db }: Pick<Context, 'auditor' | 'db'>): Promise<void> {
  const head = await headOf(db, auditor.log).catch(() => null) // without Postgres nothing is written either
  const ours = [auditor.key(), auditor.previousKey()].map((key) => key?.publicKey)
  if (head && !ours.includes(head.key))
    throw new Error(
      `the audit log ${auditor.log} is kept with key ${head.key}, ours is ${ours[0]}: set AUDIT_KEY, or share DATA_DIR with the worker`,
    )
}
