import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount } from '../http/auth.ts'
import { personalShape, recommendationsShape, seenShape, viewShape, wantShape } from './contract.ts'
import { listViews, noteView, personalOf, wantPersonal } from './personal.ts'
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
    { config: OWN, schema: { tags, summary: 'What you looked at last', response: { 200: seenShape } } },
    async (request) => ({ items: await listViews(context, requireAccount(request).id) }),
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
      config: OWN,
      schema: { tags, summary: 'What you may like, each with its reason', response: { 200: recommendationsShape } },
    },
    async (request) => ({ items: await recommend(context, requireAccount(request)) }),
  )
}
