import { randomBytes } from 'node:crypto'
import { dealId } from '@fairhold/protocol/deal/id'
import type { DealState } from '@fairhold/protocol/deal/state'
import { type Terms, termsToJson } from '@fairhold/protocol/deal/terms'
import { ada, dmitri, ines, operator } from '@fairhold/protocol/dev-accounts'
import type pg from 'pg'
import { type Address, type Hex, zeroAddress } from 'viem'
import type { Context } from '../../src/context.ts'

export const DAY = 86_400
export const PRICE = 10n ** 18n

const lower = (address: string) => address.toLowerCase() as Address

export const seller = lower(ada.address)
export const buyer = lower(dmitri.address)
export const arbiter = lower(ines.address)

/** Terms that this market takes, never the same twice. */
export function someTerms(changes: Partial<Terms> = {}): Terms {
  return {
    seller,
    buyer: zeroAddress,
    token: zeroAddress,
    price: PRICE,
    arbiter,
    operator: lower(operator.address),
    operatorFeeBps: 250,
    arbiterFeeBps: 200,
    silentAwardBps: 5_000,
    shipSeconds: 3 * DAY,
    deliverySeconds: 7 * DAY,
    inspectionSeconds: 3 * DAY,
    rulingSeconds: 7 * DAY,
    itemHash: someHash(),
    salt: BigInt(`0x${randomBytes(16).toString('hex')}`),
    ...changes,
  }
}

export function someHash(): Hex {
  return `0x${randomBytes(32).toString('hex')}`
}

export interface DealChanges {
  state?: DealState
  terms?: Terms
  deadline?: number
  openedAt?: number
  disputedAt?: number | null
  released?: bigint
}

/** A row of chain.deal as the indexer would write it; returns its id. */
export async function insertDeal(indexer: pg.Client, { domain }: Context, changes: DealChanges = {}): Promise<Hex> {
  const { state = 'funded', terms = someTerms(), deadline = 4_000_000_000, openedAt = 1_700_000_000, released = 0n } = changes
  const id = dealId(terms, domain)
  const disputedAt = changes.disputedAt === undefined && state === 'disputed' ? openedAt : (changes.disputedAt ?? null)
  await indexer.query(
    `INSERT INTO chain.deal (id, state, seller, buyer, token, price, arbiter, operator, operator_fee_bps, arbiter_fee_bps,
       silent_award_bps, ship_seconds, delivery_seconds, inspection_seconds, ruling_seconds, item_hash, salt, terms, deadline,
       released, opened_at, opened_block, disputed_at, updated_block, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, 1, $22, 1, $21)`,
    [
      ...[id, state, terms.seller, buyer, terms.token, terms.price, terms.arbiter, terms.operator, terms.operatorFeeBps],
      ...[terms.arbiterFeeBps, terms.silentAwardBps, terms.shipSeconds, terms.deliverySeconds, terms.inspectionSeconds],
      ...[
        terms.rulingSeconds,
        terms.itemHash,
        terms.salt.toString(),
        termsToJson(terms),
        deadline,
        released,
        openedAt,
        disputedAt,
      ],
    ],
  )
  return id
}

/** A row of chain.review; without a score it is still sealed. */
export async function insertReview(
  indexer: pg.Client,
  review: { dealId: Hex; author: string; subject: string; commitment: string; committedAt?: number; score?: number },
): Promise<void> {
  const { dealId: id, author, subject, commitment, committedAt = 1_700_000_000, score = null } = review
  await indexer.query(
    `INSERT INTO chain.review (deal_id, author, subject, commitment, committed_at, score, revealed_at)
     VALUES ($1, $2, $3, $4, $5, $6::int, CASE WHEN $6::int IS NULL THEN NULL ELSE $5::bigint END)`,
    [id, author, subject, commitment, committedAt, score],
  )
}
