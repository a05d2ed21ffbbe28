/** Where a deal can stand. The order is the ordinal of `DealState` in Solidity; a test compares the two. */
export const states = [
  'none',
  'partlyFunded',
  'funded',
  'shipped',
  'delivered',
  'completed',
  'refunded',
  'settled',
  'disputed',
  'resolved',
  'cancelled',
] as const

export type DealState = (typeof states)[number]

/** States in which the contract holds the deal's money. */
export const openStates = ['partlyFunded', 'funded', 'shipped', 'delivered', 'disputed'] as const satisfies readonly DealState[]

/** States that nothing leads out of. */
export const finalStates = ['completed', 'refunded', 'settled', 'resolved', 'cancelled'] as const satisfies readonly DealState[]

/** Final states of a deal that was funded: its parties may review each other. */
export const endedStates = ['completed', 'refunded', 'settled', 'resolved'] as const satisfies readonly DealState[]

export type OpenState = (typeof openStates)[number]
export type FinalState = (typeof finalStates)[number]
export type EndedState = (typeof endedStates)[number]

/** The state's number in Solidity. */
export function ordinalOf(state: DealState): number {
  return states.indexOf(state)
}

/** The state of a Solidity ordinal, as `dealOf` returns it. Throws a RangeError for a number that is no state. */
export function stateOf(ordinal: number): DealState {
  const state = states[ordinal]
  if (state === undefined) throw new RangeError(`No deal state has the ordinal ${ordinal}`)
  return state
}

/** The states of a `DealStates` bitmap, as the error UnexpectedState carries it (bit n = ordinal n). */
export function statesOf(bitmap: number): DealState[] {
  return states.filter((_, ordinal) => ((bitmap >> ordinal) & 1) === 1)
}

/** The `DealStates` bitmap of a set of states. */
export function bitmapOf(set: readonly DealState[]): number {
  return set.reduce((bitmap, state) => bitmap | (1 << ordinalOf(state)), 0)
}

export function isOpen(state: DealState): state is OpenState {
  return openStates.some((open) => open === state)
}

export function isFinal(state: DealState): state is FinalState {
  return finalStates.some((final) => final === state)
}

/** Whether the deal was funded and has ended. */
export function isEnded(state: DealState): state is EndedState {
  return endedStates.some((ended) => ended === state)
}
