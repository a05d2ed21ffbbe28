import type { ChainEvent } from '../project/event.ts'
import { copyLine, copyLines, type Target } from './copy.ts'
import type { Histories } from './histories.ts'

const CHANNEL = 'fairhold_live'
const MOST_NOTICES = 200 // more changes than that are told as one: look at everything anew
const POSITION_LOCK = 7_233_186_749

const columns = [
  ...['position', 'chain', 'kind', 'retracted', 'deal_id', 'accounts', 'block_number', 'block_hash', 'log_index', 'tx_hash'],
  'payload',
]

type Message = {
  kind: string
  retracted: boolean
  deal_id: string | null
  accounts: readonly string[]
  block_number: number
  block_hash: string | null
  log_index: number | null
  tx_hash: string | null
  payload: object
}

export type OutboxOptions = {
  retracted: readonly ChainEvent[]
  added: readonly ChainEvent[]
  histories: Histories
  /** Height that a reorganisation went back to; null if there was none. */
  retractAbove: number | null
}

/**
 * Writes one outbox row for each event that came or was taken back, what was taken back first and last to first, and tells
 * listeners once for each deal. Postgres delivers the notices when the transaction commits, so nobody hears of rows that are not
 * there. Positions are given out under a lock that is held until the commit: whoever has seen one has seen all before it.
 */
export async function writeOutbox(target: Target, options: OutboxOptions): Promise<void> {
  const messages = messagesFor(options)
  if (messages.length === 0) return
  const { client, chain } = target
  const first = await takePositions(target, messages.length)
  await copyLines(client, `bus.outbox (${columns.join(', ')})`, linesOf(messages, chain, first))
  const notices = noticesFor(messages, first)
  await client.query('select count(pg_notify($1, notice)) from unnest($2::text[]) as notice', [CHANNEL, notices])
}

function* linesOf(messages: readonly Message[], chain: string, first: number): Generator<string> {
  for (const [k, one] of messages.entries()) {
    const { kind, retracted, deal_id, accounts, block_number, block_hash, log_index, tx_hash, payload } = one
    const place = [deal_id, accounts, block_number, block_hash, log_index, tx_hash]
    yield copyLine([first + k, chain, kind, retracted, ...place, payload])
  }
}

async function takePositions({ client }: Target, count: number): Promise<number> {
  await client.query('select pg_advisory_xact_lock($1)', [POSITION_LOCK])
  const sql = `select setval('bus.outbox_position', nextval('bus.outbox_position') + $1 - 1) as last`
  const { rows } = await client.query<{ last: string }>(sql, [count])
  return Number(rows[0]?.last) - count + 1
}

function messagesFor({ retracted, added, histories, retractAbove }: OutboxOptions): Message[] {
  const accounts = accountsByDeal([...retracted, ...added], histories)
  const messages = [
    ...retracted.toReversed().map((event) => messageOf(event, accounts, true)),
    ...added.map((event) => messageOf(event, accounts, false)),
  ]
  if (retractAbove === null) return messages
  const nowhere = { deal_id: null, accounts: [], block_hash: null, log_index: null, tx_hash: null }
  const payload = { to_block: retractAbove, retracted: retracted.length }
  return [{ kind: 'chain.reorg', retracted: false, block_number: retractAbove, ...nowhere, payload }, ...messages]
}

function messageOf(event: ChainEvent, accounts: ReadonlyMap<string, string[]>, retracted: boolean): Message {
  const { deal_id, block_number, block_hash, log_index, tx_hash } = event
  const concerned = deal_id === null ? accountsOf(event) : (accounts.get(deal_id) ?? [])
  const place = { deal_id, accounts: concerned, block_number, block_hash, log_index, tx_hash }
  return { kind: kindOf(event.name), retracted, ...place, payload: payloadOf(event) }
}

/** What an event says, without the terms: whoever wants those finds them in the deal's row. */
function payloadOf({ args }: ChainEvent): object {
  if (!('terms' in args)) return args
  const { terms: _, ...others } = args
  return others
}

const kinds: Partial<Record<ChainEvent['name'], string>> = {
  ReviewCommitted: 'review.committed',
  ReviewRevealed: 'review.revealed',
  OfferVoided: 'offer.voided',
  AllOffersVoided: 'maker.allOffersVoided',
  NoncesVoided: 'maker.noncesVoided',
  Credited: 'credit.credited',
  Withdrawn: 'credit.withdrawn',
}

/** The kind of event that consumers see, such as `deal.shipped`. */
export function kindOf(name: ChainEvent['name']): string {
  return kinds[name] ?? `deal.${name.charAt(0).toLowerCase()}${name.slice(1)}`
}

function accountsOf(event: ChainEvent): string[] {
  if (event.name === 'AllOffersVoided' || event.name === 'NoncesVoided') return [event.args.maker]
  if (event.name === 'Credited' || event.name === 'Withdrawn') return [event.args.account]
  return []
}

function accountsByDeal(events: readonly ChainEvent[], histories: Histories): Map<string, string[]> {
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

/** What pages are told: of each deal, only the last that happened to it, in the order of positions, by which they resume. */
function noticesFor(messages: readonly Message[], first: number): string[] {
  const last = new Map<string, object>()
  for (const [k, { kind, deal_id, accounts, block_number }] of messages.entries()) {
    const concern = concernOf(kind)
    if (concern === null) continue
    const notice = { id: first + k, kind: concern, ...(deal_id && { dealId: deal_id }), accounts, block: block_number }
    const key = `${concern}:${deal_id ?? accounts.join()}`
    last.delete(key) // so that it comes to stand at the end
    last.set(key, notice)
  }
  if (last.size <= MOST_NOTICES) return [...last.values()].map((notice) => JSON.stringify(notice))
  const end = { id: first + messages.length - 1, kind: 'reorg', accounts: [], block: messages.at(-1)?.block_number ?? 0 }
  return [JSON.stringify(end)]
}

/** Which pages a kind of event concerns; null for credits, which come with the deal's own event or concern nobody else. */
function concernOf(kind: string): 'deal' | 'review' | 'listing' | 'reorg' | null {
  if (kind === 'chain.reorg') return 'reorg'
  if (kind.startsWith('maker.')) return 'listing'
  if (kind.startsWith('credit.')) return null
  return kind.startsWith('review.') ? 'review' : 'deal'
}
