import type { Decoded, FloorLog } from './decode.ts'
import { CHANGING } from './tables.ts'

/** A deal as the floors keep it: column by column in the order of the table. */
export type FloorDeal = {
  id: string
  state: string
  seller: string
  buyer: string
  token: string
  price: string
  arbiter: string
  operator: string
  itemHash: string
  deadline: string
  released: string
  fee: string
  openedBlock: number
  updatedBlock: number
}

const stateAfter: Record<string, string> = { Opened: 'funded', Shipped: 'shipped', Delivered: 'delivered', Released: 'completed' }

/** Changes the deal that an event is about. Returns it, or null where the event changes none. Nothing is checked: it is a floor. */
export function foldDeal(deals: Map<string, FloorDeal>, { name, args }: Decoded, block: number): FloorDeal | null {
  const state = stateAfter[name]
  const id = args.dealId
  if (state === undefined || id === undefined) return null
  if (name === 'Opened') {
    const { seller = '', buyer = '', token = '', price = '', arbiter = '', operator = '', itemHash = '', deadline = '' } = args
    const parties = { id, state, seller, buyer, token, price, arbiter, operator, itemHash, deadline }
    const deal = { ...parties, released: '0', fee: '0', openedBlock: block, updatedBlock: block }
    deals.set(id, deal)
    return deal
  }
  const deal = deals.get(id)
  if (deal === undefined) throw new Error(`${name} of a deal that was never opened`)
  deal.state = state
  deal.deadline = args.deadline ?? deal.deadline
  deal.released = args.amount ?? deal.released
  deal.fee = args.fee ?? deal.fee
  deal.updatedBlock = block
  if (state === 'completed') deals.delete(id) // what follows does not touch its row
  return deal
}

/** A deal as a line of COPY. */
export function dealLine(deal: FloorDeal): string {
  return `${dealCells(deal, '\\\\x').join('\t')}\n`
}

/** An event as a line of COPY. Its arguments are hex and decimal, so that nothing needs escaping. */
export function eventLine(log: FloorLog, decoded: Decoded): string {
  const { dealId } = decoded.args
  return `${eventCells(log, decoded, '\\\\x').join('\t')}\t${dealId === undefined ? '\\N' : `\\\\x${dealId.slice(2)}`}\n`
}

/** A statement that adds a deal or replaces it. */
export function upsertDeal(deal: FloorDeal): string {
  const cells = dealCells(deal, '\\x').map((cell) => `'${cell}'`)
  return `insert into deal values (${cells.join(', ')}) on conflict (id) do update set ${CHANGING}`
}

/** A statement that adds an event. */
export function insertEvent(log: FloorLog, decoded: Decoded): string {
  const cells = eventCells(log, decoded, '\\x').map((cell) => `'${cell}'`)
  const { dealId } = decoded.args
  const deal = dealId === undefined ? 'null' : `'\\x${dealId.slice(2)}'`
  return `insert into event values (${cells.join(', ')}, ${deal})`
}

function dealCells(deal: FloorDeal, prefix: string): (string | number)[] {
  const { id, state, seller, buyer, token, price, arbiter, operator, itemHash, deadline, released, fee } = deal
  const bytes = (hex: string): string => prefix + hex.slice(2)
  return [
    ...[bytes(id), state, bytes(seller), bytes(buyer), bytes(token), price, bytes(arbiter), bytes(operator), bytes(itemHash)],
    ...[deadline, released, fee, deal.openedBlock, deal.updatedBlock],
  ]
}

/** All but the deal's id, which may be missing and stands last. */
function eventCells(log: FloorLog, { name, args }: Decoded, prefix: string): (string | number)[] {
  const bytes = (hex: string): string => prefix + hex.slice(2)
  const place = [Number(log.blockNumber), Number(log.logIndex), bytes(log.blockHash), bytes(log.transactionHash)]
  return [...place, bytes(log.address), name, JSON.stringify(args)]
}
