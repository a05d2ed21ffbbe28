import type { ClientBase } from 'pg'
import type { CreditRow } from '../project/credit.ts'
import type { DealRow } from '../project/deal.ts'
import type { ChainEvent } from '../project/event.ts'
import type { CounterRow, OfferVoidRow } from '../project/offer.ts'
import type { ReviewRow } from '../project/review.ts'

/** A row of chain.block. */
export type BlockRow = { number: number; hash: string; parent_hash: string; timestamp: number }

/** The tables that follow from the chain alone, with the type of their rows. */
export type Rows = {
  block: BlockRow
  event: ChainEvent
  deal: DealRow
  offer_void: OfferVoidRow
  counter: CounterRow
  credit: CreditRow
  review: ReviewRow
}
export type TableName = keyof Rows

type TableSpec<T> = { key: readonly (keyof T & string)[]; columns: readonly (keyof T & string)[] }

const dealColumns = [
  ...(['id', 'state', 'seller', 'buyer', 'token', 'price', 'arbiter', 'operator', 'operator_fee_bps'] as const),
  ...(['arbiter_fee_bps', 'silent_award_bps', 'deposit_bps', 'funding_seconds', 'ship_seconds', 'delivery_seconds'] as const),
  ...(['inspection_seconds', 'ruling_seconds', 'item_hash', 'salt', 'terms', 'deadline', 'paid', 'released'] as const),
  ...(['refunded', 'to_seller', 'to_buyer', 'operator_fee', 'arbiter_fee', 'fees_due', 'fees_collected_at'] as const),
  ...(['tracking_hash', 'statement_hash', 'disputed_by', 'buyer_bps', 'reason_hash', 'opened_at', 'opened_block'] as const),
  ...(['funded_at', 'shipped_at', 'delivered_at', 'disputed_at', 'ended_at', 'updated_block', 'updated_at'] as const),
] as const
const reviewColumns = [
  ...(['deal_id', 'author', 'subject', 'commitment', 'committed_at', 'score', 'text_hash', 'revealed_at'] as const),
] as const
const eventColumns = [
  ...(['block_hash', 'log_index', 'block_number', 'tx_hash', 'address', 'name', 'deal_id', 'args', 'timestamp'] as const),
] as const

/** Primary key and columns of each table. */
export const tables: { [T in TableName]: TableSpec<Rows[T]> } = {
  block: { key: ['number'], columns: ['number', 'hash', 'parent_hash', 'timestamp'] },
  event: { key: ['block_hash', 'log_index'], columns: eventColumns },
  deal: { key: ['id'], columns: dealColumns },
  offer_void: { key: ['deal_id'], columns: ['deal_id', 'maker', 'block_number'] },
  counter: { key: ['maker'], columns: ['maker', 'counter', 'voided_nonces'] },
  credit: { key: ['token', 'account'], columns: ['token', 'account', 'amount'] },
  review: { key: ['deal_id', 'author'], columns: reviewColumns },
}

/** Tells in SQL where rows that travel as one JSON parameter come from; numerics travel as strings and lose nothing. */
export function rowsFrom(table: TableName, parameter: string): string {
  const columns = tables[table].columns.join(', ')
  return `select ${columns} from json_populate_recordset(null::chain.${table}, ${parameter}::json)`
}

/** Rows as that parameter. */
export function toParameter(rows: readonly object[]): string {
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
}

/** Adds rows in one statement. A row that is there already is an error: each block is written once. */
export async function insertRows<T extends TableName>(client: ClientBase, table: T, rows: readonly Rows[T][]): Promise<void> {
  if (rows.length === 0) return
  const columns = tables[table].columns.join(', ')
  await client.query(`insert into chain.${table} (${columns}) ${rowsFrom(table, '$1')}`, [toParameter(rows)])
}

/** Adds rows or replaces those with the same key, in one statement. */
export async function upsertRows<T extends TableName>(client: ClientBase, table: T, rows: readonly Rows[T][]): Promise<void> {
  if (rows.length === 0) return
  const { key, columns } = tables[table]
  const changes = columns.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}`)
  const conflict = `on conflict (${key.join(', ')}) do update set ${changes.join(', ')}`
  const into = `insert into chain.${table} (${columns.join(', ')})`
  await client.query(`${into} ${rowsFrom(table, '$1')} ${conflict}`, [toParameter(rows)])
}
