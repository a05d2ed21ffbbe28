import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount, requireSession, sessionCookie } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { addressShape } from '../http/shapes.ts'
import { accountOfWallet } from './accounts.ts'
import {
  challengeShape,
  nonceRequestShape,
  profileShape,
  profileUpdateShape,
  sessionShape,
  signedMessageShape,
} from './contract.ts'
import { createCookies } from './cookies.ts'
import { issueNonce } from './nonces.ts'
import { profileOf, sessionFor, sessionOf, updateProfile } from './service.ts'
import { openSession, revokeSession, rotateSession, signOut } from './sessions.ts'
import { verifyMessage } from './sign-in.ts'
import { limitTries, rememberDevice, walletNamedIn } from './tries.ts'

const NONCE_LIMIT = { rateLimit: { name: 'nonce', max: 60, timeWindow: '1 minute' } }
const SIGN_IN_LIMIT = { rateLimit: { name: 'sign-in', max: 30, timeWindow: '1 minute' } }
/** By network: by account, whoever has stolen a session could keep its person from proving who they are. */
const PROOF_LIMIT = { rateLimit: { name: 'prove', max: 20, timeWindow: '1 minute' } }
const anyone = { access: { who: 'anyone', data: 'own' } } as const

/** Signing in and out, proving again who one is, and the profile that others see. */
export function identityRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const cookies = createCookies(context)
  const cookieName = sessionCookie(context)

  routes.post(
    '/identity/nonce',
    {
      config: { ...NONCE_LIMIT, ...anyone },
      schema: {
        tags: ['identity'],
        summary: 'Ask for a nonce, to sign in or for something sensitive',
        body: nonceRequestShape,
        response: { 200: challengeShape },
      },
    },
    async (request, reply) => {
      const purpose = request.body?.purpose ?? 'sign-in'
      const account = purpose === 'sign-in' ? null : requireSession(request)
      const language = request.body?.language ?? 'en'
      return issueNonce(context, { browser: cookies.knowBrowser(request, reply), purpose, account, language })
    },
  )

  routes.post(
    '/identity/session',
    {
      config: { ...SIGN_IN_LIMIT, ...anyone },
      schema: {
        tags: ['identity'],
        summary: 'Sign in with Ethereum (ERC-4361)',
        body: signedMessageShape,
        response: { 200: sessionShape },
      },
    },
    async (request, reply) => {
      const browser = cookies.browserOf(request)
      const signed = { ...request.body, browser }
      const tried = { what: 'sign-in', subject: walletNamedIn(signed.message), browser, request, reply } as const
      const signer = await limitTries(context, tried, () => verifyMessage(context, signed, { purpose: 'sign-in' }))
      const accountId = await accountOfWallet(context, signer)
      if (request.account?.session) await revokeSession(context, request.account.session.id)
      const userAgent = request.headers['user-agent'] ?? ''
      const { ip } = request
      const [opened] = await Promise.all([
        openSession(context, { accountId, address: signer.address, userAgent, ip, proved: true }),
        rememberDevice(context, accountId, browser),
      ])
      cookies.setSession(reply, opened.token, opened.expiresAt)
      return sessionFor(context, opened.token)
    },
  )

  routes.get(
    '/identity/session',
    {
      config: { access: { who: 'user', data: 'own' } },
      schema: { tags: ['identity'], summary: 'Who is signed in', response: { 200: sessionShape } },
    },
    async (request) => sessionOf(context, requireSession(request), request.cookies[cookieName] ?? ''),
  )

  routes.delete(
    '/identity/session',
    { config: anyone, schema: { tags: ['identity'], summary: 'Sign out', response: { 204: z.null() } } },
    async (request, reply) => {
      if (request.account) await signOut(context, request.account)
      return cookies.clearSession(reply).code(204).send(null)
    },
  )

  routes.post(
    '/identity/proof/wallet',
    {
      config: { ...PROOF_LIMIT, access: { who: 'user', data: 'own' } },
      schema: {
        tags: ['identity'],
        summary: 'Prove again, with a wallet, who you are; for who has no second factor',
        description: 'Takes the message of a nonce whose purpose is `prove`. Enough for ten minutes of sensitive things.',
        body: signedMessageShape,
        response: { 200: sessionShape },
      },
    },
    async (request, reply) => {
      const account = requireSession(request)
      if (account.session.hasFactor) throw new AppError('SECOND_FACTOR_NEEDED', 'Your account is guarded by a second factor.')
      const browser = cookies.browserOf(request)
      await limitTries(context, { what: 'prove', subject: account.id, browser, request, reply }, async () => {
        const { address } = await verifyMessage(context, { ...request.body, browser }, { purpose: 'prove', account })
        if (!account.wallets.includes(address)) throw new AppError('SIGN_IN_REFUSED', 'The wallet is not one of this account.')
      })
      const token = await rotateSession(context, account.session, 'wallet')
      cookies.setSession(reply, token, account.session.expiresAt)
      return sessionFor(context, token)
    },
  )

  routes.get(
    '/identity/profiles/:address',
    {
      config: { access: { who: 'anyone', data: 'public' } },
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
      config: { access: { who: 'user', data: 'own', scope: 'profile:write' } },
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
