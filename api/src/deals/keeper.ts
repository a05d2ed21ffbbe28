import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { parseTerms } from '@fairhold/protocol/deal/terms'
import type { Context } from '../context.ts'
import type { ChainWriter } from '../jobs/chain-writer.ts'
import type { Job } from '../jobs/loop.ts'

interface Due {
  id: string
  terms: unknown
}

const BATCH = 200

/**
 * The keeper: pays sellers whose buyer let the inspection pass in silence. Anyone may run one; this one works for deals that
 * this market earns from, in tokens that it knows, as anybody can open deals in a token that makes claiming fail or costly.
 * What is due is read from what the chain says, so nothing is lost or done twice by a restart.
 */
export function keeperJob({ caip2, chainNow, db, deployment, env }: Context, writer: ChainWriter): Job<Due> {
  const token = { in: deployment.tokens.map(({ address }) => address) }
  return {
    name: 'claim',
    due: async () => {
      const deadline = { lt: BigInt(await chainNow()) }
      const where = { chain: caip2, state: 'delivered' as const, deadline, operator: env.operator, token }
      return db.chainDeal.findMany({ where, orderBy: { deadline: 'asc' }, take: BATCH, select: { id: true, terms: true } })
    },
    idOf: ({ id }) => id,
    work: async ({ terms }) => {
      const args = [packTerms(parseTerms(terms))] as const
      await writer.write({ abi: escrowAbi, address: deployment.escrow, functionName: 'claim', args })
    },
  }
}
