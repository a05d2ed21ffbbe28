import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount } from '../http/auth.ts'
import { allowAgentKey, listAgentKeys, removeAgentKey } from './agent-keys.ts'
import { agentKeyInShape, agentKeyPathShape, agentKeyShape, issuerShape, tokenRequestShape, tokenShape } from './contract.ts'
import { exchangeToken } from './tokens.ts'

const TOKEN_LIMIT = { rateLimit: { max: 60, timeWindow: '1 minute' } }
const own = { access: { who: 'user', data: 'own' } } as const
const careful = { access: { who: 'user', data: 'own', stepUp: true } } as const

/** The market's own DID, tokens for programs, and the keys they are got with. */
export function didRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  context.issuer() // a market without a key must not start

  routes.get(
    '/identity/issuer',
    {
      config: { access: { who: 'anyone', data: 'public' } },
      schema: { tags: ['identity'], summary: 'Who signs for this market', response: { 200: issuerShape } },
    },
    async () => {
      const { did } = context.issuer()
      return { did, document: { ...(await context.dids.document(did)) } }
    },
  )

  routes.post(
    '/identity/tokens',
    {
      config: { ...TOKEN_LIMIT, access: { who: 'anyone', data: 'own' } },
      schema: {
        tags: ['identity'],
        summary: 'Exchange a request signed by a DID for an access token',
        body: tokenRequestShape,
        response: { 200: tokenShape },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return exchangeToken(context, request.body.request)
    },
  )

  routes.get(
    '/identity/agent-keys',
    {
      config: own,
      schema: { tags: ['identity'], summary: 'Keys of programs that may act for you', response: { 200: z.array(agentKeyShape) } },
    },
    async (request) => listAgentKeys(context, requireAccount(request)),
  )

  routes.post(
    '/identity/agent-keys',
    {
      config: careful,
      schema: {
        tags: ['identity'],
        summary: 'Let who holds a key act for you',
        body: agentKeyInShape,
        response: { 201: agentKeyShape },
      },
    },
    async (request, reply) => reply.code(201).send(await allowAgentKey(context, requireAccount(request), request.body)),
  )

  routes.delete(
    '/identity/agent-keys/:did',
    {
      config: own,
      schema: {
        tags: ['identity'],
        summary: 'Let a key act for you no longer',
        params: agentKeyPathShape,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await removeAgentKey(context, requireAccount(request), request.params.did)
      return reply.code(204).send(null)
    },
  )
}
