import { IllegalTransition } from '@fairhold/protocol/deal/machine'
import { type DealRow, projectDeal } from './deal.ts'
import type { ChainEvent } from './event.ts'
import { type OfferVoidRow, projectOfferVoid } from './offer.ts'
import { IllegalReview, projectReviews, type ReviewRow } from './review.ts'

/** Everything that is kept about one deal id: a fold of its events. */
export type DealHistory = {
  deal: DealRow | null
  offerVoid: OfferVoidRow | null
  reviews: ReadonlyMap<string, ReviewRow>
  /** Set at the first event that could not follow: the rows stay as they were before it, later events are not read. */
  halted: HaltRow | null
}

/** A row of chain.halt. */
export type HaltRow = { deal_id: string; event_name: string; block_number: number; log_index: number; reason: string }

/** What is kept about a deal id of which nothing happened yet. */
export const noHistory: DealHistory = { deal: null, offerVoid: null, reviews: new Map(), halted: null }

/**
 * Folds events of one deal id, in chain order, onto what was kept before them. The same events give the same rows, whenever and
 * in however many parts they are folded.
 */
export function foldHistory(events: readonly ChainEvent[], before: DealHistory = noHistory): DealHistory {
  return events.reduce(step, before)
}

/** Sorts events into deals, in the order in which they come. Events that belong to no deal are left out. */
export function byDeal(events: readonly ChainEvent[]): Map<string, ChainEvent[]> {
  const groups = new Map<string, ChainEvent[]>()
  for (const event of events) {
    if (event.deal_id === null) continue
    const group = groups.get(event.deal_id)
    if (group === undefined) groups.set(event.deal_id, [event])
    else group.push(event)
  }
  return groups
}

function step(history: DealHistory, event: ChainEvent): DealHistory {
  if (history.halted !== null) return history
  try {
    return {
      deal: projectDeal(event, history.deal, history.offerVoid !== null),
      offerVoid: projectOfferVoid(event, history.offerVoid),
      reviews: projectReviews(event, history.reviews),
      halted: null,
    }
  } catch (error) {
    if (!(error instanceof IllegalTransition) && !(error instanceof IllegalReview)) throw error
    const { name: event_name, block_number, log_index } = event
    const halted = { deal_id: event.deal_id ?? '', event_name, block_number, log_index, reason: error.message }
    return { ...history, halted }
  }
}
