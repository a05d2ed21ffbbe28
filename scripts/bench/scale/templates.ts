import type { TermsJson } from '@fairhold/protocol/deal/terms'
import { zeroAddress } from 'viem'
import type { ChainEvent } from '../../../indexer/src/project/event.ts'
import { BLOCK_SECONDS, contracts, GENESIS_TIME } from '../workload.ts'
import { accountOf, operator, wordOf } from './accounts.ts'

const DAY = 86_400
const PRICE = 10n ** 18n
const FEE = PRICE / 40n
const HASH = wordOf('hash', 0)

/** Who stands for what every copy has its own of. No other text of a template has these values in it. */
export const stand = {
  seller: accountOf('template', 1),
  buyer: accountOf('template', 2),
  arbiter: accountOf('template', 3),
  item: wordOf('template', 4),
  salt: '777000777000777',
}

type Moment =
  | 'Opened'
  | 'Shipped'
  | 'Delivered'
  | 'LateDelivered'
  | 'Released'
  | 'Refunded'
  | 'Disputed'
  | 'Ruled'
  | 'FeesCollected'
type Name = Moment | 'BuyerReviewed' | 'SellerReviewed'

const shipped: readonly Name[] = ['Opened', 'Shipped']
const delivered: readonly Name[] = [...shipped, 'Delivered']
const completed: readonly Name[] = [...delivered, 'Released', 'FeesCollected']
const reviewed: readonly Name[] = [...completed, 'BuyerReviewed', 'SellerReviewed']

/** Twenty deals that have ended, as they come in turn: nine of them reviewed by both, eight by nobody, two refunded, one ruled. */
export const ended: readonly (readonly Name[])[] = [
  ...Array.from({ length: 9 }, () => reviewed),
  ...Array.from({ length: 8 }, () => completed),
  ...Array.from({ length: 2 }, () => [...shipped, 'Refunded'] as const),
  [...shipped, 'Disputed', 'Ruled', 'FeesCollected'],
]

/** Twenty that have not, or whose fees still wait: one is due to be claimed. */
export const open: readonly (readonly Name[])[] = [
  ...Array.from({ length: 6 }, () => ['Opened'] as const),
  ...Array.from({ length: 6 }, () => shipped),
  ...Array.from({ length: 4 }, () => delivered),
  [...shipped, 'LateDelivered'],
  [...shipped, 'Disputed'],
  ...Array.from({ length: 2 }, () => [...delivered, 'Released'] as const),
]

/** Blocks from a deal's opening to each event. */
const after: Record<Name, number> = {
  ...{ Opened: 0, Shipped: 7_200, Delivered: 28_800, LateDelivered: 28_801, Released: 36_000, Refunded: 14_400 },
  ...{ Disputed: 30_000, Ruled: 60_000, FeesCollected: 64_800, BuyerReviewed: 43_200, SellerReviewed: 50_400 },
}
/** Longer than any of them lasts. */
export const LONGEST_LIFE = 70_000

/** The events of a template whose deal was opened in block 0. Its id is that of its place among the templates. */
export function templateEvents(id: string, names: readonly Name[]): ChainEvent[] {
  return names.map((name, log_index): ChainEvent => {
    const block_number = after[name]
    const place = { block_hash: HASH, block_number, log_index, tx_hash: HASH, deal_id: id }
    const timestamp = GENESIS_TIME + block_number * BLOCK_SECONDS
    const address = name.endsWith('Reviewed') ? contracts.reputation : contracts.escrow
    return { ...place, timestamp, address, ...said(name, id, timestamp) }
  })
}

type Said = ChainEvent extends infer E ? (E extends ChainEvent ? Pick<E, 'name' | 'args'> : never) : never

// Hex of the types that the ABI has: `Hex`, which the events of the chain are checked to be.
function said(name: Name, dealId: string, now: number): Said {
  const { seller, buyer } = stand
  const id = { dealId }
  const deadline = now + 3 * DAY
  const event = (real: string, args: object): Said => ({ name: real, args: { ...id, ...args } }) as Said
  switch (name) {
    case 'Opened':
      return event(name, { seller, buyer, terms: terms(), deadline })
    case 'Shipped':
      return event(name, { trackingHash: HASH, deadline })
    case 'Delivered':
      return event(name, { by: buyer, deadline: now + 30 * DAY })
    case 'LateDelivered':
      return event('Delivered', { by: buyer, deadline: now + 60 })
    case 'Released':
      return event(name, { amount: String(PRICE), fee: String(FEE) })
    case 'Refunded':
      return event(name, { amount: String(PRICE) })
    case 'Disputed':
      return event(name, { by: buyer, statementHash: HASH, deadline: now + 30 * DAY })
    case 'Ruled': {
      const shares = { toBuyer: String(PRICE / 2n), toSeller: String(PRICE / 2n - 2n * FEE), fee: String(FEE) }
      return event(name, { buyerBps: 5_000, reasonHash: HASH, ...shares, arbiterFee: String(FEE) })
    }
    case 'FeesCollected':
      return event(name, { operatorFee: String(FEE), arbiterFee: '0' })
    case 'BuyerReviewed':
      return event('ReviewRevealed', { author: buyer, subject: seller, score: 5, textHash: HASH })
    case 'SellerReviewed':
      return event('ReviewRevealed', { author: seller, subject: buyer, score: 4, textHash: HASH })
  }
}

function terms(): TermsJson {
  const { seller, buyer, arbiter, item, salt } = stand
  return {
    ...{ seller, buyer, arbiter, operator, token: zeroAddress, price: String(PRICE), itemHash: item, salt },
    ...{ operatorFeeBps: 250, arbiterFeeBps: 200, silentAwardBps: 5_000, depositBps: 0, fundingSeconds: 0 },
    ...{ shipSeconds: 3 * DAY, deliverySeconds: 7 * DAY, inspectionSeconds: 3 * DAY, rulingSeconds: 7 * DAY },
  } as TermsJson // addresses and hashes made above, in lower case
}
