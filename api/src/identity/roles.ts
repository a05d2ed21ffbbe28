import { audit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import type { Account, Role } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { lockAccount } from './accounts.ts'

/** Who helps to run this market, without those who are named in its configuration. */
export async function listStaff({ caip2, db }: Context) {
  return db.$queryRaw<{ address: string; name: string; role: Role; grantedBy: string; grantedAt: Date }[]>`
    SELECT (SELECT address FROM app.wallet WHERE account_id = account.id AND chain = ${caip2} ORDER BY linked_at, address LIMIT 1) AS address,
      account.name, role.role, role.granted_by AS "grantedBy", role.granted_at AS "grantedAt"
    FROM app.role JOIN app.account ON account.id = role.account_id
    WHERE EXISTS (SELECT FROM app.wallet WHERE account_id = account.id AND chain = ${caip2})
    ORDER BY role.granted_at, account.id, role.role LIMIT 500`
}

/** Gives an account these roles and no others. Nobody can take a role off themselves, so that there is always an admin. */
export async function setRoles(context: Context, by: Account, { address, roles }: { address: string; roles: readonly Role[] }) {
  const { caip2: chain, db } = context
  if (by.wallets.includes(address)) throw new AppError('FORBIDDEN', 'Another admin has to change your roles.')
  const wallet = await db.wallet.findUnique({ where: { chain_address: { chain, address } }, select: { accountId: true } })
  if (!wallet) throw new AppError('NOT_FOUND', 'Nobody has signed in with this address yet.')
  const { accountId } = wallet
  await db.$transaction(async (tx) => {
    await lockAccount(tx, accountId)
    const had = (await tx.role.findMany({ where: { accountId } })).map(({ role }) => role as Role)
    const [revoked, granted] = [had.filter((role) => !roles.includes(role)), roles.filter((role) => !had.includes(role))]
    await tx.role.deleteMany({ where: { accountId, role: { in: revoked } } })
    await tx.role.createMany({ data: granted.map((role) => ({ accountId, role, grantedBy: by.id })) })
    for (const role of revoked)
      await audit(context, { kind: 'role.revoked', actor: by.id, subject: accountId, details: { role } }, tx)
    for (const role of granted)
      await audit(context, { kind: 'role.granted', actor: by.id, subject: accountId, details: { role } }, tx)
  })
}
