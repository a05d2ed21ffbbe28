import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount } from '../http/auth.ts'
import { addressShape } from '../http/shapes.ts'
import { importShape, issueShape, ownCredentialShape, shownCredentialShape } from './contract.ts'
import { issueReputation, listOwn, revokeOwn } from './issue.ts'
import { createShownCredentials } from './shown.ts'
import { createStatusLists, STATUS_SECONDS } from './status.ts'

const LIMIT = { rateLimit: { max: 20, timeWindow: '1 minute' } }
const own = { access: { who: 'user', data: 'own' } } as const
const readOwn = { access: { who: 'user', data: 'own', scope: 'credentials:read' } } as const
const anyone = { access: { who: 'anyone', data: 'public' } } as const
const byId = z.object({ id: z.uuid() })
const tags = ['credentials']

/** Credentials of reputation that this market issues, and those of others that people show here. */
export function credentialRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const lists = createStatusLists(context)
  const shown = createShownCredentials(context, lists)

  routes.post(
    '/credentials',
    {
      config: { ...LIMIT, ...own },
      schema: { tags, summary: 'Have your reputation certified', body: issueShape, response: { 201: ownCredentialShape } },
    },
    async (request, reply) => reply.code(201).send(await issueReputation(context, requireAccount(request), request.body)),
  )

  routes.get(
    '/credentials',
    {
      config: readOwn,
      schema: { tags, summary: 'Credentials that were issued to you', response: { 200: z.array(ownCredentialShape) } },
    },
    async (request) => listOwn(context, requireAccount(request)),
  )

  routes.delete(
    '/credentials/:id',
    { config: own, schema: { tags, summary: 'Revoke a credential of yours', params: byId, response: { 204: z.null() } } },
    async (request, reply) => {
      await revokeOwn(context, requireAccount(request), request.params.id)
      return reply.code(204).send(null)
    },
  )

  routes.get(
    '/credentials/status/:number',
    {
      config: anyone,
      schema: {
        tags,
        summary: 'Which credentials of this market were revoked (Bitstring Status List, as vc+jwt)',
        params: z.object({ number: z.coerce.number().int().min(1).max(999_999) }),
      },
    },
    async (request, reply) => {
      const list = await lists(request.params.number)
      return reply
        .header('cache-control', `public, max-age=${STATUS_SECONDS / 2}`)
        .type('application/vc+jwt')
        .send(list)
    },
  )

  routes.get(
    '/credentials/imported',
    {
      config: readOwn,
      schema: { tags, summary: 'Credentials of others that you show', response: { 200: z.array(shownCredentialShape) } },
    },
    async (request) => shown.imported(requireAccount(request)),
  )

  routes.post(
    '/credentials/imported',
    {
      config: { ...LIMIT, ...own },
      schema: {
        tags,
        summary: 'Show a credential of another issuer',
        body: importShape,
        response: { 201: shownCredentialShape },
      },
    },
    async (request, reply) => reply.code(201).send(await shown.import(requireAccount(request), request.body.token)),
  )

  routes.delete(
    '/credentials/imported/:id',
    { config: own, schema: { tags, summary: 'Show it no longer', params: byId, response: { 204: z.null() } } },
    async (request, reply) => {
      await shown.remove(requireAccount(request), request.params.id)
      return reply.code(204).send(null)
    },
  )

  routes.get(
    '/credentials/of/:address',
    {
      config: anyone,
      schema: {
        tags,
        summary: 'Credentials that the owner of a wallet shows, checked now',
        params: z.object({ address: addressShape }),
        response: { 200: z.array(shownCredentialShape) },
      },
    },
    async (request) => shown.ofWallet(request.params.address),
  )
}
