import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { hashShape } from '../../http/shapes.ts'
import { cardShape, listingPageShape } from '../contract.ts'
import { facetsShape, searchShape, suggestionsShape, suggestShape } from './contract.ts'
import { countFacets } from './facets.ts'
import { search, similar } from './service.ts'
import { suggest } from './suggest.ts'

const PUBLIC = { access: { who: 'anyone', data: 'public' } } as const

export function searchRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/listings',
    {
      config: PUBLIC,
      schema: { tags: ['listings'], summary: 'Search the market', querystring: searchShape, response: { 200: listingPageShape } },
    },
    async (request) => search(context, request.query),
  )

  routes.get(
    '/listings/facets',
    {
      config: PUBLIC,
      schema: {
        tags: ['listings'],
        summary: 'Count the listings that each further choice would show',
        querystring: searchShape,
        response: { 200: facetsShape },
      },
    },
    async (request) => countFacets(context, request.query),
  )

  routes.get(
    '/listings/suggestions',
    {
      config: PUBLIC,
      schema: {
        tags: ['listings'],
        summary: 'What somebody may be about to type',
        querystring: suggestShape,
        response: { 200: suggestionsShape },
      },
    },
    async (request) => suggest(context, request.query),
  )

  routes.get(
    '/listings/:id/similar',
    {
      config: PUBLIC,
      schema: {
        tags: ['listings'],
        summary: 'More like this listing',
        params: z.object({ id: hashShape }),
        response: { 200: z.array(cardShape) },
      },
    },
    async (request) => similar(context, request.params.id),
  )
}
