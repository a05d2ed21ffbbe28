import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { sessionCookie } from '../http/auth.ts'
import { newToken } from './sessions.ts'

/** How long a browser is recognised as one that somebody has signed in with: a quarter of a year. */
const DEVICE_SECONDS = 90 * 86_400

/** The browser's two cookies: who is signed in, and a secret of its own that nonces are bound to. */
export function createCookies(context: Context) {
  const { secure } = context.env
  const browser = secure ? '__Host-fairhold_browser' : 'fairhold_browser'
  const session = sessionCookie(context)
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  return {
    /** Empty for a browser that has not asked for a nonce yet. */
    browserOf: (request: FastifyRequest): string => request.cookies[browser] ?? '',
    /** As `browserOf`, after giving the browser its secret where it has none. */
    knowBrowser: (request: FastifyRequest, reply: FastifyReply): string => {
      const known = request.cookies[browser]
      if (known) return known
      const made = newToken()
      reply.setCookie(browser, made, { ...options, maxAge: DEVICE_SECONDS })
      return made
    },
    setSession: (reply: FastifyReply, token: string, expires: Date) => reply.setCookie(session, token, { ...options, expires }),
    clearSession: (reply: FastifyReply) => reply.clearCookie(session, options),
  }
}

export type Cookies = ReturnType<typeof createCookies>
