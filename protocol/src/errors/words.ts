import { type DealState, stateOf } from '../deal/state.ts'

/** What a person reads when something was refused or failed. */
export interface ErrorWords<Args> {
  readonly title: string
  /** What happened, with the values that the error carries. */
  readonly detail: (args: Args) => string
  /** False: nothing left anybody's account but network fees. Unknown: the transaction may still go through. */
  readonly moneyMoved: false | 'unknown'
  readonly whatToDo: string
}

const stateWords = {
  none: 'not open',
  partlyFunded: 'partly paid',
  funded: 'paid',
  shipped: 'shipped',
  delivered: 'delivered',
  completed: 'completed',
  refunded: 'refunded',
  settled: 'settled',
  disputed: 'in dispute',
  resolved: 'resolved',
  cancelled: 'cancelled',
} as const satisfies Record<DealState, string>

/** A state in a sentence. */
export function wordOf(state: DealState): string {
  return stateWords[state]
}

/** A Solidity ordinal in a sentence; a number that is no state is shown as it is. */
export function wordOfOrdinal(ordinal: number): string {
  try {
    return stateWords[stateOf(ordinal)]
  } catch {
    return `state ${ordinal}`
  }
}

/** A chain time, in seconds, in a sentence: minutes are enough, and UTC is the same for both sides. */
export function timeOf(seconds: bigint | number): string {
  const date = new Date(Number(seconds) * 1000)
  if (Number.isNaN(date.getTime())) return `second ${seconds}`
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** Basis points in a sentence: 250 is "2.5 %". */
export function percentOf(bps: bigint | number): string {
  return `${Number(bps) / 100} %`
}

/** An address short enough for a sentence. */
export function shortOf(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`
}

/** Several words as one list in a sentence. */
export function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
