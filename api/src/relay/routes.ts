import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount } from '../http/auth.ts'
import { hashShape } from '../http/shapes.ts'
import { actInShape, openingInShape, relayOfferShape, relayShape, voidingInShape } from './contract.ts'
import { findRelay, relayAct, relayOfDeal, relayOffer, relayOfVoided, relayOpening } from './service.ts'
import { relayVoiding } from './voiding.ts'

const READ = { access: { who: 'user', data: 'own', scope: 'deals:read' } } as const
const WRITE = { access: { who: 'user', data: 'own', scope: 'deals:write' } } as const
const LISTINGS = { access: { who: 'user', data: 'own', scope: 'listings:write' } } as const
/** Each is simulated on the chain's node. */
const rateLimit = { max: 20, timeWindow: '10 minutes', by: 'account', name: 'relay' } as const

export function relayRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/relay',
    {
      config: { access: { who: 'anyone', data: 'public' } },
      schema: { tags: ['relay'], summary: 'What the relayer sends, and what it asks', response: { 200: relayOfferShape } },
    },
    async () => relayOffer(context),
  )

  routes.post(
    '/relay/openings',
    {
      config: { ...WRITE, rateLimit },
      schema: {
        tags: ['relay'],
        summary: 'Have a purchase sent that is paid by signature',
        body: openingInShape,
        response: { 202: relayShape },
      },
    },
    async (request, reply) => reply.code(202).send(await relayOpening(context, requireAccount(request), request.body)),
  )

  routes.post(
    '/relay/acts',
    {
      config: { ...WRITE, rateLimit },
      schema: { tags: ['relay'], summary: 'Have a signed step of a deal sent', body: actInShape, response: { 202: relayShape } },
    },
    async (request, reply) => reply.code(202).send(await relayAct(context, requireAccount(request), request.body)),
  )

  routes.post(
    '/relay/voidings',
    {
      config: { ...LISTINGS, rateLimit },
      schema: {
        tags: ['relay'],
        summary: 'Have a listing or a bid of yours voided on chain by your signature',
        body: voidingInShape,
        response: { 202: relayShape },
      },
    },
    async (request, reply) => reply.code(202).send(await relayVoiding(context, requireAccount(request), request.body)),
  )

  routes.get(
    '/relay/requests/:id',
    {
      config: READ,
      schema: {
        tags: ['relay'],
        summary: 'How far a request is',
        params: z.object({ id: z.uuid() }),
        response: { 200: relayShape },
      },
    },
    async (request) => findRelay(context, requireAccount(request), request.params.id),
  )

  routes.get(
    '/relay/deals/:id',
    {
      config: READ,
      schema: {
        tags: ['relay'],
        summary: 'The newest request about a deal',
        params: z.object({ id: hashShape }),
        response: { 200: relayShape.nullable() },
      },
    },
    async (request) => relayOfDeal(context, requireAccount(request), request.params.id),
  )

  routes.get(
    '/relay/voidings/:id',
    {
      config: LISTINGS,
      schema: {
        tags: ['relay'],
        summary: 'The newest request to void a listing or a bid',
        params: z.object({ id: hashShape }),
        response: { 200: relayShape.nullable() },
      },
    },
    async (request) => relayOfVoided(context, requireAccount(request), request.params.id),
  )
}
