import { Prisma } from '@fairhold/db/client'

/** Whether `account` of the query around it has a second factor. */
export const HAS_FACTOR = Prisma.sql`(
  EXISTS (SELECT FROM app.passkey WHERE passkey.account_id = account.id)
  OR EXISTS (SELECT FROM app.totp WHERE totp.account_id = account.id AND totp.confirmed_at IS NOT NULL))`

/** Whether the account has a second factor. Recovery codes are none: they stand in for one. */
export async function hasFactor(tx: Pick<Prisma.TransactionClient, '$queryRaw'>, accountId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ has: boolean }[]>`
    SELECT ${HAS_FACTOR} AS has FROM app.account WHERE account.id = ${accountId}::uuid`
  return row?.has ?? false
}
