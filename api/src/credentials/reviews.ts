import { Prisma } from '@fairhold/db/client'
import type { Hex } from 'viem'
import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { type ReputationFacts, type ReviewFact, reputationFrom } from './facts.ts'

/** More than this are not summed up in one credential. */
const MAX_REVIEWS = 50_000

interface Row {
  deal_id: Hex
  author: Hex
  subject: Hex
  score: number
  text_hash: Hex
  tx_hash: Hex
  block_number: bigint
  log_index: number
}

/**
 * The reputation of wallets as the index has it, at one block: the newest that is final or, on a local chain, the newest.
 * @throws AppError UNAVAILABLE while no block is final; TOO_LARGE
 */
export async function indexedReputation(context: Context, wallets: readonly string[]): Promise<ReputationFacts> {
  return context.db.$transaction(
    async (tx) => {
      const block = await lastBlock(tx, context)
      const rows = await tx.$queryRaw<Row[]>`
        SELECT review.deal_id, review.author, review.subject, review.score, review.text_hash,
          event.tx_hash, event.block_number, event.log_index
        FROM chain.review JOIN chain.event ON event.chain = review.chain AND event.deal_id = review.deal_id
          AND event.name = 'ReviewRevealed' AND event.args ->> 'author' = review.author
        WHERE review.chain = ${context.caip2} AND review.subject = ANY(${[...wallets]}) AND review.score IS NOT NULL
          AND event.block_number <= ${block.number}
        LIMIT ${MAX_REVIEWS + 1}`
      if (rows.length > MAX_REVIEWS) throw new AppError('TOO_LARGE', `At most ${MAX_REVIEWS} reviews are summed up.`)
      const { reputation: contract } = context.deployment
      return reputationFrom(rows.map(factOf), { chain: context.caip2, contract, block, wallets: wallets as Hex[] })
    },
    { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead },
  )
}

async function lastBlock(tx: Prisma.TransactionClient, { caip2: chain, env }: Context): Promise<ReputationFacts['block']> {
  const at = await tx.chainCheckpoint.findUnique({ where: { chain } })
  if (at === null || at.stopped !== null) throw new AppError('UNAVAILABLE', 'What the chain says is not known at the moment.')
  if (env.devChain) return { number: Number(at.blockNumber), hash: at.blockHash }
  const where = { chain_number: { chain, number: at.finalizedNumber } }
  const block = at.finalizedNumber > 0n ? await tx.chainBlock.findUnique({ where, select: { hash: true } }) : null
  if (block === null) throw new AppError('UNAVAILABLE', 'No block of the chain is known to be final yet.')
  return { number: Number(at.finalizedNumber), hash: block.hash }
}

function factOf(row: Row): ReviewFact {
  return {
    dealId: row.deal_id,
    author: row.author,
    subject: row.subject,
    score: row.score,
    textHash: row.text_hash,
    transactionHash: row.tx_hash,
    blockNumber: Number(row.block_number),
    logIndex: row.log_index,
  }
}
