import { type DealState, states } from './state.ts'

/**
 * Everything that can be done to a deal: the names of the contract's functions. One is not: `fundPart` is the function `fund`
 * with less than what is missing.
 */
export const actions = [
  'open',
  'openInPart',
  'fund',
  'fundPart',
  'cancelFunding',
  'cancelOffer',
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
export type Action = (typeof actions)[number]

/** Who looks at a deal. */
export const actors = ['buyer', 'seller', 'arbiter', 'stranger'] as const
export type Actor = (typeof actors)[number]
export type Party = 'buyer' | 'seller'

/** Who may act. `both`: it takes the consent of buyer and seller, and then anyone may send it. */
export type Doer = 'buyer' | 'seller' | 'arbiter' | 'anyone' | 'both'

/** On time is until the deadline's own second, late is after it. */
export type When = 'always' | 'onTime' | 'late'

export interface Transition {
  readonly do: Action
  readonly from: readonly DealState[]
  readonly to: DealState | 'same'
  readonly by: readonly Doer[]
  readonly when: When
  /** The event that the contract logs: exactly one for each transition. */
  readonly emits: string
}

const underway = ['funded', 'shipped', 'delivered'] as const satisfies readonly DealState[]
const unsettled = ['partlyFunded', ...underway, 'disputed'] as const satisfies readonly DealState[]

/**
 * THE statement of what can happen to a deal: who may do what, from where, and when. The contract is tested against
 * every cell of it, and buttons, checks and docs/deal-machine.md follow from it. What is not listed is refused.
 * An action with several rows treats its doers or states differently.
 */
export const transitions = [
  // Who takes an offer opens the deal: the buyer an ask, the seller a bid.
  { do: 'open', from: ['none'], to: 'funded', by: ['buyer', 'seller'], when: 'always', emits: 'Opened' },
  {
    do: 'openInPart',
    from: ['none'],
    to: 'partlyFunded',
    by: ['buyer', 'seller'],
    when: 'always',
    emits: 'OpenedInPart',
  },
  { do: 'fund', from: ['partlyFunded'], to: 'funded', by: ['buyer'], when: 'onTime', emits: 'FullyFunded' },
  { do: 'fundPart', from: ['partlyFunded'], to: 'same', by: ['buyer'], when: 'onTime', emits: 'PartFunded' },
  {
    do: 'cancelFunding',
    from: ['partlyFunded'],
    to: 'refunded',
    by: ['buyer', 'seller'],
    when: 'late',
    emits: 'FundingCancelled',
  },
  {
    do: 'cancelOffer',
    from: ['none'],
    to: 'cancelled',
    by: ['buyer', 'seller'],
    when: 'always',
    emits: 'OfferVoided',
  },
  { do: 'ship', from: ['funded'], to: 'shipped', by: ['seller'], when: 'onTime', emits: 'Shipped' },
  { do: 'deliver', from: ['shipped'], to: 'delivered', by: ['buyer'], when: 'always', emits: 'Delivered' },
  { do: 'deliver', from: ['shipped'], to: 'delivered', by: ['seller'], when: 'late', emits: 'Delivered' },
  { do: 'release', from: underway, to: 'completed', by: ['buyer'], when: 'always', emits: 'Released' },
  { do: 'releasePart', from: underway, to: 'same', by: ['buyer'], when: 'always', emits: 'PartReleased' },
  { do: 'refund', from: underway, to: 'refunded', by: ['seller'], when: 'always', emits: 'Refunded' },
  { do: 'refundPart', from: underway, to: 'same', by: ['seller'], when: 'always', emits: 'PartRefunded' },
  { do: 'reclaim', from: ['funded'], to: 'refunded', by: ['buyer'], when: 'late', emits: 'Reclaimed' },
  { do: 'claim', from: ['delivered'], to: 'completed', by: ['anyone'], when: 'late', emits: 'Claimed' },
  { do: 'extend', from: ['funded'], to: 'same', by: ['buyer'], when: 'always', emits: 'Extended' },
  {
    do: 'extend',
    from: ['shipped', 'delivered'],
    to: 'same',
    by: ['seller'],
    when: 'always',
    emits: 'Extended',
  },
  { do: 'dispute', from: ['funded'], to: 'disputed', by: ['buyer'], when: 'always', emits: 'Disputed' },
  { do: 'dispute', from: ['funded'], to: 'disputed', by: ['seller'], when: 'onTime', emits: 'Disputed' },
  {
    do: 'dispute',
    from: ['shipped'],
    to: 'disputed',
    by: ['buyer', 'seller'],
    when: 'always',
    emits: 'Disputed',
  },
  { do: 'dispute', from: ['delivered'], to: 'disputed', by: ['buyer'], when: 'onTime', emits: 'Disputed' },
  { do: 'dispute', from: ['delivered'], to: 'disputed', by: ['seller'], when: 'always', emits: 'Disputed' },
  { do: 'settle', from: unsettled, to: 'settled', by: ['both'], when: 'always', emits: 'Settled' },
  { do: 'rule', from: ['disputed'], to: 'resolved', by: ['arbiter'], when: 'onTime', emits: 'Ruled' },
  {
    do: 'awardByDefault',
    from: ['disputed'],
    to: 'resolved',
    by: ['buyer', 'seller'],
    when: 'late',
    emits: 'AwardedByDefault',
  },
] as const satisfies readonly Transition[]

export type DealEventName = (typeof transitions)[number]['emits']

/** The contract's events that move a deal along this machine, in the table's order, each once. */
export const dealEventNames: readonly DealEventName[] = [...new Set(transitions.map((row) => row.emits))]

const table: readonly Transition[] = transitions

/** What decides what can be done to a deal. `deadline`: chain time in seconds; 0 in states that have none. */
export interface DealFacts {
  readonly state: DealState
  readonly deadline: number
}

export type Refusal = 'UnexpectedState' | 'WrongCaller' | 'TooEarly' | 'TooLate'
export type Verdict = { readonly allowed: true; readonly to: DealState } | { readonly allowed: false; readonly error: Refusal }

/** Whether the deadline has passed: the deadline's own second is still on time. */
export function isLate(facts: DealFacts, nowSeconds: number): boolean {
  return nowSeconds > facts.deadline
}

/** The states that an action can start from, in the order of `states`. */
export function statesFor(action: Action): DealState[] {
  return states.filter((state) => table.some((row) => row.do === action && row.from.includes(state)))
}

/**
 * Says what the contract answers to an action: where it leads, or the error it is refused with. Like the contract it
 * looks at the state first, then at the caller, then at the time. `settle` is taken to carry both signatures.
 */
export function verdictOn(action: Action, facts: DealFacts, actor: Actor, nowSeconds: number): Verdict {
  const here = table.filter((row) => row.do === action && row.from.includes(facts.state))
  if (here.length === 0) return { allowed: false, error: 'UnexpectedState' }
  const row = here.find((candidate) => candidate.by.some((doer) => mayCall(doer, actor)))
  if (row === undefined) return { allowed: false, error: 'WrongCaller' }
  const late = isLate(facts, nowSeconds)
  if (row.when === 'onTime' && late) return { allowed: false, error: 'TooLate' }
  if (row.when === 'late' && !late) return { allowed: false, error: 'TooEarly' }
  return { allowed: true, to: row.to === 'same' ? facts.state : row.to }
}

/**
 * The actions that the contract would accept from `actor` now, in the order of `actions`. A settlement is listed for
 * the two parties only, because theirs is the consent it takes, though anyone may send it once both signed.
 */
export function allowed(facts: DealFacts, actor: Actor, nowSeconds: number): Action[] {
  const isParty = actor === 'buyer' || actor === 'seller'
  return actions.filter((action) => (action !== 'settle' || isParty) && verdictOn(action, facts, actor, nowSeconds).allowed)
}

/** The state that an event leads to. Throws IllegalTransition where the machine knows no such step. */
export function next(state: DealState, eventName: string): DealState {
  const row = table.find((candidate) => candidate.emits === eventName && candidate.from.includes(state))
  if (row === undefined) throw new IllegalTransition(state, eventName)
  return row.to === 'same' ? state : row.to
}

/** Whether an event moves a deal along the machine (others, as Credited, belong to accounts). */
export function isDealEvent(name: string): name is DealEventName {
  return dealEventNames.some((known) => known === name)
}

/** Whom the current deadline protects, and who alone may therefore extend it; null where nobody may. */
export function protectedBy(state: DealState): Party | null {
  const row = table.find((candidate) => candidate.do === 'extend' && candidate.from.includes(state))
  if (row === undefined) return null
  return row.by.includes('buyer') ? 'buyer' : 'seller'
}

/** Buyer, seller, arbiter or stranger, by address; letter case does not matter. */
export function actorOf(account: string, roles: { seller: string; buyer: string; arbiter: string }): Actor {
  const same = (other: string): boolean => other.toLowerCase() === account.toLowerCase()
  if (same(roles.buyer)) return 'buyer'
  if (same(roles.seller)) return 'seller'
  if (same(roles.arbiter)) return 'arbiter'
  return 'stranger'
}

function mayCall(doer: Doer, actor: Actor): boolean {
  return doer === 'anyone' || doer === 'both' || doer === actor
}

/** An event that cannot follow from the state: the reader's picture of the chain is wrong, or its machine is. */
export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition'
  readonly state: DealState
  readonly eventName: string

  constructor(state: DealState, eventName: string) {
    super(`A deal that is ${state} cannot see the event ${eventName}`)
    this.state = state
    this.eventName = eventName
  }
}
