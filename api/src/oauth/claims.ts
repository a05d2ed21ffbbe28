import type { Account as OidcAccount } from 'oidc-provider'
import type { Context } from '../context.ts'

/** What apps may learn of a person: by `openid` who they are, by `profile` their name and their first wallet on this chain (CAIP-10). */
export async function claimsOf({ caip2: chain, db }: Context, subject: string): Promise<OidcAccount | undefined> {
  const [row] = await db.$queryRaw<{ did: string; name: string; wallet: string | null }[]>`
    SELECT account.did, account.name, (SELECT wallet.address FROM app.wallet
      WHERE wallet.account_id = account.id AND wallet.chain = ${chain} ORDER BY linked_at, wallet.address LIMIT 1) AS wallet
    FROM app.account WHERE account.subject = ${subject} AND account.deleted_at IS NULL`
  if (!row?.wallet) return undefined
  const { did, name, wallet } = row
  const shown = name || `${wallet.slice(0, 6)}…${wallet.slice(-4)}`
  return { accountId: subject, claims: () => ({ sub: subject, did, name: shown, wallet: `${chain}:${wallet}` }) }
}
