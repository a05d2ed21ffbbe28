import type { FastifyRequest } from 'fastify'
import { AppError, invalid } from '../http/errors.ts'

/** The one file of a multipart request. @throws AppError VALIDATION without one, MALFORMED for what is no multipart, TOO_LARGE */
export async function fileOf(request: FastifyRequest): Promise<Buffer> {
  const file = await request.file().catch(rethrow)
  if (!file) throw invalid('file', 'is missing')
  return file.toBuffer().catch(rethrow)
}

/** The parser's own errors have no code; Fastify's, such as for size, have one. */
function rethrow(error: Error): never {
  if ('code' in error) throw error
  throw new AppError('MALFORMED', 'The upload is not well-formed multipart/form-data.')
}
