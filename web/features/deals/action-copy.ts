import type { DealState } from '@fairhold/protocol/deal/state'

type ActionWords = { button: string; title: string; explain: string; done: string; danger?: boolean }

/** Actions that a person can start on the deal page, as the state machine names them. */
export type DealVerb =
  | 'fund'
  | 'fundPart'
  | 'cancelFunding'
  | 'ship'
  | 'deliver'
  | 'release'
  | 'releasePart'
  | 'refund'
  | 'refundPart'
  | 'reclaim'
  | 'claim'
  | 'extend'
  | 'dispute'
  | 'settle'
  | 'rule'
  | 'awardByDefault'

/** The words of every action. `explain` says what happens to the money. */
export const actionWords = {
  fund: {
    button: 'Pay the rest',
    title: 'Pay the rest',
    explain: 'What is missing goes into the contract, not to the seller. The time to ship starts then.',
    done: 'All is paid. The seller ships now.',
  },
  fundPart: {
    button: 'Pay a part',
    title: 'Pay an instalment',
    explain: 'It goes into the contract, not to the seller. The time for the rest stays as it is.',
    done: 'The instalment is paid.',
  },
  cancelFunding: {
    button: 'Cancel the deal',
    title: 'Cancel the deal?',
    explain: 'The price did not come in time. All that was paid goes back to the buyer, and the deal is over.',
    done: 'What was paid went back to the buyer.',
    danger: true,
  },
  ship: {
    button: 'Mark as shipped',
    title: 'Mark as shipped',
    explain: 'The buyer sees carrier and number. The chain keeps only a fingerprint of them.',
    done: 'Marked as shipped.',
  },
  deliver: {
    button: 'Confirm delivery',
    title: 'Confirm delivery',
    explain: 'No money moves yet. The time to inspect starts now.',
    done: 'Delivery is confirmed.',
  },
  release: {
    button: 'Release the money',
    title: 'Release all the money to the seller?',
    explain: 'Everything left in the deal goes to the seller. This cannot be undone.',
    done: 'The money went to the seller.',
  },
  releasePart: {
    button: 'Release a part',
    title: 'Release a part to the seller',
    explain: 'The part goes to the seller now and cannot be taken back. The deal goes on with the rest.',
    done: 'The part went to the seller.',
  },
  refund: {
    button: 'Refund the buyer',
    title: 'Refund everything to the buyer?',
    explain: 'Everything left in the deal goes back to the buyer. This cannot be undone.',
    done: 'The money went back to the buyer.',
    danger: true,
  },
  refundPart: {
    button: 'Refund a part',
    title: 'Refund a part to the buyer',
    explain: 'The part goes back to the buyer now. The deal goes on with the rest.',
    done: 'The part went back to the buyer.',
  },
  reclaim: {
    button: 'Take your money back',
    title: 'Take your money back',
    explain: 'The seller did not ship in time. Everything left in the deal goes back to you.',
    done: 'Your money is back.',
  },
  claim: {
    button: 'Get paid',
    title: 'Have the seller paid',
    explain: 'The time to inspect is over. Everything left in the deal goes to the seller.',
    done: 'The seller was paid.',
  },
  extend: {
    button: 'Give more time',
    title: 'Give the other side more time',
    explain: 'Moves the deadline. You cannot take the extra time back.',
    done: 'The deadline has moved.',
  },
  dispute: {
    button: 'Open a dispute',
    title: 'Open a dispute',
    explain: 'The arbiter reads both sides and splits what is left. If the arbiter rules, its fee comes out of what is left.',
    done: 'The dispute is open.',
    danger: true,
  },
  settle: {
    button: 'Propose a split',
    title: 'Agree on a split',
    explain: 'You sign how to split what is left. It is paid out once the other side signs the same split. No arbiter fee.',
    done: 'The split was paid out.',
  },
  rule: {
    button: 'Rule on this case',
    title: 'Your ruling',
    explain: 'What is left is split as you say, less your fee. This is final.',
    done: 'The ruling was paid out.',
  },
  awardByDefault: {
    button: 'Pay out the default award',
    title: 'Pay out the default award',
    explain: 'The arbiter stayed silent. What is left is split as the terms say, with no arbiter fee.',
    done: 'The default award was paid out.',
  },
} satisfies Record<DealVerb, ActionWords>

/** What an instalment form asks and shows. */
export const payWords = {
  now: 'You pay now',
  amount: 'Amount',
  left: 'Left to pay after that',
  tooMuch: 'Give an amount that is less than what is missing. To pay all of it, use “Pay the rest”.',
  allowance: 'Your wallet asks twice: to allow the amount, and to pay it.',
} as const

/** Who gets what, before an action is sent. */
export const payoutWords = {
  toSeller: 'The seller gets',
  toBuyer: 'The buyer gets back',
  operatorFee: 'Marketplace fee',
} as const

/** What a buyer should hear before paying out early: null where the item has been delivered. */
export const earlyRelease: Partial<Record<DealState, string>> = {
  funded: 'The seller has not shipped yet. Release only if you already have the item.',
  shipped: 'The item is still on its way. Release only if you already have it and looked it over.',
}
