import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount } from '../http/auth.ts'
import { addressShape, hashShape, sha256Shape } from '../http/shapes.ts'
import { groupShape, listingShape, photoShape, publishShape, withdrawalShape } from './contract.ts'
import { groupsOf } from './groups.ts'
import { formats, readPhoto, storePhoto, type Width } from './photos.ts'
import { getListing, publish } from './service.ts'
import { checkRoom } from './unused-photos.ts'
import { fileOf } from './upload.ts'
import { withdraw, withdrawSigned } from './withdraw.ts'

const byId = z.object({ id: hashShape })
const UPLOAD = { takes: 'multipart/form-data', rateLimit: { max: 120, timeWindow: '1 minute' } } as const
/** More than a shop that moves here has at once; each one is compared with all saved searches, and has a row for each unit. */
const PUBLISHING = { rateLimit: { max: 300, timeWindow: '10 minutes', by: 'account' } } as const
const FOREVER = 'public, max-age=31536000, immutable' // named by content

const FOR_NOW = 'no-store'

export function listingRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.get(
    '/listings/groups/:address',
    {
      config: { access: { who: 'user', data: 'own', scope: 'listings:write' } },
      schema: {
        tags: ['listings'],
        summary: 'How many of your listings are in each group of offers that can be voided together',
        params: z.object({ address: addressShape }),
        response: { 200: z.array(groupShape) },
      },
    },
    async (request) => groupsOf(context, requireAccount(request), request.params.address),
  )

  routes.get(
    '/listings/:id',
    {
      config: { access: { who: 'anyone', data: 'public' } },
      schema: { tags: ['listings'], summary: 'A listing with its signed offer', params: byId, response: { 200: listingShape } },
    },
    async (request) => getListing(context, request.params.id),
  )

  routes.post(
    '/listings',
    {
      config: { ...PUBLISHING, access: { who: 'user', data: 'own', scope: 'listings:write' } },
      schema: { tags: ['listings'], summary: 'Publish a signed offer', body: publishShape, response: { 201: listingShape } },
    },
    async (request, reply) => reply.code(201).send(await publish(context, requireAccount(request), request.body)),
  )

  routes.put(
    '/listings/:id/withdrawal',
    {
      config: { access: { who: 'anyone', data: 'public' }, rateLimit: { max: 60, timeWindow: '1 minute' } },
      schema: {
        tags: ['listings'],
        summary: 'Take a listing off the market by its seller’s signature, whoever hands it in',
        params: byId,
        body: withdrawalShape,
        response: { 200: withdrawalShape },
      },
    },
    async (request) => withdrawSigned(context, request.params.id, request.body),
  )

  routes.delete(
    '/listings/:id',
    {
      config: { access: { who: 'user', data: 'own', scope: 'listings:write' } },
      schema: {
        tags: ['listings'],
        summary: 'Take a listing off the market without a signature',
        params: byId,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await withdraw(context, requireAccount(request), request.params.id)
      return reply.code(204).send(null)
    },
  )

  routes.post(
    '/listings/photos',
    {
      config: { ...UPLOAD, access: { who: 'user', data: 'own', scope: 'listings:write' } },
      schema: {
        tags: ['listings'],
        summary: 'Upload a picture (multipart, one file)',
        consumes: ['multipart/form-data'],
        response: { 201: photoShape },
      },
    },
    async (request, reply) => {
      const account = requireAccount(request)
      await checkRoom(context, account)
      return reply.code(201).send(await storePhoto(context, account, await fileOf(request)))
    },
  )

  routes.get(
    '/media/:sha256',
    {
      config: { access: { who: 'anyone', data: 'public' } },
      schema: {
        tags: ['listings'],
        summary: 'A picture',
        params: z.object({ sha256: sha256Shape }),
        querystring: z.object({ w: z.enum(['320', '640', '1024', '1600']).default('640'), f: z.enum(formats).default('webp') }),
      },
    },
    async (request, reply) => {
      const { f: format, w } = request.query
      const picture = await readPhoto(context, request.params.sha256, { width: Number(w) as Width, format })
      return reply
        .type(`image/${picture.format}`)
        .header('cache-control', picture.final ? FOREVER : FOR_NOW)
        .send(picture.bytes)
    },
  )
}
