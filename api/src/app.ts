import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import websocket from '@fastify/websocket'
import Fastify, { type FastifyInstance } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Context } from './context.ts'
import { dealRoutes } from './deals/routes.ts'
import { disputeRoutes } from './disputes/routes.ts'
import { registerAuth } from './http/auth.ts'
import { AppError } from './http/errors.ts'
import { registerIdempotency } from './http/idempotency.ts'
import { registerOriginCheck } from './http/origin.ts'
import { registerProblems } from './http/problems.ts'
import { identityRoutes } from './identity/routes.ts'
import { listingRoutes } from './listings/routes.ts'
import { liveRoutes } from './live/routes.ts'
import { metaRoutes } from './meta/routes.ts'
import { reputationRoutes } from './reputation/routes.ts'

const BODY_LIMIT = 256 * 1024
const REQUESTS_A_MINUTE = 900
const INFO = { title: 'Fairhold', version: '1', description: 'A marketplace whose money is held by a contract that nobody owns. Amounts are base units as decimal strings; errors are problem+json.' }

/** The whole api, ready to listen or to be injected into. */
export async function buildApp(context: Context): Promise<FastifyInstance> {
  const app = Fastify({ logger: { level: context.env.logLevel }, trustProxy: 'loopback', bodyLimit: BODY_LIMIT, forceCloseConnections: true })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  registerProblems(app)
  await app.register(helmet, { crossOriginResourcePolicy: { policy: 'cross-origin' } })
  await app.register(cookie)
  await app.register(multipart)
  await app.register(websocket, { options: { maxPayload: 16 * 1024 } })
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: INFO }, transform: jsonSchemaTransform })
  registerOriginCheck(app, context)
  registerAuth(app, context)
  await app.register(rateLimit, {
    max: REQUESTS_A_MINUTE,
    timeWindow: '1 minute',
    keyGenerator: (request) => request.account?.address ?? request.ip,
    // The dApp's own server renders pages for everybody; what a visitor does through it carries the visitor's address.
    allowList: (request) => request.headers['x-forwarded-for'] === undefined && isLoopback(request.socket.remoteAddress),
    errorResponseBuilder: (_request, { after }) => new AppError('RATE_LIMITED', `Try again in ${after}.`),
  })
  registerIdempotency(app, context)
  metaRoutes(app, context)
  await app.register(async (v1) => {
    for (const routes of [identityRoutes, listingRoutes, dealRoutes, disputeRoutes, reputationRoutes, liveRoutes]) routes(v1, context)
    v1.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  }, { prefix: '/v1' })
  return app
}

function isLoopback(address: string | undefined): boolean {
  return address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1'
}
