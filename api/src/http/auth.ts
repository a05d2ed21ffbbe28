import { timingSafeEqual } from 'node:crypto'
import { ask, Prisma } from '@fairhold/db/client'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { csrfOf, findSession, type Proof } from '../identity/sessions.ts'
import { accountOfBearer } from './bearer.ts'
import { AppError } from './errors.ts'
import type { Scope } from './scopes.ts'

export type Role = 'moderator' | 'admin'

/** Who asks: a person, in a session of their own or through a program that they allowed to act for them. */
export interface Account {
  /** Of the person, a UUID. */
  id: string
  /** The wallet that the session was opened with, or the person's first, in lower case. */
  address: string
  /** All wallets of the person on this market's chain, in lower case, the first linked first. */
  wallets: readonly string[]
  did: string
  roles: readonly Role[]
  via: 'session' | 'key' | 'oauth' | 'token'
  scopes: 'all' | readonly Scope[]
  /** Null for a program. */
  session: {
    id: string
    tokenHash: string
    expiresAt: Date
    /** When, and with what, it was last proved who the person is. A wallet's proof counts for who has no second factor. */
    provedAt: Date | null
    provedWith: Proof | null
    hasFactor: boolean
  } | null
}

/** Who may call a route, and on whose data. */
export interface Access {
  /** The least that the caller must be. Arbiter: named as such in a deal on chain, or on the market's list. */
  who: 'anyone' | 'user' | 'arbiter' | 'moderator' | 'admin'
  /** Whose data it is about: everybody's, the caller's, that of a deal's parties and arbiter, or anybody's. The service checks it. */
  data: 'public' | 'own' | 'deal' | 'any'
  /** What a program needs that acts for the person. Without one no program may call it, only the person's own session. */
  scope?: Scope
  /** Whether who one is must have been proved again within the last ten minutes; of staff, with a second factor. */
  stepUp?: true
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** Whether the route finds out by itself who asks: neither cookies nor tokens of ours count, nor where a request comes from. */
    ownAuth?: true
  }
  interface FastifyRequest {
    /** Who is signed in; null for a visitor. */
    account: Account | null
  }
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The session's cookie. Over https its name binds it to this host: no other host of the domain can set or read it. */
export function sessionCookie({ env }: Context): string {
  return env.secure ? '__Host-fairhold_session' : 'fairhold_session'
}

/** Finds out who asks, before anything else is done. */
export function registerAuth(app: FastifyInstance, context: Context): void {
  const name = sessionCookie(context)
  app.decorateRequest('account', null)
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config?.ownAuth) return
    const { authorization } = request.headers
    if (authorization !== undefined) {
      request.account = await accountOfBearer(context, authorization)
      if (!request.account) throw new AppError('TOKEN_REFUSED', 'The token is unknown, has expired, or was revoked.')
      return
    }
    const token = request.cookies[name]
    if (!token) return
    request.account = await findSession(context, token)
    if (request.account && !SAFE.has(request.method)) requireCsrfToken(request, token)
  })
}

/**
 * A write that comes with a cookie must show, too, what only a page of this site can have read (the synchronizer token of the
 * session). Beside the check of the Origin this holds even where a browser sends none.
 */
function requireCsrfToken(request: FastifyRequest, token: string): void {
  if (request.routeOptions.config?.access?.who === 'anyone') return
  const given = Buffer.from(String(request.headers['x-csrf-token'] ?? ''))
  const wanted = Buffer.from(csrfOf(token))
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new AppError('CSRF_REFUSED', 'The header X-CSRF-Token is missing, or is of another session.')
}

/** The signed-in account. @throws AppError NOT_SIGNED_IN */
export function requireAccount(request: FastifyRequest): Account {
  if (!request.account) throw new AppError('NOT_SIGNED_IN', 'This needs a signed-in account.')
  return request.account
}

/** The account in its own session. @throws AppError NOT_SIGNED_IN for a visitor or a program */
export function requireSession(request: FastifyRequest): Account & { session: NonNullable<Account['session']> } {
  const account = requireAccount(request)
  if (!account.session) throw new AppError('NOT_SIGNED_IN', 'This needs a session of the person.')
  return { ...account, session: account.session }
}

/** Whether one of the account's wallets judges: it is on the market's list, or a deal on chain names it. */
export async function isArbiter({ caip2: chain, pool, env }: Context, { wallets }: Pick<Account, 'wallets'>): Promise<boolean> {
  if (env.arbiters.some(({ address }) => wallets.includes(address))) return true
  const sql = Prisma.sql`
    SELECT EXISTS (SELECT FROM chain.deal WHERE chain = ${chain} AND arbiter = ANY(${[...wallets]}::text[])) AS judges`
  const [row] = await ask<{ judges: boolean }>(pool, 'judges', sql)
  return row?.judges ?? false
}
