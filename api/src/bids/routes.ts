import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount } from '../http/auth.ts'
import { hashShape } from '../http/shapes.ts'
import { offerShape } from '../listings/contract.ts'
import { acceptanceShape, bidInShape, bidPageShape, bidQueryShape, bidShape, closedShape } from './contract.ts'
import { acceptBid, bidsOf, declineBid, makeBid, offerIn, viewOf, withdrawBid } from './service.ts'

const params = z.object({ id: hashShape })
const READ = { access: { who: 'user', data: 'own', scope: 'deals:read' } } as const
const WRITE = { access: { who: 'user', data: 'own', scope: 'deals:write' } } as const
/** Each is checked against the chain, and somebody has to read it. */
const rateLimit = { max: 30, timeWindow: '1 hour', by: 'account' } as const

export function bidRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/bids',
    {
      config: READ,
      schema: {
        tags: ['bids'],
        summary: 'Offers made and received',
        querystring: bidQueryShape,
        response: { 200: bidPageShape },
      },
    },
    async (request) => bidsOf(context, requireAccount(request), request.query),
  )

  routes.get(
    '/bids/:id',
    { config: READ, schema: { tags: ['bids'], summary: 'An offer between two people', params, response: { 200: bidShape } } },
    async (request) => viewOf(context, requireAccount(request), request.params.id),
  )

  routes.get(
    '/bids/:id/offer',
    {
      config: READ,
      schema: { tags: ['bids'], summary: 'What an offer says, without its signature', params, response: { 200: offerShape } },
    },
    async (request) => offerIn(context, requireAccount(request), request.params.id),
  )

  routes.post(
    '/bids',
    {
      config: { ...WRITE, rateLimit },
      schema: { tags: ['bids'], summary: 'Make a bid, or counter one', body: bidInShape, response: { 201: bidShape } },
    },
    async (request, reply) => reply.code(201).send(await makeBid(context, requireAccount(request), request.body)),
  )

  routes.post(
    '/bids/:id/acceptance',
    {
      config: { ...WRITE, answersOnce: true },
      schema: {
        tags: ['bids'],
        summary: 'Get what takes an open offer on chain; its maker can withdraw it only there from now on',
        params,
        response: { 200: acceptanceShape },
      },
    },
    async (request) => acceptBid(context, requireAccount(request), request.params.id),
  )

  routes.post(
    '/bids/:id/refusal',
    { config: WRITE, schema: { tags: ['bids'], summary: 'Decline an offer', params, response: { 200: closedShape } } },
    async (request) => declineBid(context, requireAccount(request), request.params.id),
  )

  routes.delete(
    '/bids/:id',
    { config: WRITE, schema: { tags: ['bids'], summary: 'Withdraw an offer', params, response: { 200: closedShape } } },
    async (request) => withdrawBid(context, requireAccount(request), request.params.id),
  )
}
