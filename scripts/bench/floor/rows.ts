import type { Decoded, FloorLog } from './decode.ts'

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
  const { id, state, seller, buyer, token, price, arbiter, operator, itemHash, deadline, released, fee } = deal
  const parties = `${bytea(id)}\t${state}\t${bytea(seller)}\t${bytea(buyer)}\t${bytea(token)}\t${price}`
  const others = `${bytea(arbiter)}\t${bytea(operator)}\t${bytea(itemHash)}\t${deadline}\t${released}\t${fee}`
  return `${parties}\t${others}\t${deal.openedBlock}\t${deal.updatedBlock}\n`
}

/** An event as a line of COPY. Its arguments are hex and decimal, so that nothing needs escaping. */
export function eventLine(log: FloorLog, { name, args }: Decoded): string {
  const place = `${Number(log.blockNumber)}\t${Number(log.logIndex)}\t${bytea(log.blockHash)}\t${bytea(log.transactionHash)}`
  const deal = args.dealId === undefined ? '\\N' : bytea(args.dealId)
  return `${place}\t${bytea(log.address)}\t${name}\t${deal}\t${JSON.stringify(args)}\n`
}

function bytea(hex: string): string {
  return `\\\\x${hex.slice(2)}`
}
