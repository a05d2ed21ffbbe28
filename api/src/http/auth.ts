import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { findSession } from '../identity/sessions.ts'
import { AppError } from './errors.ts'

export const SESSION_COOKIE = 'fairhold_session'

export interface Account {
  /** Lower case. */
  address: string
  tokenHash: string
  expiresAt: Date
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; null for a visitor. */
    account: Account | null
  }
}

/** Finds out who asks, before anything else is done. */
export function registerAuth(app: FastifyInstance, context: Context): void {
  app.decorateRequest('account', null)
  app.addHook('onRequest', async (request) => {
    const token = request.cookies[SESSION_COOKIE]
    if (token) request.account = await findSession(context, token)
  })
}

/** The signed-in account. @throws AppError NOT_SIGNED_IN */
export function requireAccount(request: FastifyRequest): Account {
  if (!request.account) throw new AppError('NOT_SIGNED_IN', 'This needs a signed-in account.')
  return request.account
}
