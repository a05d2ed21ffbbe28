import type { ClientBase } from 'pg'
import type { ChainEvent } from '../project/event.ts'
import type { DealHistory } from '../project/history.ts'
import type { Changes } from './projections.ts'

const CHANNEL = 'fairhold_live'

type Message = { kind: string; deal_id: string | null; accounts: string[]; block_number: number; payload: object }
type StoredMessage = { id: string; kind: string; deal_id: string | null; accounts: string[]; block_number: string }

export type OutboxOptions = Changes & {
  histories: ReadonlyMap<string, DealHistory>
  /** Height that a reorganisation went back to; null if there was none. */
  retractAbove: number | null
}

/**
 * Writes one outbox row for each event that came or was retracted, and tells listeners once for each deal. Postgres
 * delivers the notices when the transaction commits, so nobody hears of rows that are not there.
 */
export async function writeOutbox(client: ClientBase, options: OutboxOptions): Promise<void> {
  const messages = messagesFor(options)
  if (messages.length === 0) return
  const sql = `insert into chain.outbox (kind, deal_id, accounts, block_number, payload)
    select kind, deal_id, accounts, block_number, payload
    from json_to_recordset($1::json) as m(kind text, deal_id text, accounts text[], block_number bigint, payload jsonb)
    returning id, kind, deal_id, accounts, block_number`
  const { rows } = await client.query<StoredMessage>(sql, [JSON.stringify(messages)])
  const notify = `select count(pg_notify($1, notice)) from unnest($2::text[]) as notice`
  await client.query(notify, [CHANNEL, noticesFor(rows)])
}

function messagesFor({ retracted, added, histories, retractAbove }: OutboxOptions): Message[] {
  const all = [...retracted, ...added]
  const accounts = accountsByDeal(all, histories)
  const messages = [
    ...retracted.map((event) => messageOf(event, accounts, true)),
    ...added.map((event) => messageOf(event, accounts, false)),
  ].filter((message) => message !== null)
  if (retractAbove === null) return messages
  const payload = { retractedEvents: retracted.length }
  return [{ kind: 'reorg', deal_id: null, accounts: [], block_number: retractAbove, payload }, ...messages]
}

function messageOf(event: ChainEvent, accounts: ReadonlyMap<string, string[]>, isRetracted: boolean): Message | null {
  const { name: eventName, deal_id, block_number, block_hash, log_index, tx_hash } = event
  const payload = { event: eventName, blockHash: block_hash, logIndex: log_index, txHash: tx_hash, retracted: isRetracted }
  if (event.name === 'AllOffersVoided' || event.name === 'NoncesVoided') {
    return { kind: 'listing', deal_id: null, accounts: [event.args.maker], block_number, payload }
  }
  if (deal_id === null) return null // a credit comes with the deal's own event, a withdrawal concerns nobody else
  const kind = event.name === 'ReviewCommitted' || event.name === 'ReviewRevealed' ? 'review' : 'deal'
  return { kind, deal_id, accounts: accounts.get(deal_id) ?? [], block_number, payload }
}

function accountsByDeal(events: readonly ChainEvent[], histories: ReadonlyMap<string, DealHistory>): Map<string, string[]> {
  const accounts = new Map<string, string[]>()
  for (const event of events) {
    if (event.name === 'Opened' || event.name === 'OpenedInPart') {
      const { dealId, seller, buyer, terms } = event.args
      accounts.set(dealId, [seller, buyer, terms.arbiter])
    } else if (event.name === 'OfferVoided') accounts.set(event.args.dealId, [event.args.maker])
  }
  for (const [id, { deal }] of histories) if (deal !== null) accounts.set(id, [deal.seller, deal.buyer, deal.arbiter])
  return accounts
}

function noticesFor(rows: readonly StoredMessage[]): string[] {
  const last = new Map<string, object>()
  for (const { id, kind, deal_id, accounts, block_number } of rows) {
    const notice = { id: Number(id), kind, ...(deal_id && { dealId: deal_id }), accounts, block: Number(block_number) }
    last.set(`${kind}:${deal_id ?? accounts.join()}`, notice)
  }
  return [...last.values()].map((notice) => JSON.stringify(notice))
}
