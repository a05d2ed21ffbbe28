import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import websocket from '@fastify/websocket'
import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { apiKeyRoutes } from './api-keys/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { bidRoutes } from './bids/routes.ts'
import { cartRoutes } from './cart/routes.ts'
import type { Context } from './context.ts'
import { credentialRoutes } from './credentials/routes.ts'
import { dealRoutes } from './deals/routes.ts'
import { didRoutes } from './did/routes.ts'
import { personalRoutes } from './discovery/personal-routes.ts'
import { savedRoutes } from './discovery/saved-routes.ts'
import { disputeRoutes } from './disputes/routes.ts'
import { draftRoutes } from './drafts/routes.ts'
import { encryptionRoutes } from './encryption/routes.ts'
import { proofRoutes } from './factors/proof-routes.ts'
import { factorRoutes } from './factors/routes.ts'
import { registerAccess } from './http/access.ts'
import { registerAuth } from './http/auth.ts'
import { registerIdempotency } from './http/idempotency.ts'
import { describe, securitySchemes } from './http/openapi.ts'
import { registerOriginCheck } from './http/origin.ts'
import { answerWithProblem, registerProblems } from './http/problems.ts'
import { registerAccountLimit, registerAddressLimit } from './http/rate-limit.ts'
import { refuseUnreadable } from './http/unreadable.ts'
import { accountRoutes } from './identity/account-routes.ts'
import { identityRoutes } from './identity/routes.ts'
import { MAX_UPLOAD } from './listings/photos.ts'
import { listingRoutes } from './listings/routes.ts'
import { searchRoutes } from './listings/search/routes.ts'
import { townRoutes } from './listings/towns/routes.ts'
import { liveRoutes } from './live/routes.ts'
import { logOptions } from './log/options.ts'
import { metaRoutes } from './meta/routes.ts'
import { consentRoutes } from './oauth/consent-routes.ts'
import { loadKeys } from './oauth/keys.ts'
import { mountProvider } from './oauth/mount.ts'
import { createProvider } from './oauth/provider.ts'
import { oauthRoutes } from './oauth/routes.ts'
import { privacyRoutes } from './privacy/routes.ts'
import { rateRoutes } from './rates/routes.ts'
import { relayRoutes } from './relay/routes.ts'
import { reputationRoutes } from './reputation/routes.ts'

const BODY_LIMIT = 256 * 1024
const INFO = {
  title: 'Fairhold',
  version: '1',
  description:
    'A marketplace whose money is held by a contract that nobody owns. Amounts are base units as decimal strings; errors are problem+json.',
}

/** The whole api, ready to listen or to be injected into. */
export async function buildApp(context: Context): Promise<FastifyInstance> {
  const app = Fastify({
    logger: logOptions(context.env.logLevel),
    trustProxy: context.env.isProxy,
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    frameworkErrors: answerWithProblem,
    clientErrorHandler: refuseUnreadable,
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  registerProblems(app)
  await app.register(helmet, { crossOriginResourcePolicy: { policy: 'cross-origin' } })
  await app.register(cookie)
  await app.register(multipart, { limits: { fileSize: MAX_UPLOAD, files: 1, fields: 8, parts: 9, fieldSize: 4096 } })
  await app.register(websocket, { options: { maxPayload: 16 * 1024 } })
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: INFO, components: { securitySchemes } }, transform: describe })
  const limiter = registerAddressLimit(app, context)
  registerOriginCheck(app, context)
  registerAuth(app, context)
  registerAccountLimit(app, context, limiter)
  registerAccess(app, context)
  registerIdempotency(app, context)
  metaRoutes(app, context)
  const provider = createProvider(context, await loadKeys(context.env), app.log)
  await mountProvider(app, context, provider)
  consentRoutes(app, context, provider)
  await app.register(
    async (v1) => {
      for (const routes of [
        identityRoutes,
        accountRoutes,
        factorRoutes,
        proofRoutes,
        apiKeyRoutes,
        oauthRoutes,
        didRoutes,
        credentialRoutes,
        encryptionRoutes,
        privacyRoutes,
        searchRoutes,
        listingRoutes,
        townRoutes,
        draftRoutes,
        dealRoutes,
        bidRoutes,
        cartRoutes,
        relayRoutes,
        disputeRoutes,
        reputationRoutes,
        rateRoutes,
        savedRoutes,
        personalRoutes,
        liveRoutes,
        auditRoutes,
      ])
        routes(v1, context)
      v1.get('/openapi.json', { config: { access: { who: 'anyone', data: 'public' } }, schema: { hide: true } }, async () =>
        app.swagger(),
      )
    },
    { prefix: '/v1' },
  )
  return app
}
