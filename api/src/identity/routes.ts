import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount, SESSION_COOKIE } from '../http/auth.ts'
import { addressShape } from '../http/shapes.ts'
import { nonceShape, profileShape, profileUpdateShape, sessionShape, signInShape } from './contract.ts'
import { didOf, profileOf, sessionOf, updateProfile } from './service.ts'
import { issueNonce, newToken, openSession, revokeSession } from './sessions.ts'
import { verifySignIn } from './sign-in.ts'

const BROWSER_COOKIE = 'fairhold_browser'
const SIGN_IN_LIMIT = { rateLimit: { max: 60, timeWindow: '1 minute' } }

export function identityRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const secure = context.env.origins.every((origin) => origin.startsWith('https:'))
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const

  const browserOf = (request: FastifyRequest, reply: FastifyReply): string => {
    const known = request.cookies[BROWSER_COOKIE]
    if (known) return known
    const made = newToken()
    reply.setCookie(BROWSER_COOKIE, made, cookie)
    return made
  }

  routes.post(
    '/identity/nonce',
    {
      config: SIGN_IN_LIMIT,
      schema: { tags: ['identity'], summary: 'Ask for a nonce to sign in with', response: { 200: nonceShape } },
    },
    async (request, reply) => ({ nonce: await issueNonce(context, browserOf(request, reply)) }),
  )

  routes.post(
    '/identity/session',
    {
      config: SIGN_IN_LIMIT,
      schema: {
        tags: ['identity'],
        summary: 'Sign in with Ethereum (ERC-4361)',
        body: signInShape,
        response: { 200: sessionShape },
      },
    },
    async (request, reply) => {
      const address = await verifySignIn(context, { ...request.body, browser: request.cookies[BROWSER_COOKIE] ?? '' })
      if (request.account) await revokeSession(context, request.account.tokenHash)
      const { token, expiresAt } = await openSession(context, {
        address,
        did: didOf(context.env.chainId, address),
        userAgent: request.headers['user-agent'] ?? '',
      })
      reply.setCookie(SESSION_COOKIE, token, { ...cookie, expires: expiresAt })
      return sessionOf(context, { address, expiresAt })
    },
  )

  routes.get(
    '/identity/session',
    { schema: { tags: ['identity'], summary: 'Who is signed in', response: { 200: sessionShape } } },
    async (request) => sessionOf(context, requireAccount(request)),
  )

  routes.delete(
    '/identity/session',
    { schema: { tags: ['identity'], summary: 'Sign out', response: { 204: z.null() } } },
    async (request, reply) => {
      if (request.account) await revokeSession(context, request.account.tokenHash)
      return reply.clearCookie(SESSION_COOKIE, cookie).code(204).send(null)
    },
  )

  routes.get(
    '/identity/profiles/:address',
    {
      schema: {
        tags: ['identity'],
        summary: 'What is known of an account',
        params: z.object({ address: addressShape }),
        response: { 200: profileShape },
      },
    },
    async (request) => profileOf(context, request.params.address),
  )

  routes.put(
    '/identity/profile',
    {
      schema: {
        tags: ['identity'],
        summary: 'Change your name and text',
        body: profileUpdateShape,
        response: { 200: profileShape },
      },
    },
    async (request) => updateProfile(context, requireAccount(request), request.body),
  )
}
