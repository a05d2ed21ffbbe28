import {
  depositOf,
  payoutOfDefaultAward,
  payoutOfRelease,
  payoutOfRuling,
  payoutOfSettlement,
  remainingOf,
} from '@fairhold/protocol/deal/amount'
import { isLate, type Transition, transitions } from '@fairhold/protocol/deal/machine'
import { type DealState, isFinal } from '@fairhold/protocol/deal/state'
import { MAX_PRICE, type Terms } from '@fairhold/protocol/deal/terms'
import { type Address, type Hex, zeroAddress } from 'viem'
import type { MarketEvent } from './encode.ts'
import type { Random } from './random.ts'

/** A deal as the contract remembers it, as far as what may happen next depends on it. */
export type MarketDeal = {
  readonly id: Hex
  readonly terms: Terms
  readonly seller: Address
  readonly buyer: Address
  readonly state: DealState
  readonly deadline: number
  readonly paid: bigint
  readonly released: bigint
  readonly refunded: bigint
  readonly operatorFee: bigint
  readonly arbiterFee: bigint
  readonly feesDue: boolean
  /** What each party said of the other: nothing yet, sealed or open. */
  readonly reviews: Readonly<Record<Address, 'sealed' | 'open'>>
}

/** What happened: the event, and the deal after it. */
export type Move = { event: MarketEvent; deal: MarketDeal }

export type Cast = {
  people: readonly Address[]
  arbiters: readonly Address[]
  operators: readonly Address[]
  tokens: readonly Address[]
}

/** Somebody takes an offer: the whole price at once, or a first instalment. */
export function openDeal(random: Random, cast: Cast, now: number): Move {
  const terms = drawTerms(random, cast)
  const inParts = terms.fundingSeconds > 0
  const id = random.hex(32)
  const [seller, buyer] = [terms.seller, terms.buyer === zeroAddress ? otherThan(terms.seller, random, cast) : terms.buyer]
  const deposit = depositOf(terms.price, terms.depositBps)
  const paid = inParts ? between(random, deposit, terms.price - 1n) : terms.price
  const partly = inParts && paid < terms.price
  const deadline = now + (partly ? terms.fundingSeconds : terms.shipSeconds)
  const args = { dealId: id, seller, buyer, terms, deadline }
  const deal: MarketDeal = {
    ...{ id, terms, seller, buyer, deadline, paid: partly ? paid : terms.price, state: partly ? 'partlyFunded' : 'funded' },
    ...{ released: 0n, refunded: 0n, operatorFee: 0n, arbiterFee: 0n, feesDue: false, reviews: {} },
  }
  return { deal, event: partly ? { name: 'OpenedInPart', args: { ...args, paid } } : { name: 'Opened', args } }
}

/** How much likelier than others these are: without them few deals would come far. */
const usual: Partial<Record<string, number>> = { Shipped: 6, Delivered: 6, FullyFunded: 3, PartFunded: 2, Claimed: 3, Ruled: 3 }

/** Something that the machine allows of an open deal now; null where the draw came to nothing. */
export function moveDeal(deal: MarketDeal, random: Random, now: number): Move | null {
  const late = isLate(deal, now)
  const rows = (transitions as readonly Transition[]).filter(
    ({ from, when }) => from.includes(deal.state) && (when === 'always' || (when === 'late') === late),
  )
  if (rows.length === 0) return null
  const row = random.pick(rows.flatMap((one) => Array.from({ length: usual[one.emits] ?? 1 }, () => one)))
  const by = row.by.includes('seller') && (row.by[0] === 'seller' || random.chance(0.5)) ? deal.seller : deal.buyer
  const happened = consequences(deal, row.emits, { random, now, by })
  if (happened === null) return null
  const state = row.to === 'same' ? deal.state : row.to
  const after = { ...deal, ...happened.after, state }
  const feesDue = isFinal(state) && after.operatorFee + after.arbiterFee > 0n
  return { event: { name: row.emits, args: { dealId: deal.id, ...happened.args } }, deal: { ...after, feesDue } }
}

/** What is said and done about a deal after its end: fees are collected, reviews sealed and opened. */
export function moveEnded(deal: MarketDeal, random: Random): Move | null {
  if (deal.feesDue && random.chance(0.5)) {
    const { id: dealId, operatorFee, arbiterFee } = deal
    return { event: { name: 'FeesCollected', args: { dealId, operatorFee, arbiterFee } }, deal: { ...deal, feesDue: false } }
  }
  if (deal.state === 'cancelled') return null
  const [author, subject] = random.chance(0.5) ? [deal.buyer, deal.seller] : [deal.seller, deal.buyer]
  const before = deal.reviews[author]
  if (before === 'open') return null
  const names = { dealId: deal.id, author, subject }
  if (before === undefined && random.chance(0.7)) {
    const args = { ...names, commitment: random.hex(32) }
    return { event: { name: 'ReviewCommitted', args }, deal: { ...deal, reviews: { ...deal.reviews, [author]: 'sealed' } } }
  }
  const args = { ...names, score: random.int(1, 5), textHash: random.hex(32) }
  return { event: { name: 'ReviewRevealed', args }, deal: { ...deal, reviews: { ...deal.reviews, [author]: 'open' } } }
}

