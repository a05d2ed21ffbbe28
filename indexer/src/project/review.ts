import type { ChainEvent } from './event.ts'

/**
 * A row of chain.review. Score and text hash are null as long as the review is sealed. A review that was signed off chain and
 * published together with the other side's has no commitment on chain.
 */
export type ReviewRow = {
  deal_id: string
  author: string
  subject: string
  commitment: string | null
  committed_at: number | null
  score: number | null
  text_hash: string | null
  revealed_at: number | null
}

/**
 * A deal's reviews, by author, after an event; other events leave them as they are.
 * @throws IllegalReview where a review is committed twice or after it was revealed, or revealed twice.
 */
export function projectReviews(event: ChainEvent, rows: ReadonlyMap<string, ReviewRow>): ReadonlyMap<string, ReviewRow> {
  if (event.name !== 'ReviewCommitted' && event.name !== 'ReviewRevealed') return rows
  const { author } = event.args
  return new Map(rows).set(author, reviewAfter(event, rows.get(author)))
}

function reviewAfter(
  event: Extract<ChainEvent, { name: 'ReviewCommitted' | 'ReviewRevealed' }>,
  row: ReviewRow | undefined,
): ReviewRow {
  const { dealId, author, subject } = event.args
  const sealed = { deal_id: dealId, author, subject, commitment: null, committed_at: null }
  if (event.name === 'ReviewRevealed') {
    if (row !== undefined && row.score !== null) throw new IllegalReview(event.name, author)
    const { score, textHash } = event.args
    return { ...(row ?? sealed), score, text_hash: textHash, revealed_at: event.timestamp }
  }
  if (row !== undefined) throw new IllegalReview(event.name, author)
  const { commitment } = event.args
  const unread = { score: null, text_hash: null, revealed_at: null }
  return { ...sealed, commitment, committed_at: event.timestamp, ...unread }
}

/** A review event that cannot follow from what came before. */
export class IllegalReview extends Error {
  override readonly name = 'IllegalReview'

  constructor(eventName: string, author: string) {
    super(`A review of ${author} cannot see the event ${eventName}`)
  }
}
