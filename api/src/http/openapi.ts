import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Access } from './auth.ts'
import { problemShape } from './shapes.ts'

type Transform = typeof jsonSchemaTransform

const problem = {
  description: 'Why not, as problem+json (RFC 9457)',
  content: { 'application/problem+json': { schema: z.toJSONSchema(problemShape, { target: 'draft-2020-12' }) } },
}

/** How one shows who one is. */
export const securitySchemes = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'fairhold_session',
    description:
      'Of a browser, after POST /v1/identity/session; `__Host-fairhold_session` over https. Writes need X-CSRF-Token too.',
  },
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key, an access token of OAuth 2, or one got for a request that a DID signed.',
  },
} as const

/** Who may call, for a route's description. */
function securityOf({ who, scope, stepUp }: Access) {
  if (who === 'anyone' && scope === undefined) return { security: [] }
  const ways = [{ session: [] }, ...(scope ? [{ bearer: [scope] }] : []), ...(who === 'anyone' ? [{}] : [])]
  return { security: ways, 'x-access': { who, scope: scope ?? null, proof: stepUp ?? false } }
}

/** A route for the OpenAPI document: what its schemas say, who may call it, and how its refusals look. */
export const describe: Transform = (route) => {
  const described = jsonSchemaTransform(route)
  const { schema } = described
  if (schema.hide === true) return described
  const responses = (schema.response ?? { 200: { description: 'What was asked for' } }) as Record<string, unknown>
  const { access } = (route.route.config ?? {}) as { access?: Access }
  const security = access ? securityOf(access) : {}
  return { ...described, schema: { ...schema, ...security, response: { ...responses, default: problem } } }
}
