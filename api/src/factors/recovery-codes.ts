import { randomBytes } from 'node:crypto'
import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { sha256 } from '../identity/sessions.ts'
import { addFactor, type Signed } from './factors.ts'
import { hasFactor } from './has-factor.ts'

const COUNT = 10
/** Without letters that look like digits; 32 of them, so that a character is five random bits and a code 80. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const LENGTH = 16

/**
 * Ten new recovery codes; those before are void. They are stored as hashes and cannot be shown again. Eighty random bits need no
 * slow hash: nobody can try them all.
 * @throws AppError SECOND_FACTOR_MISSING where there is nothing that they could stand in for
 */
export async function makeRecoveryCodes(context: Context, account: Signed): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, newCode)
  await addFactor(context, account, 'recovery-codes', async (tx) => {
    const { id: accountId } = account
    if (!(await hasFactor(tx, accountId)))
      throw new AppError('SECOND_FACTOR_MISSING', 'Recovery codes stand in for a second factor, and your account has none.')
    await tx.recoveryCode.deleteMany({ where: { accountId } })
    await tx.recoveryCode.createMany({ data: codes.map((code) => ({ accountId, codeHash: sha256(code) })) })
  })
  return codes.map((code) => code.match(/.{4}/g)?.join('-') ?? code)
}

/** Whether it is a code of the account that was not used before; then it is used now. `code`: without lines, in lower case. */
export async function useRecoveryCode({ db }: Context, accountId: string, code: string): Promise<boolean> {
  const codeHash = sha256(code.replaceAll('o', '0').replaceAll(/[il]/g, '1')) // as people read them
  const where = { accountId, codeHash, usedAt: null }
  const { count } = await db.recoveryCode.updateMany({ where, data: { usedAt: new Date() } })
  return count === 1
}

function newCode(): string {
  return Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte & 31]).join('')
}
