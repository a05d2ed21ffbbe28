import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireSession } from '../http/auth.ts'
import { textShape } from '../http/shapes.ts'
import { changeClient, deleteClient, disableClient, listClients, registerClient, renewSecret } from './clients.ts'
import { endConnection, listConnections } from './connections.ts'
import { clientInShape, clientShape, connectionShape, createdClientShape, newClientShape } from './contract.ts'

const mine = { access: { who: 'user', data: 'own' } } as const
const sensitive = { access: { who: 'user', data: 'own', stepUp: true } } as const
const byId = z.object({ id: textShape.max(60) })
const tags = ['oauth']

/** Apps of others: those that a person registered, and those that may act for them. */
export function oauthRoutes(app: FastifyInstance, context: Context): void {
  clientRoutes(app, context)
  connectionRoutes(app, context)
}

function clientRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/oauth/clients',
    { config: mine, schema: { tags, summary: 'The apps you registered', response: { 200: z.array(clientShape) } } },
    async (request) => listClients(context, requireSession(request).id),
  )

  routes.post(
    '/oauth/clients',
    {
      config: { ...sensitive, answersOnce: true },
      schema: {
        tags,
        summary: 'Register an app that logs people in',
        description: 'The secret of a confidential app is in this answer only.',
        body: newClientShape,
        response: { 201: createdClientShape },
      },
    },
    async (request, reply) => reply.code(201).send(await registerClient(context, requireSession(request).id, request.body)),
  )

  routes.put(
    '/oauth/clients/:id',
    {
      config: sensitive,
      schema: { tags, summary: 'Change an app of yours', params: byId, body: clientInShape, response: { 200: clientShape } },
    },
    async (request) => changeClient(context, requireSession(request).id, { ...request.body, id: request.params.id }),
  )

  routes.post(
    '/oauth/clients/:id/secret',
    {
      config: { ...sensitive, answersOnce: true },
      schema: { tags, summary: 'Give an app of yours a new secret', params: byId, response: { 200: createdClientShape } },
    },
    async (request) => renewSecret(context, requireSession(request).id, request.params.id),
  )

  routes.delete(
    '/oauth/clients/:id',
    {
      config: sensitive,
      schema: { tags, summary: 'Take an app of yours away', params: byId, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await deleteClient(context, requireSession(request).id, request.params.id)
      return reply.code(204).send(null)
    },
  )

  routes.put(
    '/oauth/clients/:id/disabled',
    {
      config: { access: { who: 'admin', data: 'any', stepUp: true } },
      schema: {
        tags,
        summary: 'Stop an app for everybody, or let it go on',
        params: byId,
        body: z.object({ disabled: z.boolean() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await disableClient(context, requireSession(request).id, { id: request.params.id, ...request.body })
      return reply.code(204).send(null)
    },
  )
}

function connectionRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/oauth/connections',
    {
      config: mine,
      schema: { tags, summary: 'The apps that may act for you', response: { 200: z.array(connectionShape) } },
    },
    async (request) => listConnections(context, requireSession(request).id),
  )

  routes.delete(
    '/oauth/connections/:id',
    {
      config: mine,
      schema: { tags, summary: 'End what an app may do for you', params: byId, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await endConnection(context, requireSession(request).id, request.params.id)
      return reply.code(204).send(null)
    },
  )
}
