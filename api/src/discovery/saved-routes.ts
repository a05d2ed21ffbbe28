import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount } from '../http/auth.ts'
import { inboxOf, listAlerts, readAlerts } from './alerts.ts'
import {
  alertPageShape,
  changeSearchShape,
  inboxShape,
  listingIdShape,
  pageQueryShape,
  savedIdsShape,
  savedListingPageShape,
  savedSearchShape,
  saveSearchShape,
  searchIdShape,
} from './contract.ts'
import { listSaved, savedIds, saveListing, unsaveListing } from './saved-listings.ts'
import { changeSearch, deleteSearch, listSearches, markSeen, saveSearch } from './saved-searches.ts'

/** What somebody keeps is for their own eyes: no app or key of others gets at it. */
const OWN = { access: { who: 'user', data: 'own' } } as const
const tags = ['discovery']
const none = z.null()

/** Saved listings, saved searches, and the alerts of both. */
export function savedRoutes(app: FastifyInstance, context: Context): void {
  listingRoutes(app, context)
  searchRoutes(app, context)
  alertRoutes(app, context)
}

function listingRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/saved/listings',
    {
      config: OWN,
      schema: { tags, summary: 'Listings that you saved', querystring: pageQueryShape, response: { 200: savedListingPageShape } },
    },
    async (request) => listSaved(context, requireAccount(request).id, request.query),
  )
  routes.get(
    '/saved/listings/ids',
    { config: OWN, schema: { tags, summary: 'Which listings you saved', response: { 200: savedIdsShape } } },
    async (request) => ({ ids: await savedIds(context, requireAccount(request).id) }),
  )
  routes.put(
    '/saved/listings/:id',
    { config: OWN, schema: { tags, summary: 'Save a listing', params: listingIdShape, response: { 204: none } } },
    async (request, reply) => {
      await saveListing(context, requireAccount(request).id, request.params.id)
      return reply.code(204).send(null)
    },
  )
  routes.delete(
    '/saved/listings/:id',
    { config: OWN, schema: { tags, summary: 'Forget a saved listing', params: listingIdShape, response: { 204: none } } },
    async (request, reply) => {
      await unsaveListing(context, requireAccount(request).id, request.params.id)
      return reply.code(204).send(null)
    },
  )
}

function searchRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/saved/searches',
    { config: OWN, schema: { tags, summary: 'Searches that you saved', response: { 200: z.array(savedSearchShape) } } },
    async (request) => listSearches(context, requireAccount(request).id),
  )
  routes.post(
    '/saved/searches',
    {
      config: OWN,
      schema: {
        tags,
        summary: 'Save a search, to be told of new listings',
        body: saveSearchShape,
        response: { 201: savedSearchShape },
      },
    },
    async (request, reply) => reply.code(201).send(await saveSearch(context, requireAccount(request).id, request.body)),
  )
  routes.put(
    '/saved/searches/:id',
    {
      config: OWN,
      schema: {
        ...{ tags, summary: 'Rename a saved search, or say how often you want to hear of it' },
        ...{ params: searchIdShape, body: changeSearchShape, response: { 200: savedSearchShape } },
      },
    },
    async (request) => changeSearch(context, { accountId: requireAccount(request).id, id: request.params.id }, request.body),
  )
  routes.delete(
    '/saved/searches/:id',
    { config: OWN, schema: { tags, summary: 'Delete a saved search', params: searchIdShape, response: { 204: none } } },
    async (request, reply) => {
      await deleteSearch(context, { accountId: requireAccount(request).id, id: request.params.id })
      return reply.code(204).send(null)
    },
  )
  routes.post(
    '/saved/searches/:id/seen',
    {
      config: OWN,
      schema: { tags, summary: 'What a saved search has found was looked at', params: searchIdShape, response: { 204: none } },
    },
    async (request, reply) => {
      await markSeen(context, { accountId: requireAccount(request).id, id: request.params.id })
      return reply.code(204).send(null)
    },
  )
}

function alertRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/alerts',
    { config: OWN, schema: { tags, summary: 'Your alerts', querystring: pageQueryShape, response: { 200: alertPageShape } } },
    async (request) => listAlerts(context, requireAccount(request).id, request.query),
  )
  routes.get(
    '/alerts/inbox',
    { config: OWN, schema: { tags, summary: 'How many alerts you have not read', response: { 200: inboxShape } } },
    async (request) => inboxOf(context, requireAccount(request).id),
  )
  routes.post(
    '/alerts/read',
    { config: OWN, schema: { tags, summary: 'You have read your alerts', response: { 204: none } } },
    async (request, reply) => {
      await readAlerts(context, requireAccount(request).id)
      return reply.code(204).send(null)
    },
  )
}
