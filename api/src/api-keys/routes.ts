import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireSession } from '../http/auth.ts'
import { textShape } from '../http/shapes.ts'
import { apiKeyShape, createdKeyShape, newKeyShape } from './contract.ts'
import { createKey, listKeys, revokeKey } from './keys.ts'

const byId = z.object({ id: textShape.max(40) })

/** Keys that people make for programs of their own. A program can neither see nor make any. */
export function apiKeyRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/identity/keys',
    {
      config: { access: { who: 'user', data: 'own' } },
      schema: { tags: ['identity'], summary: 'Your API keys', response: { 200: z.array(apiKeyShape) } },
    },
    async (request) => listKeys(context, requireSession(request).id),
  )

  routes.post(
    '/identity/keys',
    {
      config: { access: { who: 'user', data: 'own', stepUp: true }, answersOnce: true },
      schema: {
        tags: ['identity'],
        summary: 'Make an API key',
        description: 'The key is in this answer only. Send it as `Authorization: Bearer fhk_…`.',
        body: newKeyShape,
        response: { 201: createdKeyShape },
      },
    },
    async (request, reply) => reply.code(201).send(await createKey(context, requireSession(request).id, request.body)),
  )

  routes.delete(
    '/identity/keys/:id',
    {
      config: { access: { who: 'user', data: 'own' } },
      schema: { tags: ['identity'], summary: 'Make an API key void', params: byId, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await revokeKey(context, requireSession(request).id, request.params.id)
      return reply.code(204).send(null)
    },
  )
}
