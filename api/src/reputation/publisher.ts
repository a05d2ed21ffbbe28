import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { parseTerms } from '@fairhold/protocol/deal/terms'
import { REVIEW_WINDOW_SECONDS } from '@fairhold/protocol/reputation/review'
import type { Address, Hex } from 'viem'
import type { Context } from '../context.ts'
import type { ChainWriter } from '../jobs/chain-writer.ts'
import type { Job } from '../jobs/loop.ts'

/** A review that has no other is sealed on chain this long before the time to review is over, in seconds. */
export const SEAL_BEFORE = 86_400
const AT_ONCE = 200

interface Opening {
  score: number
  textHash: Hex
  secret: Hex
}

interface Pair {
  id: string
  terms: unknown
  buyer: Opening & { signature: Hex }
  seller: Opening & { signature: Hex }
}

/** Publishes the reviews of both sides in one transaction, as soon as both are in. Both named this market as the one who may. */
export function publishJob({ caip2, db, deployment, env }: Context, writer: ChainWriter): Job<Pair> {
  return {
    name: 'publish',
    due: async () => db.$queryRaw<Pair[]>`
      SELECT deal.id, deal.terms,
        json_build_object('score', b.score, 'textHash', b.text_hash, 'secret', b.secret, 'signature', b.publish_signature) AS buyer,
        json_build_object('score', s.score, 'textHash', s.text_hash, 'secret', s.secret, 'signature', s.publish_signature) AS seller
      FROM chain.deal
      JOIN app.review b ON b.deal_id = deal.id AND b.author = deal.buyer AND b.publisher = ${env.publisher}
      JOIN app.review s ON s.deal_id = deal.id AND s.author = deal.seller AND s.publisher = ${env.publisher}
      WHERE deal.chain = ${caip2} AND deal.ended_at IS NOT NULL AND deal.operator = ${env.operator}
        AND NOT EXISTS (SELECT FROM chain.review WHERE review.chain = deal.chain AND review.deal_id = deal.id AND review.score IS NOT NULL)
      ORDER BY greatest(b.created_at, s.created_at) LIMIT ${AT_ONCE}`,
    idOf: ({ id }) => id,
    work: async ({ terms, buyer, seller }) => {
      const packed = packTerms(parseTerms(terms))
      const args = [packed, env.publisher, buyer, buyer.signature, seller, seller.signature] as const
      await writer.write({ abi: reputationAbi, address: deployment.reputation, functionName: 'publishBoth', args })
    },
  }
}

interface Lone {
  dealId: string
  terms: unknown
  author: string
  commitment: string
  signature: string
}

/**
 * Seals a review on chain that cannot be published together with the other side's: shortly before the time to review is over
 * where there is no other, at once where the other side sealed its own there. So it counts although the other stays silent.
 */
export function commitJob(context: Context, writer: ChainWriter): Job<Lone> {
  const { caip2, db, deployment, env } = context
  return {
    name: 'seal',
    due: async () => {
      const now = await context.chainNow()
      const [notClosed, closing] = [BigInt(now - REVIEW_WINDOW_SECONDS), BigInt(now - REVIEW_WINDOW_SECONDS + SEAL_BEFORE)]
      return db.$queryRaw<Lone[]>`
        SELECT sealed.deal_id AS "dealId", deal.terms, sealed.author, sealed.commitment, sealed.commit_signature AS signature
        FROM app.review sealed JOIN chain.deal ON deal.chain = ${caip2} AND deal.id = sealed.deal_id AND deal.operator = ${env.operator}
        WHERE deal.ended_at >= ${notClosed}
          AND NOT EXISTS (SELECT FROM chain.review mine WHERE mine.chain = deal.chain AND mine.deal_id = deal.id AND mine.author = sealed.author)
          AND NOT EXISTS (SELECT FROM app.review other WHERE other.deal_id = deal.id AND other.author <> sealed.author
            AND other.publisher = ${env.publisher} AND sealed.publisher = ${env.publisher})
          AND (deal.ended_at < ${closing}
            OR EXISTS (SELECT FROM chain.review theirs WHERE theirs.chain = deal.chain AND theirs.deal_id = deal.id AND theirs.author <> sealed.author))
        ORDER BY deal.ended_at LIMIT ${AT_ONCE}`
    },
    idOf: ({ dealId, author }) => `${dealId} ${author}`,
    work: async ({ terms, author, commitment, signature }) => {
      const args = [packTerms(parseTerms(terms)), author as Address, commitment as Hex, signature as Hex] as const
      await writer.write({ abi: reputationAbi, address: deployment.reputation, functionName: 'commit', args })
    },
  }
}
