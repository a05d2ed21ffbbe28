import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Context } from '../context.ts'
import type { Place } from '../keys/sealed.ts'
import { AppError, invalid } from './errors.ts'

const PENDING = 0
/** A claim whose request has not ended by now belonged to a process that died; its key is free again. */
const ABANDONED = '2 minutes'
const keyShape = z.string().regex(/^[\x21-\x7e]{8,100}$/)

interface Claim {
  key: string
  account: string
  route: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer is a secret, or good for one moment only: it is kept nowhere, and an idempotency key has no effect. */
    answersOnce?: true
  }
  interface FastifyRequest {
    idempotency: Claim | null
  }
}

/**
 * A write with an `Idempotency-Key` is carried out once: asked again with the same key and body, it gets the first answer
 * again. Keys belong to the signed-in account and the route. A refused request keeps no key, so it may be corrected and tried
 * anew. Uploads need none: a picture is named by its content.
 */
export function registerIdempotency(app: FastifyInstance, context: Context): void {
  const { db } = context
  app.decorateRequest('idempotency', null)

  app.addHook('preHandler', async (request, reply) => {
    const claim = claimOf(request)
    if (!claim) return
    const requestHash = createHash('sha256')
      .update(JSON.stringify(request.body ?? null))
      .digest('hex')
    if (await take(context, claim, requestHash)) {
      request.idempotency = claim
      return
    }
    const earlier = await findEarlier(context, claim)
    if (earlier && earlier.requestHash !== requestHash) throw new AppError('KEY_REUSED', 'The key was used with another body.')
    if (!earlier || earlier.status === PENDING) throw new AppError('IN_PROGRESS', 'A request with this key is under way.')
    return reply.code(earlier.status).header('idempotent-replay', 'true').send(earlier.body)
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const claim = request.idempotency
    if (!claim) return payload
    request.idempotency = null
    if (reply.statusCode >= 400) {
      await db.idempotency.deleteMany({ where: claim })
      return payload
    }
    const body = typeof payload === 'string' && payload !== '' ? payload : 'null'
    const sealed = await context.keys.seal(placeOf(claim, 'body_sealed'), body)
    await db.$executeRaw`UPDATE app.idempotency SET status = ${reply.statusCode}, body_sealed = ${sealed}
      WHERE key = ${claim.key} AND account = ${claim.account} AND route = ${claim.route}`
    return payload
  })
}

/** Whether the key was free, in one statement: of two requests at once only one gets it. */
async function take({ db, keys }: Context, claim: Claim, requestHash: string): Promise<boolean> {
  const { key, account, route } = claim
  const sealed = await keys.seal(placeOf(claim, 'request_sealed'), requestHash)
  const taken = await db.$executeRaw`
    INSERT INTO app.idempotency AS earlier (key, account, route, request_sealed, status)
    VALUES (${key}, ${account}, ${route}, ${sealed}, ${PENDING})
    ON CONFLICT (key, account, route) DO UPDATE SET request_sealed = EXCLUDED.request_sealed, created_at = now()
    WHERE earlier.status = ${PENDING} AND earlier.created_at < now() - ${ABANDONED}::interval`
  return taken === 1
}

async function findEarlier({ db, keys }: Context, claim: Claim) {
  const select = { requestSealed: true, status: true, bodySealed: true }
  const row = await db.idempotency.findUnique({ where: { key_account_route: claim }, select })
  if (!row) return null
  const requestHash = await keys.open(placeOf(claim, 'request_sealed'), row.requestSealed)
  const body = row.bodySealed ? JSON.parse(await keys.open(placeOf(claim, 'body_sealed'), row.bodySealed)) : null
  return { requestHash, status: row.status, body }
}

/** Requests hold addresses, and answers what belongs to them. Even the hash of so short a text would tell: it can be guessed. */
function placeOf({ key, account, route }: Claim, column: 'request_sealed' | 'body_sealed'): Place {
  return { table: 'idempotency', column, row: JSON.stringify([key, account, route]) }
}

function claimOf(request: FastifyRequest): Claim | null {
  const given = request.headers['idempotency-key']
  if (given === undefined || request.account === null || request.method === 'GET') return null
  const { takes, answersOnce } = request.routeOptions.config ?? {}
  if (takes === 'multipart/form-data' || answersOnce) return null
  const key = keyShape.safeParse(given)
  if (!key.success) throw invalid('Idempotency-Key', 'must be 8 to 100 visible characters')
  return { key: key.data, account: request.account.id, route: `${request.method} ${request.url.split('?')[0]}` }
}
