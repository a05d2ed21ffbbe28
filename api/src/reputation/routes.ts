import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount } from '../http/auth.ts'
import { addressShape } from '../http/shapes.ts'
import { reputationQueryShape, reputationShape, sealedReviewShape, sealedShape } from './contract.ts'
import { reputationOf, sealReview } from './service.ts'

export function reputationRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.post(
    '/reputation/reviews',
    {
      config: { access: { who: 'user', data: 'deal', scope: 'reviews:write' } },
      schema: { tags: ['reputation'], summary: 'Seal a review', body: sealedReviewShape, response: { 201: sealedShape } },
    },
    async (request, reply) => reply.code(201).send(await sealReview(context, requireAccount(request), request.body)),
  )

  routes.get(
    '/reputation/:address',
    {
      config: { access: { who: 'anyone', data: 'public' } },
      schema: {
        tags: ['reputation'],
        summary: 'Reviews that an account received',
        params: z.object({ address: addressShape }),
        querystring: reputationQueryShape,
        response: { 200: reputationShape },
      },
    },
    async (request) => reputationOf(context, request.params.address, request.query),
  )
}
