import { Prisma } from '@fairhold/db/client'
import { isEnded } from '@fairhold/protocol/deal/state'
import { reviewTypedData } from '@fairhold/protocol/eip712/types'
import { reviewCommitment, reviewsCloseAt } from '@fairhold/protocol/reputation/review'
import { textHash } from '@fairhold/protocol/text'
import { type Address, type Hex, hashTypedData, zeroAddress } from 'viem'
import type { Context } from '../context.ts'
import { requireDeal, requireParty } from '../deals/service.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { notifyDeal } from '../http/notify.ts'
import { decodeCursor, pageFrom } from '../http/paging.ts'
import { isSigned } from '../http/signatures.ts'
import { peopleOf, personIn } from '../identity/people.ts'
import type { Reputation, SealedReviewIn } from './contract.ts'

interface Row {
  deal_id: string
  author: string
  subject: string
  score: number
  text: string | null
  revealed_at: bigint
  title: string | null
}

/**
 * Keeps a signed review until it may be read. The worker publishes it together with the other side's, or seals it on chain
 * before the time to review is over. Its words are fixed from the first moment, as the other side may be in already.
 */
export async function sealReview(context: Context, account: Account, review: SealedReviewIn) {
  const { dealId, score, text, secret, publishSignature, commitSignature } = review
  const row = await requireDeal(context, dealId)
  const side = requireParty(row, account)
  if (!isEnded(row.state)) throw new AppError('WRONG_STATE', 'A deal is reviewed after it has ended.')
  const author = row[side] as Address
  await requireOpenRound(context, { dealId, author, endedAt: Number(row.ended_at) })
  const hash = textHash(text)
  const opening = { dealId: dealId as Hex, author, score, textHash: hash, secret: secret as Hex }
  const commitment = reviewCommitment(opening)
  await requireSigned(context, { dealId: dealId as Hex, author, commitment, publishSignature, commitSignature })
  const signed = { publisher: context.env.publisher, publishSignature, commitSignature }
  await context.db.$transaction(async (tx) => {
    const data = { dealId, author, score, text, textHash: hash, secret, commitment, ...signed }
    const { count } = await tx.review.createMany({ data, skipDuplicates: true })
    if (count === 0) throw alreadyReviewed()
    await notifyDeal(tx, dealId, [row.buyer, row.seller])
  })
  return { commitment, textHash: hash }
}

const alreadyReviewed = () => new AppError('ALREADY_THERE', 'You have reviewed this deal.')

/** Whether the contract would still take this author's review: once, and not after the other side's may be public. */
async function requireOpenRound(
  context: Context,
  { dealId, author, endedAt }: { dealId: string; author: string; endedAt: number },
): Promise<void> {
  const select = { author: true, score: true }
  const onChain = await context.db.chainReview.findMany({ where: { chain: context.caip2, dealId }, select })
  if (onChain.some((one) => one.author === author)) throw alreadyReviewed()
  const isOver = onChain.some(({ score }) => score !== null) || reviewsCloseAt(endedAt) < (await context.chainNow())
  if (isOver) throw new AppError('WRONG_STATE', 'The time to review this deal is over.')
}

async function requireSigned(
  context: Context,
  review: { dealId: Hex; author: Address; commitment: Hex; publishSignature: string; commitSignature: string },
): Promise<void> {
  const { dealId, author, commitment, publishSignature, commitSignature } = review
  const isSignedFor = (publisher: Address, signature: string) => {
    const data = reviewTypedData({ dealId, author, commitment, publisher }, context.reputationDomain)
    return isSigned(context, { address: author, hash: hashTypedData(data), signature })
  }
  const signed = (await isSignedFor(context.env.publisher, publishSignature)) && (await isSignedFor(zeroAddress, commitSignature))
  if (!signed) throw new AppError('WRONG_SIGNATURE', 'The review was not signed by the account that is signed in.')
}

/** Revealed reviews of an account, newest first, and its mean score. */
export async function reputationOf(
  context: Context,
  subject: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Reputation> {
  const after = decodeCursor(cursor)
  const from = after ? Prisma.sql`AND (review.revealed_at, review.deal_id) < (${after.key}::numeric, ${after.id})` : Prisma.empty
  const rows = await context.db.$queryRaw<Row[]>(Prisma.sql`
    SELECT review.deal_id, review.author, review.subject, review.score, review.revealed_at, sealed.text, listing.title
    FROM chain.review
    LEFT JOIN app.review sealed ON sealed.deal_id = review.deal_id AND sealed.author = review.author AND sealed.text_hash = review.text_hash
    LEFT JOIN app.listing_unit unit ON unit.deal_id = review.deal_id
    LEFT JOIN app.listing ON listing.id = unit.listing_id
    WHERE review.chain = ${context.caip2} AND review.subject = ${subject} AND review.score IS NOT NULL ${from}
    ORDER BY review.revealed_at DESC, review.deal_id DESC LIMIT ${limit + 1}`)
  const people = await peopleOf(context, [subject, ...rows.map((row) => row.author)])
  const page = pageFrom(rows, limit, {
    cursorOf: (row) => ({ key: String(row.revealed_at), id: row.deal_id }),
    toItem: (row) => ({
      dealId: row.deal_id,
      author: personIn(people, row.author),
      subject: row.subject,
      score: row.score,
      text: row.text,
      revealedAt: Number(row.revealed_at),
      title: row.title,
    }),
  })
  return { ...page, rating: personIn(people, subject).rating }
}
