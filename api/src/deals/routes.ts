import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount } from '../http/auth.ts'
import { hashShape } from '../http/shapes.ts'
import {
  dealCountsShape,
  dealPageShape,
  dealQueryShape,
  dealShape,
  mineQueryShape,
  myDealPageShape,
  proposeShape,
  settlementShape,
  shippingAddressShape,
  trackingSavedShape,
  trackingShape,
} from './contract.ts'
import { countMine, getDeal, listDealCards, listMine, proposeSettlement, setShippingAddress, setTracking } from './service.ts'

const params = z.object({ id: hashShape })

export function dealRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/deals',
    {
      config: { access: { who: 'anyone', data: 'public' } },
      schema: { tags: ['deals'], summary: 'Deals, newest first', querystring: dealQueryShape, response: { 200: dealPageShape } },
    },
    async ({ query: { state, account, ...filter } }) =>
      listDealCards(context, { ...filter, accounts: account, states: state && [state] }),
  )

  routes.get(
    '/deals/mine',
    {
      config: { access: { who: 'user', data: 'own', scope: 'deals:read' } },
      schema: {
        tags: ['deals'],
        summary: 'One’s purchases or sales, by what needs one',
        querystring: mineQueryShape,
        response: { 200: myDealPageShape },
      },
    },
    async (request) => listMine(context, requireAccount(request), request.query),
  )

  routes.get(
    '/deals/counts',
    {
      config: { access: { who: 'user', data: 'own', scope: 'deals:read' } },
      schema: { tags: ['deals'], summary: 'How many of one’s deals and offers wait for one', response: { 200: dealCountsShape } },
    },
    async (request) => countMine(context, requireAccount(request)),
  )

  routes.get(
    '/deals/:id',
    {
      config: { access: { who: 'anyone', data: 'deal', scope: 'deals:read' } },
      schema: { tags: ['deals'], summary: 'A deal: where it stands and how it got there', params, response: { 200: dealShape } },
    },
    async (request) => {
      const onUnreadable = (err: Error) => request.log.error({ err }, 'the shipping of a deal cannot be read')
      return getDeal(context, request.params.id, { account: request.account, onUnreadable })
    },
  )

  routes.put(
    '/deals/:id/shipping-address',
    {
      config: { access: { who: 'user', data: 'deal', scope: 'deals:write' } },
      schema: {
        tags: ['deals'],
        summary: 'The buyer says where to send it',
        params,
        body: shippingAddressShape,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await setShippingAddress(context, requireAccount(request), { id: request.params.id, text: request.body.text })
      return reply.code(204).send(null)
    },
  )

  routes.put(
    '/deals/:id/tracking',
    {
      config: { access: { who: 'user', data: 'deal', scope: 'deals:write' } },
      schema: {
        tags: ['deals'],
        summary: 'The seller gives the tracking number',
        params,
        body: trackingShape,
        response: { 200: trackingSavedShape },
      },
    },
    async (request) => setTracking(context, requireAccount(request), { id: request.params.id, ...request.body }),
  )

  routes.post(
    '/deals/:id/settlements',
    {
      config: { access: { who: 'user', data: 'deal', scope: 'deals:write' } },
      schema: {
        tags: ['deals'],
        summary: 'Propose a split, or sign the one proposed',
        params,
        body: proposeShape,
        response: { 201: settlementShape },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(await proposeSettlement(context, requireAccount(request), { id: request.params.id, propose: request.body })),
  )
}
