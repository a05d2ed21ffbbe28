import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { ada, dmitri, relayer } from '@fairhold/protocol/dev-accounts'
import { type Hex, parseEventLogs } from 'viem'
import { createChainWriter } from '../../src/jobs/chain-writer.ts'
import type { TestChain } from './chain.ts'
import { dealsOn } from './deals.ts'
import type { Market } from './market.ts'
import { signedReview } from './reviews.ts'

/** Reviews that are really on the chain, and what the indexer would have written of them. */
export function reputationOn(market: Market & { chain: TestChain }) {
  const { chain, context, indexer } = market
  const deals = dealsOn(market)
  const writer = createChainWriter(context, relayer.privateKey)
  const address = context.deployment.reputation

  /** Ada sells to Dmitri, and each reviews the other. */
  const review = async (byBuyer: number, bySeller: number): Promise<void> => {
    const deal = await deals.open()
    await chain.escrow(dmitri, { functionName: 'release', args: [deal.packed] })
    const opening = async (author: typeof ada | typeof dmitri, score: number) => {
      const signed = await signedReview(context, author, { dealId: deal.id, score })
      const { secret, publishSignature } = signed.body
      return { opening: { score, textHash: signed.textHash, secret: secret as Hex }, signature: publishSignature as Hex }
    }
    const [buyer, seller] = [await opening(dmitri, byBuyer), await opening(ada, bySeller)]
    const sides = [buyer.opening, buyer.signature, seller.opening, seller.signature] as const
    const args = [deal.packed, context.env.publisher, ...sides] as const
    await writer.write({ abi: reputationAbi, address, functionName: 'publishBoth', args })
  }

  /** Writes what an indexer would have by now. */
  const index = async (): Promise<void> => {
    const head = await chain.client.getBlock()
    const logs = parseEventLogs({
      abi: reputationAbi,
      eventName: 'ReviewRevealed',
      logs: await chain.client.getLogs({ address, fromBlock: 0n }),
    })
    await indexer.query('DELETE FROM chain.review')
    await indexer.query('DELETE FROM chain.event')
    for (const { args, blockNumber, logIndex, blockHash, transactionHash } of logs) {
      const [author, subject] = [args.author.toLowerCase(), args.subject.toLowerCase()]
      await indexer.query(
        `INSERT INTO chain.event (chain, block_number, log_index, block_hash, tx_hash, address, name, deal_id, args, timestamp)
         VALUES ($1, $2, $3, $4, $5, $6, 'ReviewRevealed', $7, $8, 0)`,
        [
          context.caip2,
          blockNumber,
          logIndex,
          blockHash,
          transactionHash,
          address,
          args.dealId,
          JSON.stringify({ author, subject }),
        ],
      )
      await indexer.query(
        `INSERT INTO chain.review (chain, deal_id, author, subject, score, text_hash, revealed_at) VALUES ($1, $2, $3, $4, $5, $6, 0)`,
        [context.caip2, args.dealId, author, subject, args.score, args.textHash],
      )
    }
    await indexer.query(
      `INSERT INTO chain.checkpoint (chain, block_number, block_hash, finalized_number, contracts) VALUES ($1, $2, $3, 0, '')
       ON CONFLICT (chain) DO UPDATE SET block_number = $2, block_hash = $3`,
      [context.caip2, head.number, head.hash],
    )
  }
  return { review, index }
}
