import { InvalidTerms } from '@fairhold/protocol/deal/terms'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { BaseError, HttpRequestError, TimeoutError } from 'viem'
import { KeyError } from '../keys/provider.ts'
import { AppError, type ErrorCode, type FieldError, invalid } from './errors.ts'
import { faultOf } from './faults.ts'

/** Fastify's own refusals, by its codes. */
const known: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'MALFORMED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'MALFORMED',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED',
  FST_ERR_BAD_URL: 'MALFORMED',
  FST_ERR_MAX_PARAM_LENGTH: 'NOT_FOUND',
  FST_ERR_CTP_BODY_TOO_LARGE: 'TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'WRONG_MEDIA',
  FST_REQ_FILE_TOO_LARGE: 'TOO_LARGE',
  FST_FILES_LIMIT: 'TOO_LARGE',
  FST_PARTS_LIMIT: 'TOO_LARGE',
  FST_FIELDS_LIMIT: 'TOO_LARGE',
  FST_PROTO_VIOLATION: 'MALFORMED',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'WRONG_MEDIA',
}

/** What Prisma and pg say when Postgres is away, or too busy to answer. */
const databaseAway = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2034',
  '40P01',
  'ECONNREFUSED',
  'ECONNRESET',
  '57P01',
  '57P03',
  '53300',
])

type SchemaIssue = Parameters<typeof faultOf>[0] & { instancePath: string }

/** Makes every error leave as problem+json, and none of them tell what the inside looks like. */
export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => answerWithProblem(error, request, reply))
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, new AppError('NOT_FOUND', `There is no ${request.method} ${pathOf(request)}.`)),
  )
}

/** For errors that Fastify meets before any route or hook: a URL that cannot be decoded. */
export function answerWithProblem(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = asAppError(error)
  if (refusal.status >= 500) {
    request.log.error({ err: error, inner: isResponseSerializationError(error) ? error.cause : undefined })
  }
  return sendProblem(reply, refusal)
}

export function sendProblem(reply: FastifyReply, error: AppError): FastifyReply {
  return reply.code(error.status).type('application/problem+json').send(JSON.stringify(error.toProblem()))
}

function asAppError(error: FastifyError): AppError {
  if (error instanceof AppError) return error
  if (hasZodFastifySchemaValidationErrors(error)) return refusalOfFields(error)
  if (error instanceof InvalidTerms) {
    return invalid(`offer.${error.field}`, error.message)
  }
  if (error instanceof KeyError) return new AppError('UNAVAILABLE', 'The keys of private data cannot be had just now.')
  if (isAway(error)) return new AppError('UNAVAILABLE', 'The chain or the database does not answer.')
  const code = known[error.code]
  if (code) return new AppError(code, `${error.message.replace(/\.$/, '')}.`)
  if (error.statusCode !== undefined && error.statusCode < 500) return new AppError('MALFORMED', 'The request cannot be read.')
  return new AppError('INTERNAL', 'The request could not be carried out.')
}

function refusalOfFields({ validation }: { validation: readonly SchemaIssue[] }): AppError {
  const errors = validation.map(
    (issue): FieldError => ({
      path: issue.instancePath.slice(1).replaceAll('/', '.'),
      message: issue.message ?? 'is not right',
      ...faultOf(issue),
    }),
  )
  const named = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')
  return new AppError('VALIDATION', `${named}.`, errors)
}

/** Whether the node or Postgres is what failed, rather than we. */
function isAway(error: Error & { code?: string }): boolean {
  if (error instanceof BaseError) {
    return error.walk((cause) => cause instanceof HttpRequestError || cause instanceof TimeoutError) !== null
  }
  // pg, in the middle of a query, and its pool, of which all connections are busy; neither gives a code
  if (/^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message)) return true
  return error.code !== undefined && databaseAway.has(error.code)
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0]?.slice(0, 200) ?? ''
}
