import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { requireSession } from '../http/auth.ts'
import type { Session } from '../identity/contract.ts'
import { createCookies } from '../identity/cookies.ts'
import { sessionFor } from '../identity/service.ts'
import { type Proof, rotateSession } from '../identity/sessions.ts'
import { rememberNetwork } from './tries.ts'

/**
 * Gives the session that asks another token, after something changed about who may do what. `proof`: the factor that was just
 * used, if one was.
 */
export function createRenewal(context: Context) {
  const cookies = createCookies(context)
  return async (request: FastifyRequest, reply: FastifyReply, proof: Exclude<Proof, 'wallet'> | null): Promise<Session> => {
    const { id: accountId, session } = requireSession(request)
    const token = await rotateSession(context, session, proof)
    if (proof) await rememberNetwork(context, { accountId, ip: request.ip })
    cookies.setSession(reply, token, session.expiresAt)
    return sessionFor(context, token)
  }
}
