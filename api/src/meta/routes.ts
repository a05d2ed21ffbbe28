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
    {
      config: { access: { who: 'anyone', data: 'public' } },
      schema: { tags: ['meta'], summary: 'What this marketplace runs on', response: { 200: configShape } },
    },
    async () => ({
      chainId: env.chainId,
      chainName: chainOf(env).name,
      escrow: deployment.escrow,
      reputation: deployment.reputation,
      tokens: [...deployment.tokens],
      arbiters: [...env.arbiters],
      operator: env.operator,
      operatorFeeBps: env.operatorFeeBps,
      permit2: deployment.permit2 ?? null,
      explorer: env.explorer ?? null,
      publisher: env.publisher,
      defaults,
      chainNow: await context.chainNow(),
      devChain: env.devChain,
      rpcUrl: env.publicRpcUrl,
      stopped: (await lastIndexed(context))?.stopped ?? false,
      liveUrl: env.liveUrl,
    }),
  )

  routes.get(
    '/health',
    {
      config: { access: { who: 'anyone', data: 'public' } },
      schema: { tags: ['meta'], summary: 'The process runs', response: { 200: healthShape } },
    },
    async () => ({ status: 'ok' as const }),
  )

  routes.get(
    '/ready',
    {
      config: { access: { who: 'anyone', data: 'public' } },
      schema: { tags: ['meta'], summary: 'Database and indexer are there', response: { 200: readyShape, 503: readyShape } },
    },
    async (_request, reply) => {
      const [indexed, head] = await Promise.all([lastIndexed(context), context.chain.getBlock().catch(() => null)])
      const block = indexed?.block ?? -1
      const lagSeconds = head && indexed ? Number(head.timestamp) - indexed.timestamp : -1
      const ready = head !== null && indexed !== null && !indexed.stopped && lagSeconds <= LAG_SECONDS
      const status = indexed?.stopped ? 'stopped' : ready ? 'ready' : 'not ready'
      return reply.code(ready ? 200 : 503).send({ status, block, lagSeconds })
    },
  )
}

/** Where the indexer stands, and whether it has stopped because its rows can no longer be trusted; null where there is nothing. */
async function lastIndexed({
  caip2: chain,
  db,
}: Context): Promise<{ block: number; timestamp: number; stopped: boolean } | null> {
  try {
    const at = await db.chainCheckpoint.findUnique({ where: { chain } })
    if (at === null) return null
    const block = await db.chainBlock.findUnique({
      where: { chain_number: { chain, number: at.blockNumber } },
      select: { timestamp: true },
    })
    return { block: Number(at.blockNumber), timestamp: Number(block?.timestamp ?? 0n), stopped: at.stopped !== null }
  } catch {
    return null // no database is as good as nothing
  }
}
