import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import type { BearerResolver } from '../http/bearer.ts'
import { AppError } from '../http/errors.ts'
import { type Scope, scopes } from '../http/scopes.ts'
import { findAccount } from '../identity/sessions.ts'
import { scopesOfKey } from './agent-keys.ts'
import type { Token } from './contract.ts'
import { verifyToken } from './jwt.ts'
import { parseDid } from './parse.ts'
import { ACCESS_LIFE, accessToken, tokenRequest } from './purposes.ts'
import { TokenRefused } from './refused.ts'
import { spendToken } from './replay.ts'

type Person = NonNullable<Awaited<ReturnType<typeof findAccount>>>

/**
 * Gives an access token for a request that a DID signed: of one of the account's own wallets (did:pkh, or did:ethr with the keys
 * and delegates it has on chain), or a did:key that the person allowed to act for them. `sub` names the account by the DID of one
 * of its wallets. @throws AppError TOKEN_REFUSED, SCOPE_MISSING
 */
export async function exchangeToken(context: Context, request: string): Promise<Token> {
  const issuer = context.issuer()
  const { claims } = await verified(() =>
    verifyToken(request, tokenRequest, {
      resolver: context.dids.fresh,
      audience: issuer.did,
      now: Date.now(),
      spend: (token) => spendToken(context, token),
    }),
  )
  const person = await personOf(context, claims.sub)
  const allowed = person && (await scopesFor(context, person, claims.iss, true))
  // One answer for both, so that nobody learns who has an account, or which keys it has.
  if (!person || !allowed) throw refusal('This key may not act for that account.')
  const scope = chosen(claims.scope, allowed).join(' ')
  const now = Math.floor(Date.now() / 1000)
  const times = { iat: now, exp: now + ACCESS_LIFE }
  const named = { sub: claims.sub, aud: issuer.did, jti: randomUUID(), client_id: claims.iss, account: person.id }
  const token = await issuer.sign({ ...named, ...times, scope }, { typ: accessToken.typ })
  return { accessToken: token, tokenType: 'Bearer', expiresIn: ACCESS_LIFE, scope }
}

/** Takes access tokens of ours back as Bearer, as long as the key that got one may still act for the account. */
export const resolveAccessToken: BearerResolver = async (context, token) => {
  if (token.split('.').length !== 3) return undefined
  const { did } = context.issuer()
  const options = { resolver: context.dids, audience: did, issuer: did, now: Date.now() }
  const { claims } = await verifyToken(token, accessToken, options).catch(nothing)
  const person = claims && (await findAccount(context, claims.account))
  const allowed = person && (await scopesFor(context, person, claims.client_id, false))
  if (!person || !allowed) return null
  const given = claims.scope.split(' ')
  const account: Account = { ...person, via: 'token', scopes: allowed.filter((one) => given.includes(one)), session: null }
  return account
}

/** What a DID may do for a person: all that programs may for the person's own wallets, and what was allowed to a did:key. */
async function scopesFor(context: Context, person: Person, iss: string, used: boolean): Promise<readonly Scope[] | null> {
  const did = parseDid(iss)
  if (did?.method === 'key') return scopesOfKey(context, person.id, iss, used)
  const isOfChain = (did?.method === 'pkh' || did?.method === 'ethr') && did.chainId === context.env.chainId
  return isOfChain && person.wallets.includes(did.address) ? scopes : null
}

/** The account that has the wallet of a did:pkh or did:ethr on this chain. */
async function personOf(context: Context, sub: string): Promise<Person | null> {
  const { caip2: chain, db, env } = context
  const did = parseDid(sub)
  if ((did?.method !== 'pkh' && did?.method !== 'ethr') || did.chainId !== env.chainId) return null
  const where = { chain_address: { chain, address: did.address } }
  const wallet = await db.wallet.findUnique({ where, select: { accountId: true } })
  const person = wallet && (await findAccount(context, wallet.accountId))
  return person && { ...person, address: did.address }
}

/** The scopes asked for, all of which must be allowed; without any, all that are allowed. */
function chosen(asked: string | undefined, allowed: readonly Scope[]): readonly Scope[] {
  if (asked === undefined) return allowed
  const words = asked.split(' ')
  const missing = words.find((word) => !(allowed as readonly string[]).includes(word))
  if (missing !== undefined) throw new AppError('SCOPE_MISSING', `This key was not given the scope ${missing.slice(0, 60)}.`)
  return allowed.filter((scope) => words.includes(scope))
}

async function verified<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify()
  } catch (error) {
    if (error instanceof TokenRefused) throw refusal(error.message)
    throw error
  }
}

/** A token that is not good stands for nobody; what else goes wrong is told. */
function nothing(error: unknown): { claims: null } {
  if (error instanceof TokenRefused) return { claims: null }
  throw error
}

const refusal = (detail: string) => new AppError('TOKEN_REFUSED', detail)
