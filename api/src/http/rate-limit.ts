import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from './errors.ts'

/** How often, in a minute, one address or one account may ask. Routes may have a limit of their own in `config.rateLimit`. */
const FROM_ADDRESS = 900
const FROM_ACCOUNT = 600
const WINDOW = '1 minute'

type Limiter = ReturnType<FastifyInstance['createRateLimit']>

/** Counts requests by the visitor's address. To be registered before anything is looked up for a request. */
export async function registerAddressLimit(app: FastifyInstance): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    max: FROM_ADDRESS,
    timeWindow: WINDOW,
    keyGenerator: (request) => request.ip,
    allowList: isOwnServer,
    errorResponseBuilder: (_request, { ttl }) => tooMany(Math.ceil(ttl / 1000)),
  })
  const limiter = app.createRateLimit()
  app.addHook('onRequest', (request, reply) => count(limiter, request, reply))
}

/** Counts requests by the signed-in account, from however many addresses they come. To be registered after sign-in is known. */
export function registerAccountLimit(app: FastifyInstance): void {
  const limiter = app.createRateLimit({
    max: FROM_ACCOUNT,
    timeWindow: WINDOW,
    keyGenerator: ({ account }) => account?.id ?? '',
    allowList: (request) => request.account === null || isOwnServer(request),
  })
  app.addHook('onRequest', (request, reply) => count(limiter, request, reply))
}

async function count(limiter: Limiter, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const result = await limiter(request)
  if (result.isAllowed || !result.isExceeded) return
  reply.header('retry-after', result.ttlInSeconds)
  throw tooMany(result.ttlInSeconds)
}

function tooMany(seconds: number): AppError {
  return new AppError('RATE_LIMITED', `Try again in ${seconds} seconds.`)
}

/** The dApp's own server renders pages for everybody; what a visitor does through it carries the visitor's address. */
function isOwnServer(request: FastifyRequest): boolean {
  return request.headers['x-forwarded-for'] === undefined && isLoopback(request.socket.remoteAddress)
}

function isLoopback(address: string | undefined): boolean {
  return address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1'
}
