import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { AppError } from './errors.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses writes that another site's page makes with our visitor's cookies. Programs send no Origin and have no cookies. */
export function registerOriginCheck(app: FastifyInstance, { env }: Context): void {
  app.addHook('onRequest', async (request) => {
    if (SAFE.has(request.method)) return
    const { origin } = request.headers
    if (origin !== undefined && !env.origins.includes(origin)) {
      throw new AppError('FOREIGN_ORIGIN', `Writes are taken from ${env.origins.join(', ')} only.`)
    }
    if (origin === undefined && request.headers['sec-fetch-site'] === 'cross-site') {
      throw new AppError('FOREIGN_ORIGIN', 'Writes are not taken from other sites.')
    }
  })
}
