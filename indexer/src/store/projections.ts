import type { ClientBase } from 'pg'
import { projectCredits } from '../project/credit.ts'
import type { ChainEvent } from '../project/event.ts'
import { byDeal, type DealHistory, foldHistory } from '../project/history.ts'
import { projectCounters } from '../project/offer.ts'
import { eventsOfDeals, voidingsOf } from './events.ts'
import { rowsFrom, toParameter, upsertRows } from './tables.ts'

/** Events that a step took out of and put into the table. */
export type Changes = { retracted: readonly ChainEvent[]; added: readonly ChainEvent[] }

/**
 * Folds every deal that an event came to or was taken from, out of the event table as it is now, and writes the result.
 * Forwards and backwards are the same code, so a reorganisation leaves no rows that a fresh index would not have.
 */
export async function writeHistories(client: ClientBase, changes: Changes): Promise<Map<string, DealHistory>> {
  const touched = [...byDeal([...changes.retracted, ...changes.added]).keys()]
  if (touched.length === 0) return new Map()
  const events = byDeal(await eventsOfDeals(client, touched))
  const histories = new Map(touched.map((id) => [id, foldHistory(events.get(id) ?? [])]))
  const kept = [...histories.values()]
  if (changes.retracted.length > 0) await deleteHistories(client, [...byDeal(changes.retracted).keys()])
  await upsertRows(
    client,
    'deal',
    kept.flatMap(({ deal }) => deal ?? []),
  )
  await upsertRows(
    client,
    'offer_void',
    kept.flatMap(({ offerVoid }) => offerVoid ?? []),
  )
  await upsertRows(
    client,
    'review',
    kept.flatMap(({ reviews }) => [...reviews.values()]),
  )
  return histories
}

/** Adds what was credited and takes off what was withdrawn; the other way round for retracted events. */
export async function writeCredits(client: ClientBase, { retracted, added }: Changes): Promise<void> {
  const signed = [
    ...retracted.map((event) => ({ event, sign: -1 as const })),
    ...added.map((event) => ({ event, sign: 1 as const })),
  ]
  const rows = [...projectCredits(signed).values()].filter((row) => row.amount !== 0n)
  if (rows.length === 0) return
  const add = 'on conflict (token, account) do update set amount = credit.amount + excluded.amount'
  await client.query(`insert into chain.credit ${rowsFrom('credit', '$1')} ${add}`, [toParameter(rows)])
  await client.query('delete from chain.credit where amount = 0 and account = any($1)', [rows.map((row) => row.account)])
}

/** Folds anew what every maker voided that an event came to or was taken from, as `writeHistories` does with deals. */
export async function writeCounters(client: ClientBase, { retracted, added }: Changes): Promise<void> {
  const orphaned = [...projectCounters(retracted).keys()]
  const touched = [...new Set([...orphaned, ...projectCounters(added).keys()])]
  if (touched.length === 0) return
  if (orphaned.length > 0) await client.query('delete from chain.counter where maker = any($1)', [orphaned])
  await upsertRows(client, 'counter', [...projectCounters(await voidingsOf(client, touched)).values()])
}

async function deleteHistories(client: ClientBase, dealIds: string[]): Promise<void> {
  await client.query('delete from chain.deal where id = any($1)', [dealIds])
  await client.query('delete from chain.offer_void where deal_id = any($1)', [dealIds])
  await client.query('delete from chain.review where deal_id = any($1)', [dealIds])
}
