/** Actions that a person can start on the deal page, as the state machine names them. Their words are in the catalogue `deals`. */
export const dealVerbs = [
  'fund',
  'fundPart',
  'cancelFunding',
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
  'settle',
  'rule',
  'awardByDefault',
] as const
export type DealVerb = (typeof dealVerbs)[number]

/** What should not be pressed lightly. */
const dangerous: readonly DealVerb[] = ['cancelFunding', 'refund', 'dispute']

export function isDangerous(verb: DealVerb): boolean {
  return dangerous.includes(verb)
}

/** States in which paying out is early: the buyer has not looked the item over. */
export const earlyStates = ['funded', 'shipped'] as const

export function isEarly(state: string): state is (typeof earlyStates)[number] {
  return earlyStates.some((early) => early === state)
}