/** Whether nothing more can be said of the deal. */
export function isOver(deal: MarketDeal): boolean {
  return isFinal(deal.state) && !deal.feesDue && deal.reviews[deal.buyer] === 'open' && deal.reviews[deal.seller] === 'open'
}

type Consequences = { args: MarketEvent['args']; after: Partial<MarketDeal> }

function consequences(
  deal: MarketDeal,
  name: string,
  { random, now, by }: { random: Random; now: number; by: Address },
): Consequences | null {
  const { terms, released } = deal
  const left = remainingOf({ price: terms.price, paid: deal.paid, released, refunded: deal.refunded })
  switch (name) {
    case 'PartFunded': {
      const missing = terms.price - deal.paid
      if (missing < 2n) return null
      const amount = between(random, 1n, missing - 1n)
      return { args: { amount, paid: deal.paid + amount }, after: { paid: deal.paid + amount } }
    }
    case 'FullyFunded': {
      const deadline = now + terms.shipSeconds
      return { args: { amount: terms.price - deal.paid, deadline }, after: { paid: terms.price, deadline } }
    }
    case 'Shipped':
      return until(now + terms.deliverySeconds, { trackingHash: random.hex(32) })
    case 'Delivered':
      return until(now + terms.inspectionSeconds, { by })
    case 'Disputed':
      return until(now + terms.rulingSeconds, { by, statementHash: random.hex(32) })
    case 'Extended':
      return until(deal.deadline + random.int(1, 500), {})
    case 'PartReleased':
      return left < 2n ? null : toSeller(deal, between(random, 1n, left - 1n))
    case 'PartRefunded':
      return left < 2n ? null : toBuyer(deal, between(random, 1n, left - 1n), {})
    case 'Released':
    case 'Claimed':
      return toSeller(deal, left)
    case 'Refunded':
    case 'Reclaimed':
      return toBuyer(deal, left, {})
    case 'FundingCancelled':
      return toBuyer(deal, left, { by })
    default:
      return split(deal, name, left, random)
  }
}

function split(deal: MarketDeal, name: string, left: bigint, random: Random): Consequences | null {
  const { terms } = deal
  const ledger = { price: terms.price, paid: deal.paid, released: deal.released, refunded: deal.refunded }
  const shares = (payout: { toBuyer: bigint; toSeller: bigint; operatorFee: bigint; arbiterFee: bigint }) => ({
    args: { toBuyer: payout.toBuyer, toSeller: payout.toSeller, fee: payout.operatorFee },
    after: { operatorFee: deal.operatorFee + payout.operatorFee, arbiterFee: payout.arbiterFee },
  })
  if (name === 'Settled') return shares(payoutOfSettlement(ledger, between(random, 0n, left), terms.operatorFeeBps))
  if (name === 'AwardedByDefault') return shares(payoutOfDefaultAward(ledger, terms))
  if (name !== 'Ruled') return null
  const buyerBps = random.pick([0, 2_500, 5_000, 10_000, random.int(0, 10_000)])
  const ruled = shares(payoutOfRuling(ledger, buyerBps, terms))
  return { ...ruled, args: { ...ruled.args, buyerBps, reasonHash: random.hex(32), arbiterFee: ruled.after.arbiterFee } }
}

function until(deadline: number, args: MarketEvent['args']): Consequences {
  return { args: { ...args, deadline }, after: { deadline } }
}

function toSeller(deal: MarketDeal, amount: bigint): Consequences {
  const { released, terms } = deal
  const { operatorFee: fee } = payoutOfRelease({ price: terms.price, released, refunded: 0n }, amount, terms.operatorFeeBps)
  return { args: { amount, fee }, after: { released: released + amount, operatorFee: deal.operatorFee + fee } }
}

function toBuyer(deal: MarketDeal, amount: bigint, args: MarketEvent['args']): Consequences {
  return { args: { ...args, amount }, after: { refunded: deal.refunded + amount } }
}

function drawTerms(random: Random, cast: Cast): Terms {
  const seller = random.pick(cast.people)
  const inParts = random.chance(0.25)
  const operator = random.pick([zeroAddress, ...cast.operators])
  const windows = () => random.pick([1, 24, 60, 300, 86_400, 31_536_000])
  return {
    seller,
    buyer: random.chance(0.3) ? otherThan(seller, random, cast) : zeroAddress,
    token: random.pick(cast.tokens),
    price: random.pick([random.big(3) + 2n, random.big(64) + 2n, 10n ** 18n, MAX_PRICE]),
    arbiter: random.pick(cast.arbiters),
    operator,
    operatorFeeBps: operator === zeroAddress ? 0 : random.pick([0, 100, 250, 10_000]),
    arbiterFeeBps: random.pick([0, 500, 10_000]),
    silentAwardBps: random.pick([0, 5_000, 10_000]),
    depositBps: inParts ? random.int(0, 5_000) : 0,
    fundingSeconds: inParts ? windows() : 0,
    ...{ shipSeconds: windows(), deliverySeconds: windows(), inspectionSeconds: windows(), rulingSeconds: windows() },
    itemHash: random.hex(32),
    salt: random.big(64),
  }
}

function otherThan(one: Address, random: Random, { people }: Cast): Address {
  return random.pick(people.filter((person) => person !== one))
}

function between(random: Random, low: bigint, high: bigint): bigint {
  return low >= high ? low : low + (random.big(160) % (high - low + 1n))
}
