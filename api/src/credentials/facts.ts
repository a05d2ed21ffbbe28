import { concatHex, type Hex, keccak256, numberToHex, padHex } from 'viem'
import { z } from 'zod'

/** What the chain says of a review (event ReviewRevealed), and where it says it. */
export interface ReviewFact {
  dealId: Hex
  author: Hex
  subject: Hex
  /** 1 to 5. */
  score: number
  textHash: Hex
  transactionHash: Hex
  blockNumber: number
  logIndex: number
}

const hex = (bytes: number) => z.string().regex(new RegExp(`^0x[0-9a-f]{${bytes * 2}}$`))
const count = z.number().int().min(0).max(1_000_000)

/** A reputation, and all that anybody with a node needs to compute it again. */
export const reputationFactsShape = z.strictObject({
  /** CAIP-2. */
  chain: z.string().regex(/^eip155:[1-9][0-9]{0,15}$/),
  /** The reputation contract. */
  contract: hex(20),
  /** The last block that is counted. */
  block: z.strictObject({ number: z.number().int().min(0), hash: hex(32) }),
  /** Whose reviews, in order. */
  wallets: z.array(hex(20)).min(1).max(20),
  reviews: z.strictObject({
    count,
    /** Of all scores; the mean is scoreSum / count. */
    scoreSum: z.number().int().min(0).max(5_000_000),
    /** The mean with two decimals; null without reviews. */
    average: z
      .string()
      .regex(/^[1-5]\.[0-9]{2}$/)
      .nullable(),
    /** How many gave 1, 2, 3, 4 and 5. */
    byScore: z.tuple([count, count, count, count, count]),
    /** From how many accounts. */
    authors: count,
    /** Of the reviews in order: see `hashOfReviews`. */
    hash: hex(32),
  }),
})
export type ReputationFacts = z.infer<typeof reputationFactsShape>

/**
 * Computes a reputation from the reviews that the chain has up to a block. The same for whoever computes it: the api from its
 * index, a verifier from a node.
 */
export function reputationFrom(
  reviews: readonly ReviewFact[],
  where: Pick<ReputationFacts, 'chain' | 'contract' | 'block' | 'wallets'>,
): ReputationFacts {
  const wallets = where.wallets.toSorted()
  const byScore: ReputationFacts['reviews']['byScore'] = [0, 0, 0, 0, 0]
  for (const { score } of reviews) byScore[score - 1] = (byScore[score - 1] ?? 0) + 1
  const scoreSum = byScore.reduce((sum, many, index) => sum + many * (index + 1), 0)
  const authors = new Set(reviews.map(({ author }) => author)).size
  const average = reviews.length === 0 ? null : meanOf(scoreSum, reviews.length)
  return {
    ...where,
    wallets,
    reviews: { count: reviews.length, scoreSum, average, byScore, authors, hash: hashOfReviews(reviews) },
  }
}

/**
 * keccak256 of all reviews one after another in the order of the chain (block, then position in it), each as five words of 32
 * bytes: deal id, author, score, hash of the text, hash of the transaction. Zero where there is none.
 */
export function hashOfReviews(reviews: readonly ReviewFact[]): Hex {
  const inOrder = reviews.toSorted((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex)
  if (inOrder.length === 0) return padHex('0x')
  const words = inOrder.flatMap(({ dealId, author, score, textHash, transactionHash }) => [
    dealId,
    padHex(author),
    numberToHex(score, { size: 32 }),
    textHash,
    transactionHash,
  ])
  return keccak256(concatHex(words))
}

/** With two decimals, half up, without fractions on the way. */
function meanOf(sum: number, many: number): string {
  const hundredths = Math.floor((sum * 200 + many) / (many * 2))
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}
