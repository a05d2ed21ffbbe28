import { Prisma } from '@fairhold/db/client'
import { isEnded } from '@fairhold/protocol/deal/state'
import { REVIEW_WINDOW_SECONDS, reviewCommitment } from '@fairhold/protocol/reputation/review'
import { textHash } from '@fairhold/protocol/text'
import type { Address, Hex } from 'viem'
import type { Context } from '../context.ts'
import { requireDeal, requireParty } from '../deals/service.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { decodeCursor, pageFrom } from '../http/paging.ts'
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
 * Keeps a review until it may be read, and says what to commit to on chain. It can be written anew as long as
 * nothing has been committed; after that its words are fixed.
 */
export async function sealReview(context: Context, account: Account, review: SealedReviewIn) {
  const { dealId, score, text, secret } = review
  const row = await requireDeal(context, dealId)
  requireParty(row, account)
  if (!isEnded(row.state)) throw new AppError('WRONG_STATE', 'A deal is reviewed after it has ended.')
  const key = { dealId, author: account.address }
  await requireOpenRound(context, key)
  const hash = textHash(text)
  const commitment = reviewCommitment({
    dealId: dealId as Hex,
    author: account.address as Address,
    score,
    textHash: hash,
    secret: secret as Hex,
  })
  const data = { score, text, secret, commitment }
  await context.db.review.upsert({ where: { dealId_author: key }, create: { ...key, ...data }, update: data })
  return { commitment, textHash: hash }
}

/** Whether the contract would still take this author's commitment: once, and not after the other side's may be public. */
async function requireOpenRound(context: Context, { dealId, author }: { dealId: string; author: string }): Promise<void> {
  const select = { author: true, committedAt: true, score: true }
  const committed = await context.db.chainReview.findMany({ where: { dealId }, select })
  if (committed.some((one) => one.author === author)) throw new AppError('ALREADY_THERE', 'You have reviewed this deal.')
  const now = await context.chainNow()
  const isOver = committed.some((one) => one.score !== null || Number(one.committedAt) + REVIEW_WINDOW_SECONDS < now)
  if (isOver) throw new AppError('WRONG_STATE', 'The time to review this deal is over.')
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
    LEFT JOIN app.review sealed ON sealed.deal_id = review.deal_id AND sealed.author = review.author AND sealed.commitment = review.commitment
    LEFT JOIN app.listing_unit unit ON unit.deal_id = review.deal_id
    LEFT JOIN app.listing ON listing.id = unit.listing_id
    WHERE review.subject = ${subject} AND review.score IS NOT NULL ${from}
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
