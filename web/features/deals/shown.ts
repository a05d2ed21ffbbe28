import type { DealState } from '@fairhold/protocol/deal/state'

/** How a viewer stands to a deal. */
export type Viewer = 'buyer' | 'seller' | 'arbiter' | 'stranger'
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

/** How every state of a deal looks; its words are in the catalogue `deals`. */
export const stateTones = {
  none: 'neutral',
  partlyFunded: 'info',
  funded: 'info',
  shipped: 'info',
  delivered: 'info',
  completed: 'success',
  refunded: 'neutral',
  settled: 'success',
  disputed: 'warning',
  resolved: 'success',
  cancelled: 'neutral',
} as const satisfies Record<DealState, Tone>

/** Events of a deal's contract that the timeline tells. */
export const toldEvents = [
  'Opened',
  'OpenedInPart',
  'PartFunded',
  'FullyFunded',
  'FundingCancelled',
  'Shipped',
  'Delivered',
  'Released',
  'PartReleased',
  'Refunded',
  'PartRefunded',
  'Reclaimed',
  'Claimed',
  'Extended',
  'Disputed',
  'Settled',
  'Ruled',
  'AwardedByDefault',
  'FeesCollected',
  'ReviewCommitted',
  'ReviewRevealed',
] as const
export type ToldEvent = (typeof toldEvents)[number]

export function isTold(name: string): name is ToldEvent {
  return toldEvents.some((told) => told === name)
}
