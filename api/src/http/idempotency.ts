import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { AppError } from './errors.ts'

const PENDING = 0
const keyShape = z.string().regex(/^[\x21-\x7e]{8,100}$/)

interface Claim {
  key: string
  account: string
  route: string
}

declare module 'fastify' {
  interface FastifyRequest {
    idempotency: Claim | null
  }
}

/**
 * A write with an `Idempotency-Key` is carried out once: asked again with the same key and body, it gets the first answer
 * again. Keys belong to the signed-in account and the route. A request that failed on our side may be tried anew.
 */
export function registerIdempotency(app: FastifyInstance, { db }: Context): void {
  app.decorateRequest('idempotency', null)

  app.addHook('preHandler', async (request, reply) => {
    const claim = claimOf(request)
    if (!claim) return
    const requestHash = createHash('sha256').update(JSON.stringify(request.body ?? null)).digest('hex')
    const inserted = await db.$executeRaw`
      INSERT INTO app.idempotency (key, account, route, request_hash, status, body)
      VALUES (${claim.key}, ${claim.account}, ${claim.route}, ${requestHash}, ${PENDING}, 'null') ON CONFLICT DO NOTHING`
    if (inserted === 1) {
      request.idempotency = claim
      return
    }
    const earlier = await db.idempotency.findUnique({ where: { key_account_route: claim }, select: { requestHash: true, status: true, body: true } })
    if (!earlier || earlier.status === PENDING) throw new AppError('IN_PROGRESS', 'A request with this key is under way.')
    if (earlier.requestHash !== requestHash) throw new AppError('KEY_REUSED', 'The key was used with another body.')
    reply.code(earlier.status).header('idempotent-replay', 'true')
    return earlier.body === null ? reply.send() : reply.send(earlier.body)
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const claim = request.idempotency
    if (!claim) return payload
    if (reply.statusCode >= 400) {
      await db.idempotency.delete({ where: { key_account_route: claim } })
      return payload
    }
    const body = typeof payload === 'string' && payload !== '' ? payload : 'null'
    await db.$executeRaw`UPDATE app.idempotency SET status = ${reply.statusCode}, body = ${body}::jsonb
      WHERE key = ${claim.key} AND account = ${claim.account} AND route = ${claim.route}`
    return payload
  })
}

function claimOf(request: FastifyRequest): Claim | null {
  const given = request.headers['idempotency-key']
  if (given === undefined || request.account === null || request.method === 'GET') return null
  const key = keyShape.safeParse(given)
  if (!key.success) throw new AppError('VALIDATION', 'Idempotency-Key: 8 to 100 visible characters.')
  return { key: key.data, account: request.account.address, route: `${request.method} ${request.url.split('?')[0]}` }
}
