import {
  type Payout,
  payoutOfDefaultAward,
  payoutOfRelease,
  payoutOfSettlement,
  remainingOf,
} from '@fairhold/protocol/deal/amount'
import type { DealVerb } from './deal-verbs'

/** What of a deal decides where its money goes. Amounts are decimal strings in the token's base units. */
export interface DealMoneyFacts {
  price: string
  /** Null for a deal that was paid at once. */
  instalments?: { paid: string } | null
  released: string
  refunded: string
  terms: { operatorFeeBps: number; silentAwardBps: number }
}

/**
 * Who would get what, to the last unit, if the action were sent now. `amount`: the part to release or refund, or the
 * buyer's share of a split. Null for actions that move no money, and for an amount the deal does not hold.
 */
export function payoutOf(deal: DealMoneyFacts, verb: DealVerb, amount: bigint | null = null): Payout | null {
  const price = BigInt(deal.price)
  const paid = deal.instalments ? BigInt(deal.instalments.paid) : price
  const ledger = { price, paid, released: BigInt(deal.released), refunded: BigInt(deal.refunded) }
  const remaining = remainingOf(ledger)
  const { operatorFeeBps } = deal.terms
  if (amount !== null && (amount < 0n || amount > remaining)) return null
  switch (verb) {
    case 'release':
    case 'claim':
      return payoutOfRelease(ledger, remaining, operatorFeeBps)
    case 'refund':
    case 'reclaim':
    case 'cancelFunding':
      return payoutOfSettlement(ledger, remaining, operatorFeeBps)
    case 'releasePart':
      return amount === null ? null : payoutOfRelease(ledger, amount, operatorFeeBps)
    case 'refundPart':
      return amount === null ? null : { toBuyer: amount, toSeller: 0n, operatorFee: 0n, arbiterFee: 0n }
    case 'settle':
      return amount === null ? null : payoutOfSettlement(ledger, amount, operatorFeeBps)
    case 'awardByDefault':
      return payoutOfDefaultAward(ledger, deal.terms)
    default:
      return null
  }
}
