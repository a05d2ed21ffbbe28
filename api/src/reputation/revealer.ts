import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { parseTerms } from '@fairhold/protocol/deal/terms'
import { REVIEW_WINDOW_SECONDS } from '@fairhold/protocol/reputation/review'
import type { Address, Hex } from 'viem'
import type { Context } from '../context.ts'
import type { ChainWriter } from '../jobs/chain-writer.ts'
import type { Job } from '../jobs/loop.ts'

interface Due {
  dealId: string
  terms: unknown
  author: string
  score: number
  textHash: Hex
  secret: Hex
}

/** How long a pair that was signed is left to be published together, after the time to review is over. */
const PAIR_SECONDS = 86_400

/**
 * Reveals reviews that were sealed on chain, once both sides have sealed theirs or the time to review is over. A pair that can
 * be published at once is left to that: revealing one alone would shut the other out.
 */
export function revealJob(context: Context, writer: ChainWriter): Job<Due> {
  const { caip2, db, deployment, env } = context
  return {
    name: 'reveal',
    due: async () => {
      const closed = (await context.chainNow()) - REVIEW_WINDOW_SECONDS
      return db.$queryRaw<Due[]>`
        SELECT sealed.deal_id AS "dealId", deal.terms, sealed.author, sealed.score, sealed.text_hash AS "textHash", sealed.secret
        FROM app.review sealed JOIN chain.review mine
          ON mine.chain = ${caip2} AND mine.deal_id = sealed.deal_id AND mine.author = sealed.author AND mine.commitment = sealed.commitment
        JOIN chain.deal ON deal.chain = mine.chain AND deal.id = sealed.deal_id AND deal.operator = ${env.operator}
        WHERE mine.score IS NULL AND (
          (SELECT count(*) FROM chain.review other WHERE other.chain = deal.chain AND other.deal_id = deal.id AND other.commitment IS NOT NULL) = 2
          OR deal.ended_at < ${BigInt(closed - PAIR_SECONDS)}
          OR deal.ended_at < ${BigInt(closed)} AND NOT EXISTS (
            SELECT FROM app.review other WHERE other.deal_id = deal.id AND other.author <> sealed.author
              AND other.publisher = ${env.publisher} AND sealed.publisher = ${env.publisher}))
        ORDER BY mine.committed_at LIMIT 200`
    },
    idOf: ({ dealId, author }) => `${dealId} ${author}`,
    work: async ({ terms, author, ...opening }) => {
      const args = [packTerms(parseTerms(terms)), author as Address, opening] as const
      await writer.write({ abi: reputationAbi, address: deployment.reputation, functionName: 'reveal', args })
    },
  }
}
