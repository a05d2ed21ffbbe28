import type { DealState } from '@fairhold/protocol/deal/state'

/** How a viewer stands to a deal. */
export type Viewer = 'buyer' | 'seller' | 'arbiter' | 'stranger'
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

type StateWords = {
  label: string
  tone: Tone
  /** What this state means, to each viewer; `late` once the deadline has passed. */
  means: Record<Viewer, { onTime: string; late: string }>
}

const same = (onTime: string, late = onTime): Record<Viewer, { onTime: string; late: string }> => ({
  buyer: { onTime, late },
  seller: { onTime, late },
  arbiter: { onTime, late },
  stranger: { onTime, late },
})

/** The words of every state of a deal. */
export const stateWords = {
  none: { label: 'Not opened', tone: 'neutral', means: same('Nobody has bought this yet.') },
  partlyFunded: { label: 'Partly paid', tone: 'info', means: same('Part of the price is in the contract.') },
  funded: {
    label: 'Paid, waiting to be shipped',
    tone: 'info',
    means: {
      buyer: {
        onTime: 'Your money waits in the contract. The seller now has to ship.',
        late: 'The seller did not ship in time. You can take all your money back.',
      },
      seller: {
        onTime: 'The buyer has paid into the contract. Ship the item now.',
        late: 'The time to ship is over. The buyer can take the money back.',
      },
      arbiter: { onTime: 'Paid. The seller has to ship.', late: 'Paid, but not shipped in time.' },
      stranger: { onTime: 'Paid. The seller has to ship.', late: 'Paid, but not shipped in time.' },
    },
  },
  shipped: {
    label: 'On its way',
    tone: 'info',
    means: {
      buyer: {
        onTime: 'The item is on its way to you. Confirm when it has arrived.',
        late: 'The time for delivery is over. The seller may now declare it delivered.',
      },
      seller: {
        onTime: 'You shipped it. The buyer confirms when it arrives.',
        late: 'The time for delivery is over. You may declare it delivered.',
      },
      arbiter: { onTime: 'The item is on its way.', late: 'The time for delivery is over.' },
      stranger: { onTime: 'The item is on its way.', late: 'The time for delivery is over.' },
    },
  },
  delivered: {
    label: 'Delivered, being inspected',
    tone: 'info',
    means: {
      buyer: {
        onTime: 'Look the item over. If all is well, release the money; if not, say so before the time is up.',
        late: 'The time to inspect is over. The seller is being paid.',
      },
      seller: {
        onTime: 'The buyer is inspecting the item. You are paid when the time is up at the latest.',
        late: 'The time to inspect is over. You can be paid now.',
      },
      arbiter: { onTime: 'The buyer is inspecting the item.', late: 'The time to inspect is over.' },
      stranger: { onTime: 'The buyer is inspecting the item.', late: 'The time to inspect is over.' },
    },
  },
  completed: {
    label: 'Completed',
    tone: 'success',
    means: same('The seller was paid. This deal is over.'),
  },
  refunded: {
    label: 'Refunded',
    tone: 'neutral',
    means: same('The money went back to the buyer. This deal is over.'),
  },
  settled: {
    label: 'Settled by agreement',
    tone: 'success',
    means: same('Both sides signed a split and it was paid out. This deal is over.'),
  },
  disputed: {
    label: 'In dispute',
    tone: 'warning',
    means: {
      buyer: {
        onTime: 'The arbiter decides who gets what. You can still agree on a split with the seller.',
        late: 'The arbiter did not rule in time. Either side can have the agreed default paid out.',
      },
      seller: {
        onTime: 'The arbiter decides who gets what. You can still agree on a split with the buyer.',
        late: 'The arbiter did not rule in time. Either side can have the agreed default paid out.',
      },
      arbiter: {
        onTime: 'Read both statements and rule.',
        late: 'Your time to rule is over. The parties can have the agreed default paid out.',
      },
      stranger: { onTime: 'The arbiter decides.', late: 'The arbiter did not rule in time.' },
    },
  },
  resolved: {
    label: 'Decided',
    tone: 'success',
    means: same('What was left in the deal has been split and paid out. This deal is over.'),
  },
  cancelled: {
    label: 'Offer withdrawn',
    tone: 'neutral',
    means: same('The seller withdrew this offer on the chain before anyone took it.'),
  },
} satisfies Record<DealState, StateWords>

/** Names of events in the timeline. */
export const eventWords: Record<string, string> = {
  Opened: 'Paid into the contract',
  Shipped: 'Shipped',
  Delivered: 'Delivered',
  Released: 'Money released to the seller',
  PartReleased: 'Part released to the seller',
  Refunded: 'Refunded to the buyer',
  PartRefunded: 'Part refunded to the buyer',
  Reclaimed: 'Taken back by the buyer',
  Claimed: 'Paid out after inspection time',
  Extended: 'Deadline extended',
  Disputed: 'Dispute opened',
  Settled: 'Split paid out',
  Ruled: 'Arbiter ruled',
  AwardedByDefault: 'Default award paid out',
  ReviewCommitted: 'Review sealed',
  ReviewRevealed: 'Review published',
}

type ActionWords = { button: string; title: string; explain: string; done: string; danger?: boolean }

/** Actions that a person can start on the deal page, as the state machine names them. */
export type DealVerb =
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

/** The words of a write on its way. */
export const sendWords = {
  preparing: 'Getting ready…',
  checking: 'Checking that it will work…',
  signing: 'Waiting for your signature in the wallet…',
  mining: 'Sent. Waiting for the next block…',
  indexing: 'In a block. Updating this page…',
  unseen: 'It is on the chain. This page will catch up shortly.',
  moneyMoved: 'Money has moved.',
  noMoneyMoved: 'No money has moved.',
  moneyUnknown: 'Whether money moved is not known yet.',
  close: 'Close',
  again: 'Try again',
} as const

export const dealCopy = {
  listTitle: 'My deals',
  purchases: 'Purchases',
  sales: 'Sales',
  noPurchases: { title: 'Nothing bought yet', text: 'When you buy something, it shows here until the deal is over.' },
  noSales: { title: 'Nothing sold yet', text: 'When somebody buys from you, it shows here.' },
  openCases: 'Open cases',
  endedCases: 'Ended',
  noOpenCases: { title: 'No open cases', text: 'When a deal that names you as its arbiter is disputed, it shows here.' },
  noEndedCases: { title: 'No ended cases', text: 'Disputes that you decided, or that the parties settled, show here.' },
  needsYou: 'Your turn',
  waiting: 'Waiting for the other side',
  over: 'Over',
  browse: 'Browse the market',
  sell: 'Sell something',
  failedList: 'Your deals could not be loaded.',
  loadMore: 'Show more',
  whoseTurn: {
    you: 'It is your turn.',
    buyer: 'It is the buyer’s turn.',
    seller: 'It is the seller’s turn.',
    arbiter: 'It is the arbiter’s turn.',
    nobody: 'Nothing is left to do.',
  },
  until: 'until',
  deadlinePassed: 'The time was up on',
  ifNobodyActs: 'If nobody acts',
  nextStep: 'What you can do',
  otherSteps: 'Other things you can do',
  nothingToDo: 'There is nothing for you to do right now.',
  signInToAct: 'Sign in as the buyer, the seller or the arbiter to act on this deal.',
  money: 'The money',
  timeline: 'What happened',
  shipping: 'Shipping',
  statements: 'Statements',
  proposals: 'Split proposals',
  ruling: 'Ruling',
  reviews: 'Reviews',
  terms: 'Terms of this deal',
  you: 'you',
} as const
