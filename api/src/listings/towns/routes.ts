import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { AppError } from '../../http/errors.ts'
import { townSearchShape, townShape } from './contract.ts'
import { findTowns, townOf } from './find.ts'

const ANYONE = { access: { who: 'anyone', data: 'public' } } as const
const byNumber = z.object({ number: z.coerce.number().int().min(1).max(2_147_483_647) })
const A_DAY = 'public, max-age=86400' // towns do not move

export function townRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/towns',
    {
      config: ANYONE,
      schema: {
        tags: ['listings'],
        summary: 'Towns by the beginning of their name, the largest first',
        querystring: townSearchShape,
        response: { 200: z.array(townShape) },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', A_DAY)
      return findTowns(context, request.query)
    },
  )

  routes.get(
    '/towns/:number',
    {
      config: ANYONE,
      schema: { tags: ['listings'], summary: 'A town by its number', params: byNumber, response: { 200: townShape } },
    },
    async (request, reply) => {
      const town = await townOf(context, request.params.number)
      if (!town) throw new AppError('NOT_FOUND', 'There is no such town.')
      return reply.header('cache-control', A_DAY).send(town)
    },
  )
}
