import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { AppError } from './errors.ts'
import { createLimitStore, type Limit } from './limit-store.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import { networkOf } from './network.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How often one network, or one account, may call this route within `1 minute`, `10 minutes` or `1 hour`; routes of one `name` count together. */
    rateLimit?: { max: number; timeWindow: string; by?: 'network' | 'account'; name?: string }
  }
}

const windows = new Map([
  ['1 minute', 60_000],
  ['10 minutes', 600_000],
  ['1 hour', 3_600_000],
])
const MINUTE_MS = 60_000

/** How often one network or one account may ask for anything at all. */
const FROM_ADDRESS: Limit = { name: 'network', max: 900, windowMs: MINUTE_MS }
const FROM_ACCOUNT: Limit = { name: 'account', max: 600, windowMs: MINUTE_MS }
/** An eighth of what is left at once: a busy visitor costs some twenty questions a minute, not nine hundred. See docs/security/limits.md. */
const PARTS = 8
const QUIET_MS = 60_000

/** Counts requests by the visitor's network. To be registered before anything is looked up for a request; gives what counts. */
export function registerAddressLimit(app: FastifyInstance, context: Context): Limiter {
  const store = createLimitStore(context.env.databaseUrl)
  app.addHook('onReady', () => store.open())
  app.addHook('onClose', () => store.close())
  let told = Number.NEGATIVE_INFINITY
  const onAway = (err: unknown): void => {
    if (performance.now() - told > QUIET_MS)
      app.log.warn({ err }, 'Postgres does not count requests; this process counts for itself')
    told = performance.now()
  }
  app.addHook('onRoute', ({ method, url, config }) => {
    const window = config?.rateLimit?.timeWindow
    if (window !== undefined && !windows.has(window)) throw new Error(`${method} ${url} is limited by an unknown time: ${window}`)
  })
  const limiter = createLimiter({ store, clock: () => performance.now(), parts: PARTS, onAway })
  app.addHook('onRequest', async (request, reply) => {
    if (isOwnServer(context, request)) return
    const network = networkOf(request.ip)
    await count(limiter, FROM_ADDRESS, network, reply)
    const own = limitOf(request, 'network')
    if (own) await count(limiter, own, network, reply)
  })
  return limiter
}

/** Counts requests by the signed-in account, from however many networks they come. To be registered after sign-in is known. */
export function registerAccountLimit(app: FastifyInstance, context: Context, limiter: Limiter): void {
  app.addHook('onRequest', async (request, reply) => {
    const { account } = request
    if (!account || isOwnServer(context, request)) return
    // Each session for itself, and programs apart: none of them can keep the person from ending it.
    const whose = account.session ? account.session.id : `${account.id} ${account.via}`
    await count(limiter, FROM_ACCOUNT, whose, reply)
    const own = limitOf(request, 'account')
    if (own) await count(limiter, own, account.id, reply)
  })
}

/** The dApp's own server renders pages for everybody; what a visitor does through it carries the visitor's address. */
export function isOwnServer({ env }: Context, request: FastifyRequest): boolean {
  return request.headers['x-forwarded-for'] === undefined && env.isProxy(request.socket.remoteAddress)
}

export function tooMany(seconds: number): AppError {
  return new AppError('RATE_LIMITED', `Try again in ${seconds} seconds.`)
}

function limitOf({ routeOptions: { config, method, url } }: FastifyRequest, by: 'network' | 'account'): Limit | null {
  const limit = config?.rateLimit
  if (!limit || (limit.by ?? 'network') !== by) return null
  return { name: limit.name ?? `${by} ${method} ${url}`, max: limit.max, windowMs: windows.get(limit.timeWindow) ?? MINUTE_MS }
}

async function count(limiter: Limiter, limit: Limit, who: string, reply: FastifyReply): Promise<void> {
  const spent = limiter.spend(limit, who)
  const { allowed, retryAfter } = spent instanceof Promise ? await spent : spent
  if (allowed) return
  reply.header('retry-after', retryAfter)
  throw tooMany(retryAfter)
}
