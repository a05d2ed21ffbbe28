import { IllegalTransition, next } from '@fairhold/protocol/deal/machine'
import { type DealState, isFinal } from '@fairhold/protocol/deal/state'
import type { TermsJson } from '@fairhold/protocol/deal/terms'
import type { ChainEvent, EventNamed } from './event.ts'

/**
 * A row of chain.deal. What is still in an open deal is paid − released − refunded; `released` counts what left for the
 * seller's side before fees, `refunded` what went back. to_seller, to_buyer and the fees are what each one got, or, as long
 * as `fees_due`, will get of the fees.
 */
export type DealRow = {
  id: string
  state: DealState
  seller: string
  buyer: string
  token: string
  price: bigint
  arbiter: string
  operator: string
  operator_fee_bps: number
  arbiter_fee_bps: number
  silent_award_bps: number
  deposit_bps: number
  funding_seconds: number
  ship_seconds: number
  delivery_seconds: number
  inspection_seconds: number
  ruling_seconds: number
  item_hash: string
  salt: string
  terms: TermsJson
  deadline: number
  paid: bigint
  released: bigint
  refunded: bigint
  to_seller: bigint
  to_buyer: bigint
  operator_fee: bigint
  arbiter_fee: bigint
  fees_due: boolean
  fees_collected_at: number | null
  tracking_hash: string | null
  statement_hash: string | null
  disputed_by: string | null
  buyer_bps: number | null
  reason_hash: string | null
  opened_at: number
  opened_block: number
  funded_at: number | null
  shipped_at: number | null
  delivered_at: number | null
  disputed_at: number | null
  ended_at: number | null
  updated_block: number
  updated_at: number
}

/** Events about a deal that leave its row alone: what is said of it afterwards, and what a party paid out of its own share. */
const aside: readonly ChainEvent['name'][] = ['ReviewCommitted', 'ReviewRevealed', 'Tipped']

/**
 * The deal after an event: a new row, the old one is left alone. Events that are not the deal's own leave it as it is.
 * @throws IllegalTransition where the machine knows no such step.
 */
export function projectDeal(event: ChainEvent, row: DealRow | null, isVoid: boolean): DealRow | null {
  if (aside.includes(event.name)) return row
  if (event.name === 'FeesCollected') return collected(event, row)
  const state = next(row?.state ?? (isVoid ? 'cancelled' : 'none'), event.name)
  if (event.name === 'Opened' || event.name === 'OpenedInPart') return opened(event, state)
  if (row === null) return null // an offer was voided before anyone took it: there is no deal to keep
  const after = { ...row, ...changes(event, row), state, ...at(event) }
  if (!isFinal(state)) return after
  return { ...after, ended_at: event.timestamp, fees_due: after.operator_fee + after.arbiter_fee > 0n }
}

/** Fees are collected once, after the end, and only of a deal that owes some. */
function collected(event: EventNamed<'FeesCollected'>, row: DealRow | null): DealRow {
  if (row === null || !row.fees_due) throw new IllegalTransition(row?.state ?? 'none', event.name)
  return { ...row, fees_due: false, fees_collected_at: event.timestamp, ...at(event) }
}

function at({ block_number, timestamp }: ChainEvent) {
  return { updated_block: block_number, updated_at: timestamp }
}

function changes(event: ChainEvent, row: DealRow): Partial<DealRow> {
  switch (event.name) {
    case 'PartFunded':
      return { paid: BigInt(event.args.paid) }
    case 'FullyFunded':
      return { paid: row.price, funded_at: event.timestamp, deadline: event.args.deadline }
    case 'Shipped':
      return {
        tracking_hash: event.args.trackingHash,
        shipped_at: event.timestamp,
        deadline: event.args.deadline,
      }
    case 'Delivered':
      return { delivered_at: event.timestamp, deadline: event.args.deadline }
    case 'Extended':
      return { deadline: event.args.deadline }
    case 'Disputed': {
      const { by, statementHash, deadline } = event.args
      return { disputed_by: by, statement_hash: statementHash, disputed_at: event.timestamp, deadline }
    }
    case 'Released':
    case 'PartReleased':
    case 'Claimed':
      return toSeller(row, BigInt(event.args.amount), BigInt(event.args.fee))
    case 'Refunded':
    case 'PartRefunded':
    case 'Reclaimed':
    case 'FundingCancelled':
      return toBuyer(row, BigInt(event.args.amount))
    case 'Settled':
    case 'AwardedByDefault':
      return split(row, event.args)
    case 'Ruled': {
      const { buyerBps, reasonHash, arbiterFee } = event.args
      return {
        ...split(row, event.args),
        buyer_bps: buyerBps,
        reason_hash: reasonHash,
        arbiter_fee: BigInt(arbiterFee),
      }
    }
    default:
      return {}
  }
}

function toSeller(row: DealRow, gross: bigint, fee: bigint): Partial<DealRow> {
  return {
    released: row.released + gross,
    to_seller: row.to_seller + gross - fee,
    operator_fee: row.operator_fee + fee,
  }
}

function toBuyer(row: DealRow, amount: bigint): Partial<DealRow> {
  return { refunded: row.refunded + amount, to_buyer: row.to_buyer + amount }
}

function split(row: DealRow, shares: { toBuyer: string; toSeller: string; fee: string }): Partial<DealRow> {
  const fee = BigInt(shares.fee)
  return { ...toBuyer(row, BigInt(shares.toBuyer)), ...toSeller(row, BigInt(shares.toSeller) + fee, fee) }
}

function opened(event: EventNamed<'Opened' | 'OpenedInPart'>, state: DealState): DealRow {
  const { terms, dealId, seller, buyer, deadline } = event.args
  return {
    ...termColumns(terms),
    ...nothingYet,
    id: dealId,
    state,
    seller,
    buyer,
    deadline,
    paid: BigInt(event.name === 'Opened' ? terms.price : event.args.paid),
    opened_at: event.timestamp,
    opened_block: event.block_number,
    funded_at: event.name === 'Opened' ? event.timestamp : null,
    ...at(event),
  }
}

/** What a deal has not come to when it is opened. */
const nothingYet = {
  ...{ released: 0n, refunded: 0n, to_seller: 0n, to_buyer: 0n, operator_fee: 0n, arbiter_fee: 0n },
  ...{ fees_due: false, fees_collected_at: null },
  ...{ tracking_hash: null, statement_hash: null, disputed_by: null, buyer_bps: null, reason_hash: null },
  ...{ shipped_at: null, delivered_at: null, disputed_at: null, ended_at: null },
}

function termColumns(terms: TermsJson) {
  return {
    token: terms.token,
    price: BigInt(terms.price),
    arbiter: terms.arbiter,
    operator: terms.operator,
    operator_fee_bps: terms.operatorFeeBps,
    arbiter_fee_bps: terms.arbiterFeeBps,
    silent_award_bps: terms.silentAwardBps,
    deposit_bps: terms.depositBps,
    funding_seconds: terms.fundingSeconds,
    ship_seconds: terms.shipSeconds,
    delivery_seconds: terms.deliverySeconds,
    inspection_seconds: terms.inspectionSeconds,
    ruling_seconds: terms.rulingSeconds,
    item_hash: terms.itemHash,
    salt: terms.salt,
    terms,
  }
}
