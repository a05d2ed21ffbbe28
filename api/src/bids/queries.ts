import { Prisma } from '@fairhold/db/client'
import type { OfferJson } from '@fairhold/protocol/deal/terms'
import type { Context } from '../context.ts'
import { decodeCursor } from '../http/paging.ts'
import type { BidIn, BidQuery } from './contract.ts'

export interface BidRow {
  id: string
  listing_id: string
  choice: number
  unit: number | null
  maker: string
  seller: string
  buyer: string
  token: string
  price: string
  offer: OfferJson
  signature: string
  payment: BidIn['payment'] | null
  note: string
  expiry: bigint
  status: 'open' | 'declined' | 'withdrawn' | 'countered'
  handed_at: Date | null
  created_at: Date
  /** Whether it became a deal; whether its maker voided it on chain. */
  taken: boolean
  voided: boolean
  key: string
}

const columns = (caip2: string): Prisma.Sql => Prisma.sql`b.id, b.listing_id, b.choice, b.unit, b.maker, b.seller, b.buyer,
  b.token, b.price::text AS price, b.offer, b.signature, b.payment, b.note, b.expiry, b.status, b.handed_at, b.created_at,
  EXISTS (SELECT FROM chain.deal WHERE deal.chain = ${caip2} AND deal.id = b.id) AS taken,
  EXISTS (SELECT FROM chain.offer_void v WHERE v.chain = ${caip2} AND v.deal_id = b.id)
    OR EXISTS (SELECT FROM chain.counter c WHERE c.chain = ${caip2} AND c.maker = b.maker
      AND (c.counter <> (b.offer->>'counter')::numeric OR (b.offer->>'nonce')::smallint = ANY(c.voided_nonces))) AS voided,
  (extract(epoch FROM b.created_at) * 1000000)::numeric(30, 0)::text AS key`

export async function findBid({ caip2, db }: Context, id: string): Promise<BidRow | null> {
  const rows = await db.$queryRaw<BidRow[]>(Prisma.sql`SELECT ${columns(caip2)} FROM app.bid b WHERE b.id = ${id}`)
  return rows[0] ?? null
}

/** One row more than `limit` of the bids that these wallets made or were made, newest first. */
export async function listBids({ caip2, db }: Context, wallets: readonly string[], query: BidQuery): Promise<BidRow[]> {
  const mine = Prisma.sql`(${Prisma.join([...wallets])})`
  const parts = [Prisma.sql`(b.seller IN ${mine} OR b.buyer IN ${mine})`]
  if (query.side === 'received') parts.push(Prisma.sql`b.maker NOT IN ${mine}`)
  if (query.side === 'sent') parts.push(Prisma.sql`b.maker IN ${mine}`)
  if (query.open === 'true') parts.push(Prisma.sql`b.status = 'open'`)
  if (query.listing) parts.push(Prisma.sql`b.listing_id = ${query.listing}`)
  if (query.buyer) parts.push(Prisma.sql`b.buyer = ${query.buyer}`)
  const after = decodeCursor(query.cursor)
  if (after)
    parts.push(
      Prisma.sql`((extract(epoch FROM b.created_at) * 1000000)::numeric(30, 0), b.id) < (${after.key}::numeric, ${after.id})`,
    )
  return db.$queryRaw<BidRow[]>(Prisma.sql`SELECT ${columns(caip2)} FROM app.bid b
    WHERE ${Prisma.join(parts, ' AND ')} ORDER BY b.created_at DESC, b.id DESC LIMIT ${query.limit + 1}`)
}

/** The open offer between two people on a listing, if any. */
export async function findOpen(db: Prisma.TransactionClient | Context['db'], listingId: string, buyer: string) {
  const where = { listingId, buyer, status: 'open' }
  return db.bid.findFirst({ where, select: { id: true, maker: true, offer: true, expiry: true } })
}

/** How many bids a buyer has open in all, and made on this listing since yesterday. */
export async function countBids({ db }: Context, buyer: string, listingId: string): Promise<{ open: number; today: number }> {
  const [open, today] = await Promise.all([
    db.bid.count({ where: { maker: buyer, status: 'open', expiry: { gt: BigInt(Math.floor(Date.now() / 1000)) } } }),
    db.bid.count({ where: { maker: buyer, listingId, createdAt: { gt: new Date(Date.now() - 86_400_000) } } }),
  ])
  return { open, today }
}

/** Bids that became deals and are not counted yet as a unit of their listing. */
export async function takenBids({ caip2, db }: Context): Promise<{ id: string; listingId: string; unit: number | null }[]> {
  return db.$queryRaw`
    SELECT b.id, b.listing_id AS "listingId", b.unit FROM app.bid b JOIN chain.deal d ON d.chain = ${caip2} AND d.id = b.id
    WHERE b.handed_at > now() - interval '90 days' AND NOT EXISTS (SELECT FROM app.listing_unit u WHERE u.deal_id = b.id) LIMIT 200`
}
