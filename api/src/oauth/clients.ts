import { randomBytes } from 'node:crypto'
import { Prisma } from '@fairhold/db/client'
import type { AllClientMetadata } from 'oidc-provider'
import { audit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { lockAccount } from '../identity/accounts.ts'
import { newToken, sha256 } from '../identity/sessions.ts'
import type { ClientIn, CreatedClient, NewClient, OauthClient } from './contract.ts'

const MAX_CLIENTS = 20
const ID = /^app_[0-9a-f]{24}$/

interface Row {
  id: string
  name: string
  homepage: string
  redirect_uris: string[]
  confidential: boolean
  created_at: Date
  disabled_at: Date | null
  people: number
}

const COLUMNS = Prisma.sql`client.id, client.name, client.homepage, client.redirect_uris, client.secret_hash IS NOT NULL AS confidential,
  client.created_at, client.disabled_at,
  (SELECT count(DISTINCT item.subject) FROM app.oauth_item item
   WHERE item.client_id = client.id AND item.kind = 'Grant' AND item.expires_at > now())::int AS people`

/** The apps that an account registered, the first one first. */
export async function listClients({ db }: Context, accountId: string): Promise<OauthClient[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${COLUMNS} FROM app.oauth_client client WHERE client.account_id = ${accountId}::uuid ORDER BY client.created_at, client.id`
  return rows.map(clientFrom)
}

/** Registers an app. Its secret is in the answer, and nowhere after that. @throws AppError FORBIDDEN if there are too many */
export async function registerClient(context: Context, accountId: string, asked: NewClient): Promise<CreatedClient> {
  const { name, homepage, redirectUris, confidential } = asked
  const [id, secret] = [`app_${randomBytes(12).toString('hex')}`, confidential ? newToken() : null]
  await context.db.$transaction(async (tx) => {
    await lockAccount(tx, accountId) // so that nobody counts beside us, or closes it
    if ((await tx.oauthClient.count({ where: { accountId } })) >= MAX_CLIENTS)
      throw new AppError('FORBIDDEN', `An account registers at most ${MAX_CLIENTS} apps.`)
    const data = { id, accountId, name, homepage, redirectUris, secretHash: secret && sha256(secret) }
    await tx.oauthClient.create({ data })
    await audit(context, { kind: 'app.registered', actor: accountId, subject: id, details: { confidential } }, tx)
  })
  return { ...(await clientOf(context, accountId, id)), secret }
}

/** @throws AppError NOT_FOUND for an app that somebody else registered */
export async function changeClient(
  context: Context,
  accountId: string,
  { id, ...change }: ClientIn & { id: string },
): Promise<OauthClient> {
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.oauthClient.updateMany({ where: { id, accountId }, data: change })
    if (count === 0) throw unknownClient()
    await audit(context, { kind: 'app.changed', actor: accountId, subject: id, details: { what: 'settings' } }, tx)
  })
  return clientOf(context, accountId, id)
}

/** A new secret; the old one is void at once. @throws AppError NOT_FOUND, also for an app that has none */
export async function renewSecret(context: Context, accountId: string, id: string): Promise<CreatedClient> {
  const secret = newToken()
  const where = { id, accountId, secretHash: { not: null } }
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.oauthClient.updateMany({ where, data: { secretHash: sha256(secret) } })
    if (count === 0) throw unknownClient()
    await audit(context, { kind: 'app.changed', actor: accountId, subject: id, details: { what: 'secret' } }, tx)
  })
  return { ...(await clientOf(context, accountId, id)), secret }
}

/** Takes an app away, with every grant and token that it has. @throws AppError NOT_FOUND */
export async function deleteClient(context: Context, accountId: string, id: string): Promise<void> {
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.oauthClient.deleteMany({ where: { id, accountId } })
    if (count === 0) throw unknownClient()
    await tx.oauthItem.deleteMany({ where: { clientId: id } })
    await audit(context, { kind: 'app.removed', actor: accountId, subject: id }, tx)
  })
}

/** Stops an app for everybody, or lets it go on. Its tokens are refused meanwhile. @throws AppError NOT_FOUND */
export async function disableClient(
  context: Context,
  by: string,
  { id, disabled }: { id: string; disabled: boolean },
): Promise<void> {
  const data = disabled ? { disabledAt: new Date(), disabledBy: by } : { disabledAt: null, disabledBy: null }
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.oauthClient.updateMany({ where: { id }, data })
    if (count === 0) throw unknownClient()
    const details = { act: disabled ? 'app-stopped' : 'app-let-go-on' }
    await audit(context, { kind: 'staff.acted', actor: by, subject: id, details }, tx)
  })
}

/** An app as the provider knows it; nothing for one that is unknown, stopped, or whose owner's account is closed. */
export async function metadataOf({ db }: Context, id: string): Promise<AllClientMetadata | undefined> {
  if (!ID.test(id)) return undefined
  const [row] = await db.$queryRaw<{ name: string; redirect_uris: string[]; secret_hash: string | null }[]>`
    SELECT client.name, redirect_uris, secret_hash FROM app.oauth_client client JOIN app.account ON account.id = client.account_id
    WHERE client.id = ${id} AND client.disabled_at IS NULL AND account.deleted_at IS NULL`
  if (!row) return undefined
  return {
    client_id: id,
    client_name: row.name,
    redirect_uris: row.redirect_uris,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: row.secret_hash ? 'client_secret_basic' : 'none',
    ...(row.secret_hash ? { client_secret: row.secret_hash } : {}), // compared by its hash: see provider.ts
  }
}

async function clientOf({ db }: Pick<Context, 'db'>, accountId: string, id: string): Promise<OauthClient> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT ${COLUMNS} FROM app.oauth_client client WHERE client.id = ${id} AND client.account_id = ${accountId}::uuid`
  if (!row) throw unknownClient()
  return clientFrom(row)
}

function clientFrom({ redirect_uris, created_at, disabled_at, ...row }: Row): OauthClient {
  const times = { createdAt: created_at.toISOString(), disabledAt: disabled_at?.toISOString() ?? null }
  return { ...row, redirectUris: redirect_uris, ...times }
}

function unknownClient(): AppError {
  return new AppError('NOT_FOUND', 'There is no such app of yours.')
}
