import type { ClientBase, CustomTypesConfig } from 'pg'
import pg from 'pg'
import type { CreditRow } from '../project/credit.ts'
import type { DealRow } from '../project/deal.ts'
import type { ChainEvent } from '../project/event.ts'
import type { HaltRow } from '../project/history.ts'
import type { CounterRow, OfferVoidRow } from '../project/offer.ts'
import type { ReviewRow } from '../project/review.ts'

/** A row of chain.block; `digest` is explained in digest.ts. */
export type BlockRow = { number: number; hash: string; parent_hash: string; timestamp: number; digest: string }

/** The tables that follow from the chain alone, with the type of their rows. Each also has the column `chain`. */
export type Rows = {
  block: BlockRow
  event: ChainEvent
  deal: DealRow
  offer_void: OfferVoidRow
  counter: CounterRow
  credit: CreditRow
  review: ReviewRow
  halt: HaltRow
}
export type TableName = keyof Rows

/** Primary key (after `chain`), the columns that never change, and those that do. */
export type TableSpec<T> = {
  key: readonly (keyof T & string)[]
  fixed: readonly (keyof T & string)[]
  mutable: readonly (keyof T & string)[]
}

const fixedDealColumns = [
  ...(['seller', 'buyer', 'token', 'price', 'arbiter', 'operator', 'operator_fee_bps', 'arbiter_fee_bps'] as const),
  ...(['silent_award_bps', 'deposit_bps', 'funding_seconds', 'ship_seconds', 'delivery_seconds', 'inspection_seconds'] as const),
  ...(['ruling_seconds', 'item_hash', 'salt', 'terms', 'opened_at', 'opened_block'] as const),
] as const
const mutableDealColumns = [
  ...(['state', 'deadline', 'paid', 'released', 'refunded', 'to_seller', 'to_buyer', 'operator_fee', 'arbiter_fee'] as const),
  ...(['fees_due', 'fees_collected_at', 'tracking_hash', 'statement_hash', 'disputed_by', 'buyer_bps', 'reason_hash'] as const),
  ...(['funded_at', 'shipped_at', 'delivered_at', 'disputed_at', 'ended_at', 'updated_block', 'updated_at'] as const),
] as const
const eventColumns = ['block_hash', 'tx_hash', 'address', 'name', 'deal_id', 'args', 'timestamp'] as const
const reviewColumns = ['commitment', 'committed_at', 'score', 'text_hash', 'revealed_at'] as const

export const tables: { [T in TableName]: TableSpec<Rows[T]> } = {
  block: { key: ['number'], fixed: ['hash', 'parent_hash', 'timestamp', 'digest'], mutable: [] },
  event: { key: ['block_number', 'log_index'], fixed: eventColumns, mutable: [] },
  deal: { key: ['id'], fixed: fixedDealColumns, mutable: mutableDealColumns },
  offer_void: { key: ['deal_id'], fixed: ['maker', 'block_number'], mutable: [] },
  counter: { key: ['maker'], fixed: [], mutable: ['counter', 'voided_nonces'] },
  credit: { key: ['token', 'account'], fixed: [], mutable: ['amount'] },
  review: { key: ['deal_id', 'author'], fixed: ['subject'], mutable: reviewColumns },
  halt: { key: ['deal_id'], fixed: ['event_name', 'block_number', 'log_index', 'reason'], mutable: [] },
}

/** All columns of a table but `chain`. */
export function columnsOf(table: TableName): string[] {
  const { key, fixed, mutable } = tables[table]
  return [...key, ...fixed, ...mutable]
}

// Heights, seconds and log indices are safe integers; amounts are not, and come as bigint.
const parsers: CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === pg.types.builtins.INT8) return Number
    if (oid === pg.types.builtins.NUMERIC) return BigInt
    return pg.types.getTypeParser(oid, format)
  },
}

/** Reads rows of a table, typed as the projections know them. `where` may use the parameters from $2 on; $1 is the chain. */
export async function selectRows<T extends TableName>(
  client: ClientBase,
  table: T,
  { chain, where, values = [] }: { chain: string; where: string; values?: unknown[] },
): Promise<Rows[T][]> {
  const text = `select ${columnsOf(table).join(', ')} from ${table} where chain = $1 and ${where}`
  const { rows } = await client.query({ text, values: [chain, ...values], types: parsers })
  return rows as Rows[T][] // columns and types are those of the migrations; db/src/schema.test.ts compares
}
