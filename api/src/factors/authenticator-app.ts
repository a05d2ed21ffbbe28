import { randomBytes } from 'node:crypto'
import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { placeOf } from '../keys/columns.ts'
import type { Enrolment } from './contract.ts'
import { addFactor, removeFactor, type Signed } from './factors.ts'
import { findStep, toBase32, totpUri } from './totp.ts'

const SECRET_BYTES = 20 // as RFC 4226 recommends
const ENROL_MS = 15 * 60 * 1000

/** Makes a secret for an authenticator app. It guards nothing until the app has shown a right code. @throws AppError ALREADY_THERE */
export async function enrolApp(context: Context, account: Signed): Promise<Enrolment> {
  const { id: accountId, address } = account
  const secret = randomBytes(SECRET_BYTES)
  const secretSealed = await context.keys.seal(placeOfSecret(accountId), secret.toString('hex'))
  const stored = await context.db.$executeRaw`
    INSERT INTO app.totp (account_id, secret_sealed) VALUES (${accountId}::uuid, ${secretSealed})
    ON CONFLICT (account_id) DO UPDATE SET secret_sealed = EXCLUDED.secret_sealed, created_at = now(), last_step = 0
    WHERE totp.confirmed_at IS NULL`
  if (stored === 0) throw new AppError('ALREADY_THERE', 'Your account has an authenticator app. Remove it first.')
  const site = new URL(context.env.origins[0] ?? '').hostname
  const name = `${address.slice(0, 6)}…${address.slice(-4)}`
  return { secret: toBase32(secret), uri: totpUri({ issuer: `Fairhold (${site})`, name, secret }) }
}

/** Makes the app a factor, once it shows a right code. @throws AppError PROOF_REFUSED */
export async function confirmApp(context: Context, account: Signed, code: string): Promise<void> {
  await addFactor(context, account, 'totp', async (tx) => {
    const row = await tx.totp.findUnique({ where: { accountId: account.id } })
    if (!row || row.confirmedAt || row.createdAt.getTime() < Date.now() - ENROL_MS)
      throw new AppError('PROOF_REFUSED', 'No authenticator app waits to be confirmed. Begin again with a new secret.')
    const secret = await openSecret(context, account.id, row.secretSealed)
    const step = findStep(secret, code, { now: Date.now(), after: 0 })
    if (step === null) throw new AppError('PROOF_REFUSED', 'The code is not the one that the app shows now.')
    const checked = { accountId: account.id, secretSealed: row.secretSealed } // another request may have made another secret
    const { count } = await tx.totp.updateMany({ where: checked, data: { confirmedAt: new Date(), lastStep: BigInt(step) } })
    if (count === 0) throw new AppError('PROOF_REFUSED', 'The secret has been made anew meanwhile. Begin again.')
  })
}

/** Whether the code is one of the account's app, not used before; then it is used now. Of many tries at once one is right. */
export async function useAppCode(context: Context, accountId: string, code: string): Promise<boolean> {
  const row = await context.db.totp.findUnique({ where: { accountId } })
  if (!row?.confirmedAt) return false
  const secret = await openSecret(context, accountId, row.secretSealed)
  const step = findStep(secret, code, { now: Date.now(), after: Number(row.lastStep) })
  if (step === null) return false
  const used = await context.db.$executeRaw`
    UPDATE app.totp SET last_step = ${step}, used_at = now()
    WHERE account_id = ${accountId}::uuid AND confirmed_at = ${row.confirmedAt} AND last_step < ${step}`
  return used === 1
}

/** @throws AppError NOT_FOUND */
export async function removeApp(context: Context, account: Signed): Promise<void> {
  await removeFactor(context, account, 'totp', async (tx) => {
    const { count } = await tx.totp.deleteMany({ where: { accountId: account.id, confirmedAt: { not: null } } })
    if (count === 0) throw new AppError('NOT_FOUND', 'Your account has no authenticator app.')
  })
}

async function openSecret({ keys }: Context, accountId: string, sealed: Uint8Array): Promise<Buffer> {
  return Buffer.from(await keys.open(placeOfSecret(accountId), sealed), 'hex')
}

function placeOfSecret(accountId: string) {
  return placeOf('totp', 'secret_sealed', accountId)
}
