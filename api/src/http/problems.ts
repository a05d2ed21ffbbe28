import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { AppError, type ErrorCode } from './errors.ts'

/** Fastify's own refusals, by its codes. */
const known: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'MALFORMED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'MALFORMED',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED',
  FST_ERR_CTP_BODY_TOO_LARGE: 'TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'WRONG_MEDIA',
  FST_REQ_FILE_TOO_LARGE: 'TOO_LARGE',
  FST_FILES_LIMIT: 'TOO_LARGE',
  FST_PARTS_LIMIT: 'TOO_LARGE',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'WRONG_MEDIA',
}

/** Makes every error leave as problem+json, and none of them tell what the inside looks like. */
export function registerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = asAppError(error)
    if (refusal.status >= 500) request.log.error({ err: error, inner: isResponseSerializationError(error) ? error.cause : undefined })
    return sendProblem(reply, refusal)
  })
  app.setNotFoundHandler((request, reply) => sendProblem(reply, new AppError('NOT_FOUND', `There is no ${request.method} ${pathOf(request)}.`)))
}

export function sendProblem(reply: FastifyReply, error: AppError): FastifyReply {
  return reply.code(error.status).type('application/problem+json').send(JSON.stringify(error.toProblem()))
}

function asAppError(error: FastifyError): AppError {
  if (error instanceof AppError) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((issue) => ({
      path: issue.instancePath.slice(1).replaceAll('/', '.'),
      message: issue.message ?? 'is not right',
    }))
    const named = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')
    return new AppError('VALIDATION', `${named}.`, errors)
  }
  const code = known[error.code]
  if (code) return new AppError(code, `${error.message.replace(/\.$/, '')}.`)
  if (error.statusCode === 429) return new AppError('RATE_LIMITED', error.message)
  if (error.statusCode !== undefined && error.statusCode < 500) return new AppError('MALFORMED', 'The request cannot be read.')
  return new AppError('INTERNAL', 'The request could not be carried out.')
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0]?.slice(0, 200) ?? ''
}
