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
  partlyFunded: {
    label: 'Partly paid',
    tone: 'info',
    means: {
      buyer: {
        onTime: 'What you paid waits in the contract. Pay the rest in time, and the seller ships.',
        late: 'The time to pay the rest is over. Cancel the deal to get back what you paid.',
      },
      seller: {
        onTime: 'The buyer paid a part. Do not ship before the rest is in.',
        late: 'The rest did not come in time. You can cancel the deal, and what was paid goes back.',
      },
      arbiter: { onTime: 'Part of the price is in the contract.', late: 'The rest did not come in time.' },
      stranger: { onTime: 'Part of the price is in the contract.', late: 'The rest did not come in time.' },
    },
  },
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
  OpenedInPart: 'Deposit paid into the contract',
  PartFunded: 'Instalment paid',
  FullyFunded: 'The rest is paid',
  FundingCancelled: 'Cancelled, as the rest did not come',
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
  FeesCollected: 'Fees collected',
  ReviewCommitted: 'Review sealed on the chain',
  ReviewRevealed: 'Review published',
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
  moneyRows: {
    price: 'Price',
    paid: 'Paid so far',
    rest: 'Still to pay',
    remaining: 'Waiting in the contract',
    toSeller: 'Paid to the seller',
    toBuyer: 'Back to the buyer',
    operatorFee: 'Marketplace fee',
    arbiterFee: 'Arbiter’s fee',
  },
  restDue: 'The rest is due until',
  feesWait: 'The fees have not been sent to their owners yet. This market does that for many deals at once.',
  timeline: 'What happened',
  shipping: 'Shipping',
  shippingUnreadable: {
    title: 'The address and the tracking number cannot be read just now',
    text: 'They are encrypted, and their key is out of reach. Nothing is lost. Look again in a while; the money in this deal does not depend on it.',
  },
  statements: 'Statements',
  proposals: 'Split proposals',
  ruling: 'Ruling',
  reviews: 'Reviews',
  terms: 'Terms of this deal',
  you: 'you',
} as const
