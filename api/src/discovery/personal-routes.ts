import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount } from '../http/auth.ts'
import {
  listingIdShape,
  pageQueryShape,
  personalShape,
  recommendationsShape,
  seenPageShape,
  viewShape,
  wantShape,
} from './contract.ts'
import { forgetViews, listViews, noteView, personalOf, wantPersonal } from './personal.ts'
import { recommend } from './recommend.ts'

const OWN = { access: { who: 'user', data: 'own' } } as const
const tags = ['discovery']

/** Recommendations, and the history that they are made from: both only for who asked for them. */
export function personalRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/personal',
    { config: OWN, schema: { tags, summary: 'Whether you want recommendations', response: { 200: personalShape } } },
    async (request) => personalOf(context, requireAccount(request).id),
  )
  routes.put(
    '/personal',
    {
      config: OWN,
      schema: {
        tags,
        summary: 'Begin or end recommendations; ending them deletes the history',
        body: wantShape,
        response: { 200: personalShape },
      },
    },
    async (request) => wantPersonal(context, requireAccount(request).id, request.body.wanted),
  )
  routes.get(
    '/personal/views',
    {
      config: OWN,
      schema: {
        tags,
        summary: 'What you looked at, the last first',
        querystring: pageQueryShape,
        response: { 200: seenPageShape },
      },
    },
    async (request) => listViews(context, requireAccount(request).id, request.query),
  )
  routes.delete(
    '/personal/views',
    { config: OWN, schema: { tags, summary: 'Forget all that you looked at', response: { 204: z.null() } } },
    async (request, reply) => {
      await forgetViews(context, requireAccount(request).id, null)
      return reply.code(204).send(null)
    },
  )
  routes.delete(
    '/personal/views/:id',
    {
      config: OWN,
      schema: { tags, summary: 'Forget that you looked at one', params: listingIdShape, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await forgetViews(context, requireAccount(request).id, request.params.id)
      return reply.code(204).send(null)
    },
  )
  routes.post(
    '/personal/views',
    {
      config: OWN,
      schema: {
        tags,
        summary: 'You look at a listing; kept only if you want recommendations',
        body: viewShape,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await noteView(context, requireAccount(request), request.body.listingId)
      return reply.code(204).send(null)
    },
  )
  routes.get(
    '/personal/recommendations',
    {
      config: { ...OWN, rateLimit: { max: 30, timeWindow: '1 minute', by: 'account' } },
      schema: { tags, summary: 'What you may like, each with its reason', response: { 200: recommendationsShape } },
    },
    async (request) => ({ items: await recommend(context, requireAccount(request)) }),
  )
}
