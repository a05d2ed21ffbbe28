import { hash } from 'node:crypto'
import { ines, operator as operatorAccount } from '@fairhold/protocol/dev-accounts'

/** Chain that the generated rows are of: the one whose deployment the api knows. */
export const CAIP2 = 'eip155:31337'
export const operator = operatorAccount.address.toLowerCase()
/** Four arbiters share the deals. */
export const arbiters = [ines.address.toLowerCase(), ...[1, 2, 3].map((k) => accountOf('arbiter', k))]

/** A seller with one deal in 101. */
export const BIG_SELLER = 0
const BIG_SELLER_EVERY = 101
const GROUP = 1_000 // deals that share sellers and buyers, and the next thousand has others: people come as deals do
const SELLERS = 100
const BUYERS = 200

/** Text that stands for a number as its SHA-256. In Postgres the same is `'0x' || encode(sha256(('deal ' || k)::bytea), 'hex')`. */
export function wordOf(what: string, k: number): string {
  return `0x${hash('sha256', `${what} ${k}`)}`
}

export function accountOf(what: string, k: number): string {
  return wordOf(what, k).slice(0, 42)
}

export function dealIdOf(k: number): string {
  return wordOf('deal', k)
}

/** Number of the seller of deal k: each has about ten. */
export function sellerOf(k: number): number {
  return k % BIG_SELLER_EVERY === 0 ? BIG_SELLER : 1 + Math.floor(k / GROUP) * SELLERS + (Math.floor(k / 10) % SELLERS)
}

/** Number of the buyer of deal k: each has five. */
export function buyerOf(k: number): number {
  return Math.floor(k / GROUP) * BUYERS + (Math.floor(k / 5) % BUYERS)
}

/** Number of the arbiter of deal k. */
export function arbiterOf(k: number): number {
  return Math.floor(k / 20) % arbiters.length
}

/** The same four as SQL expressions of the column `k`. */
export const inSql = {
  id: word('deal', 'k'),
  seller: account(
    'seller',
    `(case when k % ${BIG_SELLER_EVERY} = 0 then ${BIG_SELLER} else 1 + k / ${GROUP} * ${SELLERS} + k / 10 % ${SELLERS} end)`,
  ),
  buyer: account('buyer', `(k / ${GROUP} * ${BUYERS} + k / 5 % ${BUYERS})`),
  arbiter: `(array['${arbiters.join("','")}'])[1 + k / 20 % ${arbiters.length}]`,
  item: word('item', 'k'),
}

function word(what: string, number: string): string {
  return `'0x' || encode(sha256(('${what} ' || ${number})::bytea), 'hex')`
}

function account(what: string, number: string): string {
  return `left(${word(what, number)}, 42)`
}
