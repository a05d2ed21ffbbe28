import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { problemShape } from './shapes.ts'

type Transform = typeof jsonSchemaTransform

const problem = {
  description: 'Why not, as problem+json (RFC 9457)',
  content: { 'application/problem+json': { schema: z.toJSONSchema(problemShape, { target: 'draft-2020-12' }) } },
}

/** A route for the OpenAPI document: what its schemas say, and how its refusals look. */
export const describe: Transform = (route) => {
  const described = jsonSchemaTransform(route)
  const { schema } = described
  if (schema.hide === true) return described
  const responses = (schema.response ?? { 200: { description: 'What was asked for' } }) as Record<string, unknown>
  return { ...described, schema: { ...schema, response: { ...responses, default: problem } } }
}
