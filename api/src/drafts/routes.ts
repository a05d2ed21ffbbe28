import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount } from '../http/auth.ts'
import { draftItemShape, draftShape, newDraftShape, saveDraftShape } from './contract.ts'
import { createDraft, deleteDraft, getDraft, listDrafts, saveDraft } from './service.ts'

const OWN = { access: { who: 'user', data: 'own', scope: 'listings:write' } } as const
const tags = ['listings']
const byId = z.object({ id: z.uuid() })

export function draftRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/drafts',
    {
      config: OWN,
      schema: { tags, summary: 'Listings that you have begun to write', response: { 200: z.array(draftItemShape) } },
    },
    async (request) => listDrafts(context, requireAccount(request)),
  )

  routes.post(
    '/drafts',
    { config: OWN, schema: { tags, summary: 'Begin a draft', body: newDraftShape, response: { 201: draftShape } } },
    async (request, reply) => reply.code(201).send(await createDraft(context, requireAccount(request), request.body)),
  )

  routes.get(
    '/drafts/:id',
    { config: OWN, schema: { tags, summary: 'A draft', params: byId, response: { 200: draftShape } } },
    async (request) => getDraft(context, requireAccount(request), request.params.id),
  )

  routes.put(
    '/drafts/:id',
    {
      config: OWN,
      schema: {
        tags,
        summary: 'Save a draft over a revision',
        params: byId,
        body: saveDraftShape,
        response: { 200: draftShape },
      },
    },
    async (request) => saveDraft(context, requireAccount(request), { ...request.params, ...request.body }),
  )

  routes.delete(
    '/drafts/:id',
    { config: OWN, schema: { tags, summary: 'Throw a draft away', params: byId, response: { 204: z.null() } } },
    async (request, reply) => {
      await deleteDraft(context, requireAccount(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
