import type { Prisma } from '@fairhold/db/client'
import { audit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import type { requireSession } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { lockAccount } from '../identity/accounts.ts'
import type { Factors } from './contract.ts'
import { hasFactor } from './has-factor.ts'

/** A person in a session of theirs: programs have no business here. */
export type Signed = ReturnType<typeof requireSession>
type Transaction = Prisma.TransactionClient

/** What guards the account, for its own person. */
export async function listFactors({ db }: Context, accountId: string): Promise<Factors> {
  const [passkeys, app, recoveryCodesLeft] = await Promise.all([
    db.passkey.findMany({ where: { accountId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }),
    db.totp.findFirst({ where: { accountId, confirmedAt: { not: null } }, select: { confirmedAt: true, usedAt: true } }),
    db.recoveryCode.count({ where: { accountId, usedAt: null } }),
  ])
  return {
    passkeys: passkeys.map(({ id, name, synced, createdAt, usedAt }) => {
      return { id, name, synced, createdAt: createdAt.toISOString(), usedAt: usedAt?.toISOString() ?? null }
    }),
    app: app?.confirmedAt ? { createdAt: app.confirmedAt.toISOString(), usedAt: app.usedAt?.toISOString() ?? null } : null,
    recoveryCodesLeft,
  }
}

/**
 * Adds a factor in one transaction, with the account locked: who proved themselves with a wallet alone adds the first one only,
 * also when somebody else adds one at the same moment.
 * @throws AppError STEP_UP_NEEDED
 */
export async function addFactor(
  context: Context,
  { id, session }: Signed,
  factor: 'passkey' | 'totp' | 'recovery-codes',
  add: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await context.db.$transaction(async (tx) => {
    await lockAccount(tx, id)
    if (session.provedWith === 'wallet' && (await hasFactor(tx, id)))
      throw new AppError('STEP_UP_NEEDED', 'The account has got a second factor meanwhile: prove with it that it is you.')
    await add(tx)
    const kind = factor === 'recovery-codes' ? 'factor.recovery-codes-made' : 'factor.added'
    await audit(context, { kind, actor: id, details: { factor, session: session.id } }, tx)
  })
}

/**
 * Removes a factor in one transaction. What other sessions proved, maybe with it, is void; without any factor left the recovery
 * codes are too.
 */
export async function removeFactor(
  context: Context,
  { id, session }: Signed,
  factor: 'passkey' | 'totp',
  remove: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await context.db.$transaction(async (tx) => {
    await lockAccount(tx, id)
    await remove(tx)
    if (!(await hasFactor(tx, id))) await tx.recoveryCode.deleteMany({ where: { accountId: id } })
    const others = { accountId: id, id: { not: session.id } }
    await tx.session.updateMany({ where: others, data: { provedAt: null, provedWith: null } })
    await audit(context, { kind: 'factor.removed', actor: id, details: { factor, session: session.id } }, tx)
  })
}

/** Forgets everything that guarded an account that is closed. */
export async function forgetFactors(tx: Transaction, accountId: string): Promise<void> {
  const where = { accountId }
  await tx.passkey.deleteMany({ where })
  await tx.passkeyChallenge.deleteMany({ where })
  await tx.totp.deleteMany({ where })
  await tx.recoveryCode.deleteMany({ where })
  await tx.factorTry.deleteMany({ where })
}
