import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { parseTerms } from '@fairhold/protocol/deal/terms'
import type { Context } from '../context.ts'
import type { ChainWriter } from '../jobs/chain-writer.ts'
import type { Job } from '../jobs/loop.ts'

interface Batch {
  token: string
  terms: unknown[]
}

/** Deals in one transaction: each costs some 20,000 gas, so a batch stays far below a block. */
export const BATCH = 50
/** A batch that is not full is sent when its oldest deal has waited this long, in seconds. */
export const PATIENCE = 3_600

/**
 * Collects what ended deals owe to this market and to their arbiters, which waits in the escrow. One token at a time, because
 * neighbours in a batch with the same operator and token are paid together, which is what makes collecting cheap. The
 * escrow passes over deals that owe nothing any more, so a batch that is sent twice does no harm.
 */
export function collectorJob({ caip2, chainNow, db, deployment, env }: Context, writer: ChainWriter): Job<Batch> {
  return {
    name: 'collect',
    due: async () => {
      const tokens = deployment.tokens.map(({ address }) => address)
      return db.$queryRaw<Batch[]>`
        SELECT token, json_agg(terms ORDER BY ended_at, id) AS terms
        FROM (SELECT deal.*, row_number() OVER (PARTITION BY token ORDER BY ended_at, id) AS place
          FROM chain.deal WHERE chain = ${caip2} AND fees_due AND operator = ${env.operator} AND token = ANY(${tokens})) waiting
        WHERE place <= ${BATCH} GROUP BY token
        HAVING count(*) = ${BATCH} OR min(ended_at) <= ${BigInt((await chainNow()) - PATIENCE)}`
    },
    idOf: ({ token }) => token,
    work: async ({ terms }) => {
      const args = [terms.map((one) => packTerms(parseTerms(one)))] as const
      await writer.write({ abi: escrowAbi, address: deployment.escrow, functionName: 'collectFees', args })
    },
  }
}
