import { Prisma } from '@fairhold/db/client'
import type { BearerResolver } from '../http/bearer.ts'
import { type Scope, scopes } from '../http/scopes.ts'
import { type AccountRow, accountColumns, personFrom, SEEN_MS, sha256 } from '../identity/sessions.ts'

interface Row extends AccountRow {
  payload: string
  grant_hash: string
  used_at: Date | null
}

/**
 * Whom an access token stands for: one look into the tables, so that what was revoked a moment ago is refused, as is the token of
 * an app that was stopped. It lends nothing of what its person may do as staff.
 */
export const oauthBearer: BearerResolver = async (context, token) => {
  if (token.includes('.')) return undefined
  const [row] = await context.db.$queryRaw<Row[]>(Prisma.sql`
    SELECT item.payload, allowed.id_hash AS grant_hash, allowed.used_at, ${accountColumns(context.caip2)}
    FROM app.oauth_item item
    JOIN app.oauth_item allowed ON allowed.grant_id = item.grant_id AND allowed.kind = 'Grant' AND allowed.expires_at > now()
    JOIN app.oauth_client client ON client.id = item.client_id AND client.disabled_at IS NULL
    JOIN app.account ON account.subject = item.subject AND account.deleted_at IS NULL
    WHERE item.kind = 'AccessToken' AND item.id_hash = ${sha256(token)} AND item.expires_at > now()
      AND EXISTS (SELECT FROM app.account owner WHERE owner.id = client.account_id AND owner.deleted_at IS NULL)`)
  const address = row?.wallets[0]
  if (!row || !address) return null
  if (Date.now() - (row.used_at?.getTime() ?? 0) > SEEN_MS)
    await context.db.$executeRaw`UPDATE app.oauth_item SET used_at = now() WHERE kind = 'Grant' AND id_hash = ${row.grant_hash}`
  const granted = new Set(String(JSON.parse(row.payload).scope ?? '').split(' '))
  const may: readonly Scope[] = scopes.filter((scope) => granted.has(scope))
  return { ...personFrom(context, row), roles: [], address, via: 'oauth', scopes: may, session: null }
}
