import type { ChainEvent } from './event.ts'

/** A row of chain.review. Score and text hash are null as long as the review is sealed. */
export type ReviewRow = {
  deal_id: string
  author: string
  subject: string
  commitment: string
  committed_at: number
  score: number | null
  text_hash: string | null
  revealed_at: number | null
}

/**
 * A deal's reviews, by author, after an event; other events leave them as they are.
 * @throws IllegalReview where a review is committed twice, or revealed without a commitment or twice.
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
  if (event.name === 'ReviewRevealed') {
    if (row === undefined || row.score !== null) throw new IllegalReview(event.name, event.args.author)
    return { ...row, score: event.args.score, text_hash: event.args.textHash, revealed_at: event.timestamp }
  }
  const { dealId, author, subject, commitment } = event.args
  if (row !== undefined) throw new IllegalReview(event.name, author)
  return {
    deal_id: dealId,
    author,
    subject,
    commitment,
    committed_at: event.timestamp,
    score: null,
    text_hash: null,
    revealed_at: null,
  }
}

/** A review event that cannot follow from what came before. */
export class IllegalReview extends Error {
  override readonly name = 'IllegalReview'

  constructor(eventName: string, author: string) {
    super(`A review of ${author} cannot see the event ${eventName}`)
  }
}
