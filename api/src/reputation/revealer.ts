import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { REVIEW_WINDOW_SECONDS } from '@fairhold/protocol/reputation/review'
import { textHash } from '@fairhold/protocol/text'
import type { Address, Hex } from 'viem'
import type { Context } from '../context.ts'
import type { ChainWriter } from '../jobs/chain-writer.ts'
import type { Job } from '../jobs/loop.ts'

interface Due {
  deal_id: string
  author: string
  score: number
  text: string
  secret: string
}

/** Reveals sealed reviews once both sides have committed, or the window of the first is over. */
export function revealJob(context: Context, writer: ChainWriter): Job<Due> {
  const { db, deployment, env } = context
  return {
    name: 'reveal',
    due: async () => {
      const closedBefore = (await context.chainNow()) - REVIEW_WINDOW_SECONDS
      return db.$queryRaw<Due[]>`
        SELECT sealed.deal_id, sealed.author, sealed.score, sealed.text, sealed.secret
        FROM app.review sealed JOIN chain.review mine
          ON mine.deal_id = sealed.deal_id AND mine.author = sealed.author AND mine.commitment = sealed.commitment
        JOIN chain.deal ON deal.id = sealed.deal_id AND deal.operator = ${env.operator}
        WHERE mine.score IS NULL AND (
          (SELECT count(*) FROM chain.review other WHERE other.deal_id = mine.deal_id) = 2
          OR (SELECT min(committed_at) FROM chain.review other WHERE other.deal_id = mine.deal_id) < ${closedBefore})
        ORDER BY mine.committed_at LIMIT 200`
    },
    idOf: ({ deal_id, author }) => `${deal_id} ${author}`,
    work: async ({ deal_id, author, score, text, secret }) => {
      const args = [deal_id as Hex, author as Address, score, textHash(text), secret as Hex] as const
      await writer.write({ abi: reputationAbi, address: deployment.reputation, functionName: 'reveal', args })
    },
  }
}
