import { audit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { type Connection, type OauthScope, oauthScopes } from './contract.ts'

interface Row {
  client_id: string
  name: string
  homepage: string
  payloads: string[]
  since: Date
  used_at: Date | null
}

/** The apps that may act for an account, the first allowed first. Each browser that an app was allowed in has a grant of its own. */
export async function listConnections({ db }: Context, accountId: string): Promise<Connection[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT client.id AS client_id, client.name, client.homepage, array_agg(item.payload) AS payloads,
      min(item.created_at) AS since, max(item.used_at) AS used_at
    FROM app.oauth_item item JOIN app.account ON account.subject = item.subject JOIN app.oauth_client client ON client.id = item.client_id
    WHERE account.id = ${accountId}::uuid AND item.kind = 'Grant' AND item.expires_at > now()
    GROUP BY client.id ORDER BY min(item.created_at), client.id`
  return rows.map(({ client_id, name, homepage, payloads, since, used_at }) => ({
    clientId: client_id,
    name,
    homepage,
    scopes: scopesOf(payloads),
    since: since.toISOString(),
    lastUsedAt: used_at?.toISOString() ?? null,
  }))
}

/** Ends what an app may do for an account: every grant with its codes and tokens. @throws AppError NOT_FOUND */
export async function endConnection(context: Context, accountId: string, clientId: string): Promise<void> {
  await context.db.$transaction(async (tx) => {
    const ended = await tx.$executeRaw`
      DELETE FROM app.oauth_item item USING app.account
      WHERE account.id = ${accountId}::uuid AND item.subject = account.subject AND item.client_id = ${clientId}`
    if (ended === 0) throw new AppError('NOT_FOUND', 'This app may do nothing for you.')
    await audit(context, { kind: 'app.revoked', actor: accountId, subject: clientId, details: { by: 'person' } }, tx)
  })
}

function scopesOf(payloads: readonly string[]): OauthScope[] {
  const granted = new Set(payloads.flatMap((payload) => String(JSON.parse(payload).openid?.scope ?? '').split(' ')))
  return oauthScopes.filter((scope) => granted.has(scope))
}
