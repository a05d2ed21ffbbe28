import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount, requireSession } from '../http/auth.ts'
import { addressShape } from '../http/shapes.ts'
import { rolesShape, sessionItemShape, sessionNameShape, signedMessageShape, staffShape, walletShape } from './contract.ts'
import { createCookies } from './cookies.ts'
import { listStaff, setRoles } from './roles.ts'
import { changeSession, listSessions, revokeSessions, rotateSession } from './sessions.ts'
import { verifyMessage } from './sign-in.ts'
import { limitTries } from './tries.ts'
import { linkWallet, listWallets, unlinkWallet } from './wallets.ts'

const mine = { access: { who: 'user', data: 'own' } } as const
const sensitive = { access: { who: 'user', data: 'own', stepUp: true } } as const
const bySession = z.object({ id: z.uuid() })
const byAddress = z.object({ address: addressShape })

/** A person's sessions and wallets, and the roles of those who help to run the market. */
export function accountRoutes(app: FastifyInstance, context: Context): void {
  sessionRoutes(app, context)
  walletRoutes(app, context)
  roleRoutes(app, context)
}

function sessionRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const cookies = createCookies(context)

  routes.get(
    '/identity/sessions',
    {
      config: mine,
      schema: { tags: ['identity'], summary: 'Where you are signed in', response: { 200: z.array(sessionItemShape) } },
    },
    async (request) => {
      const { id, session } = requireSession(request)
      return (await listSessions(context, id)).map((one) => ({
        ...one,
        current: one.id === session.id,
        createdAt: one.createdAt.toISOString(),
        seenAt: one.seenAt.toISOString(),
      }))
    },
  )

  routes.put(
    '/identity/sessions/:id',
    {
      config: mine,
      schema: {
        tags: ['identity'],
        summary: 'Give a session a name',
        params: bySession,
        body: sessionNameShape,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await changeSession(context, { accountId: requireSession(request).id, id: request.params.id }, request.body)
      return reply.code(204).send(null)
    },
  )

  routes.delete(
    '/identity/sessions/:id',
    {
      config: mine,
      schema: { tags: ['identity'], summary: 'End one of your sessions', params: bySession, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const ended = { revokedAt: new Date() }
      await changeSession(context, { accountId: requireSession(request).id, id: request.params.id }, ended)
      return reply.code(204).send(null)
    },
  )

  routes.delete(
    '/identity/sessions',
    {
      config: mine,
      schema: { tags: ['identity'], summary: 'Sign out everywhere', response: { 200: z.object({ ended: z.number().int() }) } },
    },
    async (request, reply) => {
      const ended = await revokeSessions(context, requireSession(request).id)
      cookies.clearSession(reply)
      return { ended }
    },
  )
}

function walletRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const cookies = createCookies(context)

  routes.get(
    '/identity/wallets',
    {
      config: { access: { who: 'user', data: 'own', scope: 'profile:read' } },
      schema: { tags: ['identity'], summary: 'The wallets that open your account', response: { 200: z.array(walletShape) } },
    },
    async (request) => listWallets(context, requireAccount(request)),
  )

  routes.post(
    '/identity/wallets',
    {
      config: sensitive,
      schema: {
        tags: ['identity'],
        summary: 'Let another wallet open your account',
        description: 'Takes the message of a nonce whose purpose is `link-wallet`, signed by the wallet to be linked.',
        body: signedMessageShape,
        response: { 201: z.array(walletShape) },
      },
    },
    async (request, reply) => {
      const account = requireSession(request)
      const browser = cookies.browserOf(request)
      const signed = { ...request.body, browser }
      const tried = { what: 'link-wallet', subject: account.id, browser, request, reply } as const
      const signer = await limitTries(context, tried, () => verifyMessage(context, signed, { purpose: 'link-wallet', account }))
      await linkWallet(context, account, signer)
      cookies.setSession(reply, await rotateSession(context, account.session, null), account.session.expiresAt)
      return reply.code(201).send(await listWallets(context, account))
    },
  )

  routes.delete(
    '/identity/wallets/:address',
    {
      config: sensitive,
      schema: {
        tags: ['identity'],
        summary: 'Take a wallet off your account, and end the sessions opened with it',
        params: byAddress,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await unlinkWallet(context, requireSession(request), request.params.address)
      return reply.code(204).send(null)
    },
  )
}

function roleRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/identity/roles',
    {
      config: { access: { who: 'admin', data: 'any' } },
      schema: { tags: ['identity'], summary: 'Who helps to run the market', response: { 200: z.array(staffShape) } },
    },
    async () => (await listStaff(context)).map((one) => ({ ...one, grantedAt: one.grantedAt.toISOString() })),
  )

  routes.put(
    '/identity/roles/:address',
    {
      config: { access: { who: 'admin', data: 'any', stepUp: true } },
      schema: {
        tags: ['identity'],
        summary: 'Say which roles an account has',
        params: byAddress,
        body: rolesShape,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await setRoles(context, requireSession(request), { address: request.params.address, roles: request.body.roles })
      return reply.code(204).send(null)
    },
  )
}
