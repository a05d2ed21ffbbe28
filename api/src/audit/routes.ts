import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Context } from '../context.ts'
import { requireSession } from '../http/auth.ts'
import { activityPageShape, activityQueryShape, auditPageShape, auditQueryShape, auditStateShape } from './contract.ts'
import { auditState, listActivity, listAudit } from './service.ts'

const staff = { access: { who: 'admin', data: 'any', stepUp: true } } as const

/** The audit log for staff, and for each person what concerns them. */
export function auditRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/audit',
    {
      config: staff,
      schema: {
        tags: ['audit'],
        summary: 'What was done, newest first',
        querystring: auditQueryShape,
        response: { 200: auditPageShape },
      },
    },
    async (request) => listAudit(context, request.query),
  )

  routes.get(
    '/audit/state',
    {
      config: staff,
      schema: { tags: ['audit'], summary: 'How far the log is sealed and anchored', response: { 200: auditStateShape } },
    },
    async () => auditState(context),
  )

  routes.get(
    '/identity/activity',
    {
      config: { access: { who: 'user', data: 'own' } },
      schema: {
        tags: ['identity'],
        summary: 'What you did, and what was done to your account',
        querystring: activityQueryShape,
        response: { 200: activityPageShape },
      },
    },
    async (request) => listActivity(context, requireSession(request).id, request.query),
  )
}
