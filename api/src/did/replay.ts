import type { Context } from '../context.ts'
import { SKEW_SECONDS } from './jwt.ts'

/** Uses a token's id up, in one statement, so that of two at once one is told false. It is kept as long as the token could be good. */
export async function spendToken(
  { db }: Context,
  { iss, jti, exp }: { iss: string; jti: string; exp: number },
): Promise<boolean> {
  const expiresAt = new Date((exp + 2 * SKEW_SECONDS) * 1000)
  const { count } = await db.usedToken.createMany({ data: { issuer: iss, jti, expiresAt }, skipDuplicates: true })
  return count === 1
}
