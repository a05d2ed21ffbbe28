import { type Action, type DealFacts, type Doer, isLate, type Transition, transitions } from './machine.ts'
import { type DealState, isOpen, type OpenState } from './state.ts'

const table: readonly Transition[] = transitions

export interface Outlook {
  /** First chain second at which the action is possible. */
  readonly at: number
  readonly action: Action
  /** Whoever of these acts first; the deal waits for one of them. */
  readonly by: readonly Doer[]
  readonly outcome: DealState
}

/**
 * What a deal comes to if nobody does anything before its deadline: the step that the deadline opens, who can then
 * take it, and where it leads. Null for a deal that does not exist or has ended.
 */
export function whatIfNobodyActs(facts: DealFacts): Outlook | null {
  const row = table.find((candidate) => candidate.when === 'late' && candidate.from.includes(facts.state))
  if (row === undefined) return null
  const outcome = row.to === 'same' ? facts.state : row.to
  return { at: facts.deadline + 1, action: row.do, by: row.by, outcome }
}

export interface Turn {
  /** Whose move the deal waits for. */
  readonly who: readonly ('buyer' | 'seller' | 'arbiter' | 'anyone')[]
  /** The move that takes the deal forward; others may be possible too, see `allowed`. */
  readonly action: Action
  /** Last chain second for it; null where nothing presses any more, because the deadline has passed already. */
  readonly until: number | null
}

const forward = {
  partlyFunded: { who: ['buyer'], action: 'fund' },
  funded: { who: ['seller'], action: 'ship' },
  shipped: { who: ['buyer'], action: 'deliver' },
  delivered: { who: ['buyer'], action: 'release' },
  disputed: { who: ['arbiter'], action: 'rule' },
} as const satisfies Record<OpenState, Pick<Turn, 'who' | 'action'>>

/** Whose turn it is, with which move and until when. Null for a deal that does not exist or has ended. */
export function whoseTurn(facts: DealFacts, nowSeconds: number): Turn | null {
  const { state } = facts
  if (!isOpen(state)) return null
  if (!isLate(facts, nowSeconds)) return { ...forward[state], until: facts.deadline }
  const opened = whatIfNobodyActs(facts)
  if (opened === null) return null
  return { who: opened.by.filter((doer) => doer !== 'both'), action: opened.action, until: null }
}
