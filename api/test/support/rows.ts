import { randomBytes } from 'node:crypto'
import { dealId } from '@fairhold/protocol/deal/id'
import { type DealState, isEnded } from '@fairhold/protocol/deal/state'
import { type Terms, termsToJson } from '@fairhold/protocol/deal/terms'
import { ada, dmitri, ines, operator } from '@fairhold/protocol/dev-accounts'
import type pg from 'pg'
import { type Address, type Hex, zeroAddress } from 'viem'
import type { Context } from '../../src/context.ts'

/** The chain of the tests. */
const CAIP2 = 'eip155:31337'

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
    depositBps: 0,
    fundingSeconds: 0,
    shipSeconds: 3 * DAY,
    deliverySeconds: 7 * DAY,
    inspectionSeconds: 3 * DAY,
    rulingSeconds: 7 * DAY,
    itemHash: someHash(),
    salt: BigInt(`0x${randomBytes(7).toString('hex')}`),
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
  /** What was paid so far; the price by default. */
  paid?: bigint
  /** When it ended; at the end of the first day by default, for a deal that has. */
  endedAt?: number
  /** The operator's fee, which waits to be collected. */
  feesDue?: bigint
}

/** A row of chain.deal as the indexer would write it; returns its id. */
export async function insertDeal(indexer: pg.Client, { domain }: Context, changes: DealChanges = {}): Promise<Hex> {
  const { state = 'funded', terms = someTerms(), deadline = 4_000_000_000, openedAt = 1_700_000_000, released = 0n } = changes
  const { paid = terms.price, endedAt = openedAt + DAY, feesDue = 0n } = changes
  const id = dealId(terms, domain)
  const disputedAt = changes.disputedAt === undefined && state === 'disputed' ? openedAt : (changes.disputedAt ?? null)
  const row = {
    chain: CAIP2,
    ...{ id, state, seller: terms.seller, buyer, token: terms.token, price: terms.price, arbiter: terms.arbiter },
    ...{ operator: terms.operator, operator_fee_bps: terms.operatorFeeBps, arbiter_fee_bps: terms.arbiterFeeBps },
    ...{ silent_award_bps: terms.silentAwardBps, deposit_bps: terms.depositBps, funding_seconds: terms.fundingSeconds },
    ...{ ship_seconds: terms.shipSeconds, delivery_seconds: terms.deliverySeconds, ruling_seconds: terms.rulingSeconds },
    ...{ inspection_seconds: terms.inspectionSeconds, item_hash: terms.itemHash, salt: terms.salt.toString() },
    ...{ terms: termsToJson(terms), deadline, paid, released, operator_fee: feesDue, fees_due: feesDue > 0n },
    ...{ opened_at: openedAt, opened_block: 1, funded_at: paid === terms.price ? openedAt : null, disputed_at: disputedAt },
    ...{ ended_at: isEnded(state) ? endedAt : null, updated_block: 1, updated_at: openedAt },
  }
  const columns = Object.keys(row)
  const places = columns.map((_, index) => `$${index + 1}`)
  await indexer.query(`INSERT INTO chain.deal (${columns}) VALUES (${places})`, Object.values(row))
  return id
}

/** A row of chain.review; without a score it is still sealed. */
export async function insertReview(
  indexer: pg.Client,
  review: {
    dealId: Hex
    author: string
    subject: string
    commitment?: string | null
    committedAt?: number
    score?: number
    textHash?: string
  },
): Promise<void> {
  const { dealId: id, author, subject, commitment = null, committedAt = 1_700_000_000, score = null, textHash = null } = review
  await indexer.query(
    `INSERT INTO chain.review (chain, deal_id, author, subject, commitment, committed_at, score, text_hash, revealed_at)
     VALUES ('${CAIP2}', $1, $2, $3, $4, $5, $6::int, $7, CASE WHEN $6::int IS NULL THEN NULL ELSE $5::bigint END)`,
    [id, author, subject, commitment, committedAt, score, textHash],
  )
}
