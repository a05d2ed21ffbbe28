import type { Action } from '@fairhold/protocol/deal/machine'
import type { DealState } from '@fairhold/protocol/deal/state'
import type { DealVerb } from './deal-verbs'
import type { Viewer } from './shown'

/** The step to show large, by state and viewer, best first: the first one that is allowed wins. */
const preferred: Partial<Record<DealState, Partial<Record<Viewer, readonly DealVerb[]>>>> = {
  partlyFunded: { buyer: ['fund', 'cancelFunding'], seller: ['cancelFunding'] },
  funded: { seller: ['ship'], buyer: ['reclaim'] },
  shipped: { buyer: ['deliver'], seller: ['deliver'] },
  delivered: { buyer: ['release', 'claim'], seller: ['claim'] },
  disputed: { arbiter: ['rule'], buyer: ['awardByDefault', 'settle'], seller: ['awardByDefault', 'settle'] },
}

/** The others: what can be taken back or needs consent first, what ends the deal last. */
const order: readonly DealVerb[] = [
  'fund',
  'fundPart',
  'ship',
  'deliver',
  'claim',
  'reclaim',
  'cancelFunding',
  'awardByDefault',
  'rule',
  'settle',
  'extend',
  'releasePart',
  'refundPart',
  'release',
  'refund',
  'dispute',
]

/** One obvious next step, and the others that the contract would accept from the viewer now. */
export function stepsFor(
  state: DealState,
  viewer: Viewer,
  actions: readonly Action[],
): {
  main: DealVerb | null
  others: DealVerb[]
} {
  const possible = order.filter((verb) => actions.includes(verb))
  const main = preferred[state]?.[viewer]?.find((verb) => possible.includes(verb)) ?? null
  return { main, others: possible.filter((verb) => verb !== main) }
}
