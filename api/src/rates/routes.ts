import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Context } from '../context.ts'
import { ratesShape } from './contract.ts'
import { listRates } from './service.ts'

export function rateRoutes(app: FastifyInstance, context: Context): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/rates',
    {
      config: { access: { who: 'anyone', data: 'public' } },
      schema: {
        tags: ['rates'],
        summary: 'What tokens and currencies are worth, with the time and the source of each rate',
        response: { 200: ratesShape },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=30')
      return listRates(context)
    },
  )
}
