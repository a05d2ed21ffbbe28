import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { requireAccount } from '../http/auth.ts'
import { addressShape } from '../http/shapes.ts'
import { bundleInShape, bundleShape, keysOfShape, publishKeyShape } from './contract.ts'
import { bundleOf, keysOf, publishKey, replaceBundle } from './service.ts'

const own = { access: { who: 'user', data: 'own' } } as const
const LIMIT = { rateLimit: { max: 30, timeWindow: '1 minute' } }
const params = z.object({ address: addressShape })
const tags = ['identity']

/** Keys that messages are encrypted to, and what a person's other devices need to use them. */
export function encryptionRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()

  routes.put(
    '/identity/encryption-key',
    {
      config: { ...LIMIT, ...own },
      schema: {
        tags,
        summary: 'Publish the next encryption key of a wallet',
        body: publishKeyShape,
        response: { 200: keysOfShape },
      },
    },
    async (request) => publishKey(context, requireAccount(request), request.body),
  )

  routes.get(
    '/identity/encryption-keys/:address',
    {
      config: { access: { who: 'anyone', data: 'public' } },
      schema: { tags, summary: 'Encryption keys of a wallet, signed by it', params, response: { 200: keysOfShape } },
    },
    async (request) => keysOf(context, request.params.address),
  )

  routes.get(
    '/identity/key-bundles/:address',
    {
      config: own,
      schema: { tags, summary: 'What another device of yours needs to read on', params, response: { 200: bundleShape } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return bundleOf(context, requireAccount(request), request.params.address)
    },
  )

  routes.put(
    '/identity/key-bundles/:address',
    {
      config: { ...LIMIT, ...own },
      schema: {
        tags,
        summary: 'Replace it, as after a new passphrase',
        params,
        body: bundleInShape,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await replaceBundle(context, requireAccount(request), request.params.address, request.body)
      return reply.code(204).send(null)
    },
  )
}
