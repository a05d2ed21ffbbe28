import Provider, { type AdapterPayload, errors, type Adapter as OidcAdapter } from 'oidc-provider'
import { audit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { sha256 } from '../identity/sessions.ts'
import { metadataOf } from './clients.ts'

interface Row {
  payload: string
  consumed_at: Date | null
}

/**
 * Where the provider keeps things, in Postgres, so that any number of processes serve one person. What is of use to whoever
 * holds it (tokens, codes, cookies) is kept as a hash, and is left out of the payload too.
 */
export function createAdapter(context: Context, issuer: string): (kind: string) => OidcAdapter {
  return (kind) => (kind === 'Client' ? clientAdapter(context) : itemAdapter(context, kind, issuer))
}

/** Apps are registered in the settings; the provider only looks them up. */
function clientAdapter(context: Context): OidcAdapter {
  return { ...neverUsed('Client'), find: (id) => metadataOf(context, id) }
}

function itemAdapter(context: Context, kind: string, issuer: string): OidcAdapter {
  const { db } = context
  return {
    ...neverUsed(kind),
    upsert: async (id, payload, seconds) => {
      const { grantId = null, clientId = null, accountId = null, uid } = payload
      const [text, grant] = [stripped(kind, payload), kind === 'Grant' ? id : grantId]
      const uidHash = kind === 'Session' && uid ? sha256(uid) : null
      await db.$executeRaw`
        INSERT INTO app.oauth_item (kind, id_hash, payload, grant_id, uid_hash, client_id, subject, expires_at)
        VALUES (${kind}, ${sha256(id)}, ${text}, ${grant}, ${uidHash}, ${clientId}, ${accountId}, now() + make_interval(secs => ${seconds}))
        ON CONFLICT (kind, id_hash) DO UPDATE SET payload = EXCLUDED.payload, expires_at = EXCLUDED.expires_at, subject = EXCLUDED.subject`
    },
    find: async (id) => {
      const [row] = await db.$queryRaw<Row[]>`
        SELECT payload, consumed_at FROM app.oauth_item WHERE kind = ${kind} AND id_hash = ${sha256(id)}`
      return row && restored(kind, row, { id, issuer })
    },
    findByUid: async (uid) => {
      const [row] = await db.$queryRaw<Row[]>`
        SELECT payload, consumed_at FROM app.oauth_item WHERE kind = ${kind} AND uid_hash = ${sha256(uid)} AND expires_at > now()`
      return row && restored(kind, row, { issuer })
    },
    consume: (id) => consume(context, kind, id),
    destroy: async (id) => {
      if (kind === 'Grant')
        return endGrant(context, id, Provider.ctx?.oidc.route === 'token' ? 'app.token-reused' : 'app.revoked')
      await db.$executeRaw`DELETE FROM app.oauth_item WHERE kind = ${kind} AND id_hash = ${sha256(id)}`
    },
    revokeByGrantId: async (grantId) => {
      await db.$executeRaw`DELETE FROM app.oauth_item WHERE kind = ${kind} AND grant_id = ${grantId}`
    },
  }
}

/**
 * Uses a code or a refresh token up, in one statement. Of two who come with the same one at once, the second has a copy: nobody
 * can tell which of them is the thief, so all that came of the grant is void (RFC 9700, sections 2.1.1 and 4.14.2).
 */
async function consume(context: Context, kind: string, id: string): Promise<void> {
  const [item] = await context.db.$queryRaw<{ grant_id: string | null; won: boolean }[]>`
    WITH used AS (
      UPDATE app.oauth_item SET consumed_at = now() WHERE kind = ${kind} AND id_hash = ${sha256(id)} AND consumed_at IS NULL RETURNING 1
    ) SELECT grant_id, EXISTS (SELECT FROM used) AS won FROM app.oauth_item WHERE kind = ${kind} AND id_hash = ${sha256(id)}`
  if (item?.won) return
  if (item?.grant_id) await endGrant(context, item.grant_id, 'app.token-reused')
  throw new errors.InvalidGrant('already used')
}

/** Deletes a grant with all that came of it: an app gave it back, or came with a code or token that had been used. */
async function endGrant(context: Context, grantId: string, kind: 'app.token-reused' | 'app.revoked'): Promise<void> {
  await context.db.$transaction(async (tx) => {
    const ended = await tx.$queryRaw<{ client_id: string; account_id: string }[]>`
      DELETE FROM app.oauth_item item USING app.account
      WHERE item.kind = 'Grant' AND item.grant_id = ${grantId} AND account.subject = item.subject
      RETURNING item.client_id, account.id::text AS account_id`
    await tx.$executeRaw`DELETE FROM app.oauth_item WHERE grant_id = ${grantId}`
    for (const { client_id: subject, account_id: account } of ended) {
      const [actor, details] = kind === 'app.revoked' ? [account, { by: 'app' }] : ['system', { account }]
      await audit(context, { kind, actor, subject, details }, tx)
    }
  })
}

function stripped(kind: string, { jti: _, ...payload }: AdapterPayload): string {
  if (kind !== 'Interaction') return JSON.stringify(payload)
  const { returnTo: _address, session, ...rest } = payload
  const { cookie: _cookie, ...kept } = session ?? {}
  return JSON.stringify({ ...rest, ...(session ? { session: kept } : {}) })
}

function restored(kind: string, row: Row, { id, issuer }: { id?: string; issuer: string }): AdapterPayload {
  const payload: AdapterPayload = JSON.parse(row.payload)
  if (id !== undefined) payload.jti = id
  if (kind === 'Interaction') payload.returnTo = `${issuer}/oauth/auth/${id}`
  if (row.consumed_at) payload.consumed = Math.floor(row.consumed_at.getTime() / 1000)
  return payload
}

/** What no feature that is on asks for. */
function neverUsed(kind: string): OidcAdapter {
  const never = (what: string) => async (): Promise<never> => {
    throw new Error(`${kind} has no ${what}`)
  }
  return {
    upsert: never('upsert'),
    find: never('find'),
    findByUserCode: never('findByUserCode'),
    findByUid: never('findByUid'),
    consume: never('consume'),
    destroy: never('destroy'),
    revokeByGrantId: never('revokeByGrantId'),
  }
}
