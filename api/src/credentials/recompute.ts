import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { getAbiItem, type Hex, type PublicClient } from 'viem'
import { type ReputationFacts, type ReviewFact, reputationFrom } from './facts.ts'

/** Blocks asked for at once at first; a node that refuses so many is asked for half. */
const RANGE = 50_000
const event = getAbiItem({ abi: reputationAbi, name: 'ReviewRevealed' })

/**
 * Computes a reputation again from a node: for the same wallets, up to the same block. @throws ChainDiffers where the node is of
 * another chain, or has another block at that height: the credential was made on a branch that the chain has left.
 */
export async function recomputeReputation(
  chain: PublicClient,
  claimed: ReputationFacts,
  fromBlock: number,
): Promise<ReputationFacts> {
  const id = `eip155:${await chain.getChainId()}`
  if (id !== claimed.chain) throw new ChainDiffers(`The node is of chain ${id}, the credential is about ${claimed.chain}.`)
  const block = await chain.getBlock({ blockNumber: BigInt(claimed.block.number) })
  if (block.hash !== claimed.block.hash) throw new ChainDiffers(`Block ${claimed.block.number} of the node has another hash.`)
  const reviews = await readReviews(chain, claimed, fromBlock)
  return reputationFrom(reviews, { ...claimed })
}

async function readReviews(
  chain: PublicClient,
  { contract, wallets, block }: ReputationFacts,
  from: number,
): Promise<ReviewFact[]> {
  const found: ReviewFact[] = []
  let [next, range] = [from, RANGE]
  while (next <= block.number) {
    const last = Math.min(next + range - 1, block.number)
    const filter = { address: contract as Hex, event, args: { subject: wallets as Hex[] }, strict: true } as const
    const logs = await chain.getLogs({ ...filter, fromBlock: BigInt(next), toBlock: BigInt(last) }).catch((error: unknown) => {
      if (range === 1) throw error
      return null
    })
    if (logs === null) {
      range = Math.ceil(range / 4)
      continue
    }
    for (const { args, transactionHash, blockNumber, logIndex } of logs) {
      const { dealId, author, subject, score, textHash } = args
      const people = { author: author.toLowerCase() as Hex, subject: subject.toLowerCase() as Hex }
      found.push({ dealId, ...people, score, textHash, transactionHash, blockNumber: Number(blockNumber), logIndex })
    }
    next = last + 1
  }
  return found
}

/** The node does not have the chain that a credential is about. */
export class ChainDiffers extends Error {
  override readonly name = 'ChainDiffers'
}
