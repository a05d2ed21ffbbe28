import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount } from '../http/auth.ts'
import { hashShape } from '../http/shapes.ts'
import { disputePageShape, disputeQueryShape, rulingInShape, statementInShape, statementSavedShape } from './contract.ts'
import { addRuling, addStatement, listDisputes } from './service.ts'

const params = z.object({ dealId: hashShape })

export function disputeRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/disputes',
    {
      config: { access: { who: 'anyone', data: 'public' } },
      schema: {
        tags: ['disputes'],
        summary: 'Cases, newest first',
        querystring: disputeQueryShape,
        response: { 200: disputePageShape },
      },
    },
    async (request) => listDisputes(context, request.query),
  )

  routes.post(
    '/disputes/:dealId/statements',
    {
      config: { access: { who: 'user', data: 'deal', scope: 'disputes:write' } },
      schema: {
        tags: ['disputes'],
        summary: 'Say what happened',
        params,
        body: statementInShape,
        response: { 201: statementSavedShape },
      },
    },
    async (request, reply) => {
      const { dealId } = request.params
      return reply.code(201).send(await addStatement(context, requireAccount(request), { dealId, text: request.body.text }))
    },
  )

  routes.post(
    '/disputes/:dealId/rulings',
    {
      config: { access: { who: 'arbiter', data: 'deal', stepUp: true } },
      schema: {
        tags: ['disputes'],
        summary: 'Hand in a signed ruling',
        params,
        body: rulingInShape,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await addRuling(context, requireAccount(request), { dealId: request.params.dealId, ruling: request.body })
      return reply.code(204).send(null)
    },
  )
}
