import type { DealVerb } from './deal-verbs'

/** Steps that can be signed for somebody else to send: everything that takes no payment of its own and one signature. */
const relayed = [
  'ship',
  'deliver',
  'release',
  'releasePart',
  'refund',
  'refundPart',
  'reclaim',
  'claim',
  'extend',
  'dispute',
  'awardByDefault',
  'cancelFunding',
] as const satisfies readonly DealVerb[]
export type RelayedVerb = (typeof relayed)[number]

export function isRelayed(verb: DealVerb): verb is RelayedVerb {
  return relayed.some((one) => one === verb)
}
