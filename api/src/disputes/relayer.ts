import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { parseTerms } from '@fairhold/protocol/deal/terms'
import type { Hex } from 'viem'
import type { Context } from '../context.ts'
import type { ChainWriter } from '../jobs/chain-writer.ts'
import type { Job } from '../jobs/loop.ts'

interface Due {
  dealId: string
  terms: unknown
  buyerBps: number
  reasonHash: string
  signature: string
}

/**
 * The relayer: brings rulings that arbiters signed to the chain, so that arbiters need no gas. Either party can do the same.
 * Due is what the chain still shows in dispute, whatever was sent: a block that held a ruling may be gone again.
 */
export function rulingJob({ caip2, chainNow, db, deployment, env }: Context, writer: ChainWriter): Job<Due> {
  return {
    name: 'rule',
    due: async () => db.$queryRaw<Due[]>`
      SELECT ruling.deal_id AS "dealId", deal.terms, ruling.buyer_bps AS "buyerBps", ruling.reason_hash AS "reasonHash", ruling.signature
      FROM app.ruling JOIN chain.deal ON deal.chain = ${caip2} AND deal.id = ruling.deal_id
      WHERE deal.state = 'disputed' AND deal.deadline >= ${BigInt(await chainNow())} AND deal.operator = ${env.operator}
      ORDER BY ruling.created_at LIMIT 200`,
    idOf: ({ dealId, signature }) => `${dealId} …${signature.slice(-8)}`, // it is logged: told apart, not told
    work: async ({ dealId, terms, buyerBps, reasonHash, signature }) => {
      const args = [packTerms(parseTerms(terms)), buyerBps, reasonHash as Hex, signature as Hex] as const
      const hash = await writer.write({ abi: escrowAbi, address: deployment.escrow, functionName: 'rule', args })
      await db.ruling.updateMany({ where: { dealId, signature }, data: { submittedTx: hash } })
    },
  }
}
