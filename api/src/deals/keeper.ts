import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { parseTerms } from '@fairhold/protocol/deal/terms'
import type { Context } from '../context.ts'
import type { ChainWriter } from '../jobs/chain-writer.ts'
import type { Job } from '../jobs/loop.ts'

interface Due {
  id: string
  terms: unknown
}

const BATCH = 20

/**
 * The keeper: pays sellers whose buyer let the inspection pass in silence. Anyone may run one. What is due is read from
 * what the chain says, so nothing is lost or done twice by a restart.
 */
export function keeperJob(context: Context, writer: ChainWriter): Job<Due> {
  const { db, deployment } = context
  return {
    name: 'claim',
    due: async () => {
      const deadline = { lt: BigInt(await context.chainNow()) }
      return db.chainDeal.findMany({ where: { state: 'delivered', deadline }, orderBy: { deadline: 'asc' }, take: BATCH, select: { id: true, terms: true } })
    },
    idOf: ({ id }) => id,
    work: async ({ terms }) => {
      await writer.write({ abi: escrowAbi, address: deployment.escrow, functionName: 'claim', args: [parseTerms(terms)] })
    },
  }
}
