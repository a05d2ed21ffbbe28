import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Context } from '../context.ts'
import { chainOf } from '../context.ts'
import { type Config, configShape, healthShape, readyShape } from './contract.ts'

const DAY = 86_400
const LAG_SECONDS = 30 // an indexer that is further behind shows deals as they no longer are

const defaults: Config['defaults'] = {
  shipSeconds: 5 * DAY,
  deliverySeconds: 14 * DAY,
  inspectionSeconds: 3 * DAY,
  rulingSeconds: 14 * DAY,
  silentAwardBps: 5_000,
  depositBps: 2_000,
  fundingSeconds: 14 * DAY,
  expirySeconds: 60 * DAY,
}

export function metaRoutes(app: FastifyInstance, context: Context): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const { env, deployment } = context

  routes.get(
    '/v1/config',
    { schema: { tags: ['meta'], summary: 'What this marketplace runs on', response: { 200: configShape } } },
    async () => ({
      chainId: env.chainId,
      chainName: chainOf(env).name,
      escrow: deployment.escrow,
      reputation: deployment.reputation,
      tokens: [...deployment.tokens],
      arbiters: [...env.arbiters],
      operator: env.operator,
      operatorFeeBps: env.operatorFeeBps,
      publisher: env.publisher,
      defaults,
      chainNow: await context.chainNow(),
      devChain: env.devChain,
      rpcUrl: env.publicRpcUrl,
      liveUrl: env.liveUrl,
    }),
  )

  routes.get(
    '/health',
    { schema: { tags: ['meta'], summary: 'The process runs', response: { 200: healthShape } } },
    async () => ({ status: 'ok' as const }),
  )

  routes.get(
    '/ready',
    { schema: { tags: ['meta'], summary: 'Database and indexer are there', response: { 200: readyShape, 503: readyShape } } },
    async (_request, reply) => {
      const [last, head] = await Promise.all([
        context.db.chainBlock
          .findFirst({ where: { chain: context.caip2 }, orderBy: { number: 'desc' }, select: { number: true, timestamp: true } })
          .catch(() => null),
        context.chain.getBlock().catch(() => null),
      ])
      const block = Number(last?.number ?? -1n)
      const lagSeconds = head && last ? Number(head.timestamp - last.timestamp) : -1
      const ready = head !== null && last !== null && lagSeconds <= LAG_SECONDS
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', block, lagSeconds })
    },
  )
}
