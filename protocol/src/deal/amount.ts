import { BPS } from './terms.ts'

const WHOLE = BigInt(BPS)
const SPLIT_UNITS = 2n ** 40n - 1n

/** `bps` ten-thousandths of `amount`, rounded down; as Split.shareDown. */
export function shareDown(amount: bigint, bps: number): bigint {
  return (amount * BigInt(bps)) / WHOLE
}

/** The smallest first instalment of a price: the share that the terms name, rounded up; as the contract asks for it. */
export function depositOf(price: bigint, depositBps: number): bigint {
  const share = (price * BigInt(depositBps) + WHOLE - 1n) / WHOLE
  return share === 0n ? 1n : share
}

/**
 * Operator's fee on releasing `amount` after `releasedBefore` was released already; as Split.feeOnRelease.
 * Cumulative, so that the fees of many small parts add up to the fee of the whole.
 */
export function feeOnRelease(releasedBefore: bigint, amount: bigint, feeBps: number): bigint {
  return shareDown(releasedBefore + amount, feeBps) - shareDown(releasedBefore, feeBps)
}

export interface RulingSplit {
  readonly arbiterFee: bigint
  readonly toBuyer: bigint
  /** The seller's side before the operator's fee. */
  readonly sellerGross: bigint
}

/** Divides what is left by a ruling: arbiter's fee, buyer's share of the rest, remainder; as Split.byRuling. */
export function splitByRuling(remaining: bigint, arbiterFeeBps: number, buyerBps: number): RulingSplit {
  const arbiterFee = shareDown(remaining, arbiterFeeBps)
  const toBuyer = shareDown(remaining - arbiterFee, buyerBps)
  return { arbiterFee, toBuyer, sellerGross: remaining - arbiterFee - toBuyer }
}

/** A deal's money: all in the token's base units. */
export interface Ledger {
  readonly price: bigint
  /** What was paid so far of a deal in instalments; the whole price where it is not given. */
  readonly paid?: bigint
  /** Released in parts so far, fees included. */
  readonly released: bigint
  /** Given back in parts so far. */
  readonly refunded: bigint
}

/** What is left in an open deal. */
export function remainingOf({ price, paid = price, released, refunded }: Ledger): bigint {
  return paid - released - refunded
}

/** Where an amount goes; the four add up to it. */
export interface Payout {
  readonly toBuyer: bigint
  /** Net of the operator's fee. */
  readonly toSeller: bigint
  readonly operatorFee: bigint
  readonly arbiterFee: bigint
}

/** Paying `amount` to the seller, in part or in whole (release, releasePart, claim). */
export function payoutOfRelease(ledger: Ledger, amount: bigint, operatorFeeBps: number): Payout {
  const operatorFee = feeOnRelease(ledger.released, amount, operatorFeeBps)
  return { toBuyer: 0n, toSeller: amount - operatorFee, operatorFee, arbiterFee: 0n }
}

/** Ending a deal by a signed split of what is left (settle). @throws RangeError if `toBuyer` is more than that. */
export function payoutOfSettlement(ledger: Ledger, toBuyer: bigint, operatorFeeBps: number): Payout {
  const remaining = remainingOf(ledger)
  if (toBuyer < 0n || toBuyer > remaining) throw new RangeError(`${toBuyer} is not between 0 and ${remaining}`)
  const part = remaining - toBuyer
  // Of what the price leaves, whether it was paid or not: that is what the contract can tell when fees are collected.
  const unmoved = ledger.price - ledger.released - ledger.refunded
  const { operatorFee } = payoutOfRelease(ledger, roundedPart(part, unmoved), operatorFeeBps)
  return { toBuyer, toSeller: part - operatorFee, operatorFee, arbiterFee: 0n }
}

/** Seller's part of a split as the contract remembers it for the operator's fee: in 40 bits; as Split.quantized and back. */
function roundedPart(part: bigint, whole: bigint): bigint {
  if (whole === 0n) return 0n
  const units = (part * SPLIT_UNITS) / whole
  return (units * whole) / SPLIT_UNITS
}

/** Ending a dispute by a ruling (rule). */
export function payoutOfRuling(
  ledger: Ledger,
  buyerBps: number,
  fees: { readonly operatorFeeBps: number; readonly arbiterFeeBps: number },
): Payout {
  const { arbiterFee, toBuyer, sellerGross } = splitByRuling(remainingOf(ledger), fees.arbiterFeeBps, buyerBps)
  return { ...payoutOfRelease(ledger, sellerGross, fees.operatorFeeBps), toBuyer, arbiterFee }
}

/** Ending a dispute in which the arbiter stayed silent (awardByDefault); the arbiter gets nothing. */
export function payoutOfDefaultAward(
  ledger: Ledger,
  terms: { readonly operatorFeeBps: number; readonly silentAwardBps: number },
): Payout {
  const fees = { operatorFeeBps: terms.operatorFeeBps, arbiterFeeBps: 0 }
  return payoutOfRuling(ledger, terms.silentAwardBps, fees)
}
