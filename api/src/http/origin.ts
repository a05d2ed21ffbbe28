import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { AppError } from './errors.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The one kind of body the route takes; JSON if not said. */
    takes?: 'application/json' | 'multipart/form-data'
  }
}

/**
 * Refuses writes that another site's page makes with our visitor's cookies: by where they come from, and by their kind of
 * body, as a foreign form can send no JSON. Programs send no Origin and have no cookies.
 */
export function registerOriginCheck(app: FastifyInstance, { env }: Context): void {
  app.removeContentTypeParser('text/plain')
  app.addHook('onRequest', async (request) => {
    if (SAFE.has(request.method) || request.routeOptions.config?.ownAuth) return
    const { origin } = request.headers
    if (origin !== undefined && !env.origins.includes(origin)) {
      throw new AppError('FOREIGN_ORIGIN', `Writes are taken from ${env.origins.join(', ')} only.`)
    }
    if (origin === undefined && request.headers['sec-fetch-site'] === 'cross-site') {
      throw new AppError('FOREIGN_ORIGIN', 'Writes are not taken from other sites.')
    }
    const given = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
    const takes = request.routeOptions.config?.takes ?? 'application/json'
    if (given !== undefined && given !== takes) throw new AppError('WRONG_MEDIA', `Send ${takes}, not ${given.slice(0, 80)}.`)
  })
}
