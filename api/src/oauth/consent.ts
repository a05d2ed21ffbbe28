import type { FastifyReply, FastifyRequest } from 'fastify'
import type Provider from 'oidc-provider'
import { audit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { PROOF_MS } from '../http/access.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { type ConsentRequest, type OauthScope, oauthScopes } from './contract.ts'
import { personOfAccount } from './person.ts'
import { wantsProof } from './policy.ts'

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

/**
 * What an app asked for in this browser. Whoever knows or guesses the number of somebody else's request has not the signed
 * cookie that goes with it. @throws AppError NOT_FOUND
 */
export async function interactionOf(
  provider: Provider,
  request: FastifyRequest<{ Params: { uid: string } }>,
  reply: FastifyReply,
): Promise<Interaction> {
  const { uid } = request.params
  const { cookies } = provider.createContext(request.raw, reply.raw)
  const held = cookies.get(provider.cookieName('interaction'), { signed: true })
  const interaction = held === uid ? await provider.Interaction.find(uid) : undefined
  if (!interaction) throw new AppError('NOT_FOUND', 'This request of an app has expired, or was made in another browser.')
  return interaction
}

/** What the person is told before they decide. @throws AppError NOT_FOUND if the app is gone or was stopped meanwhile */
export async function consentOf(context: Context, interaction: Interaction, account: Account | null): Promise<ConsentRequest> {
  const { caip2: chain, db } = context
  const { client_id: id, redirect_uri: redirectUri } = interaction.params
  const [row] = await db.$queryRaw<ClientRow[]>`
    SELECT client.id, client.name, client.homepage, client.created_at, account.name AS owner_name,
      (SELECT wallet.address FROM app.wallet WHERE wallet.account_id = account.id AND wallet.chain = ${chain}
       ORDER BY linked_at, wallet.address LIMIT 1) AS owner_address
    FROM app.oauth_client client JOIN app.account ON account.id = client.account_id
    WHERE client.id = ${String(id)} AND client.disabled_at IS NULL AND account.deleted_at IS NULL`
  if (!row) throw new AppError('NOT_FOUND', 'The app is gone, or the market has stopped it.')
  return {
    client: {
      ...{ id: row.id, name: row.name, homepage: row.homepage, redirectHost: new URL(String(redirectUri)).host },
      registeredAt: row.created_at.toISOString(),
      registeredBy: { address: row.owner_address, name: row.owner_name },
    },
    scopes: scopesOf(interaction),
    proofNeeded: account?.session ? !isProved(interaction, account.session) : false,
  }
}

interface ClientRow {
  id: string
  name: string
  homepage: string
  created_at: Date
  owner_name: string
  owner_address: string | null
}

/**
 * Notes what the person decided, and says where the browser goes on. Each yes is a grant of its own for this browser, widened
 * by what else is asked for later. @throws AppError STEP_UP_NEEDED if the app, or what it asks for, wants a fresher proof
 */
export async function decide(
  context: Context,
  provider: Provider,
  { interaction, account, allow }: { interaction: Interaction; account: Account; allow: boolean },
): Promise<{ location: string }> {
  const person = await personOfAccount(context, account)
  if (!account.session || !person) throw new AppError('NOT_SIGNED_IN', 'This needs a session of the person.')
  if (allow && !isProved(interaction, account.session))
    throw new AppError('STEP_UP_NEEDED', 'The app asks for a fresh proof that it is you.')
  const { subject: accountId, authTime: ts, acr } = person
  interaction.result = allow
    ? { login: { accountId, ts, acr, remember: false }, consent: { grantId: await grant(provider, interaction, accountId) } }
    : { error: 'access_denied', error_description: 'The person said no.' }
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000))
  const details = { scopes: scopesOf(interaction).join(' ') }
  const subject = String(interaction.params.client_id)
  if (allow) await audit(context, { kind: 'app.allowed', actor: account.id, subject, details })
  return { location: `/oauth/auth/${interaction.uid}` }
}

async function grant(provider: Provider, { grantId, params }: Interaction, accountId: string): Promise<string> {
  const clientId = String(params.client_id)
  const earlier = grantId ? await provider.Grant.find(grantId) : undefined
  const mine = earlier?.accountId === accountId && earlier.clientId === clientId
  const given = mine ? earlier : new provider.Grant({ accountId, clientId })
  given.addOIDCScope(scopesOf({ params }).join(' '))
  return given.save()
}

function scopesOf({ params }: Pick<Interaction, 'params'>): OauthScope[] {
  const asked = new Set(String(params.scope ?? '').split(' '))
  return oauthScopes.filter((scope) => asked.has(scope))
}

/** What lets an app change something, or act when the person is away: as good as an API key, which needs a fresh proof too. */
const outlives = (scope: OauthScope): boolean => scope === 'offline_access' || scope.endsWith(':write')

/** Whether the session's last proof is fresh enough for what is asked, and as fresh as the app asks: by `prompt=login`, `max_age` or `acr_values`. */
function isProved({ params, iat }: Interaction, { provedAt }: NonNullable<Account['session']>): boolean {
  const [proved, now] = [provedAt?.getTime() ?? 0, Date.now()]
  const sinceAsked = proved >= iat * 1000
  const maxAge = params.max_age === undefined ? undefined : Number(params.max_age)
  if (
    String(params.prompt ?? '')
      .split(' ')
      .includes('login') &&
    !sinceAsked
  )
    return false
  if (maxAge !== undefined && !sinceAsked && now - proved > maxAge * 1000) return false
  const sensitive = wantsProof(String(params.acr_values ?? '')) || scopesOf({ params }).some(outlives)
  return !sensitive || now - proved <= PROOF_MS
}
