import { Prisma } from '@fairhold/db/client'
import type { OfferJson } from '@fairhold/protocol/deal/terms'
import type { Context } from '../context.ts'
import { decodeCursor } from '../http/paging.ts'
import { availableOn, isTaken as isUnitTaken } from '../listings/card.ts'
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
  status: 'open' | 'declined' | 'withdrawn' | 'countered' | 'ended'
  handed_at: Date | null
  created_at: Date
  /** Whether it became a deal; whether its maker voided it on chain. */
  taken: boolean
  voided: boolean
  key: string
}

const isTaken = (caip2: string): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT FROM chain.deal WHERE deal.chain = ${caip2} AND deal.id = b.id)`

const isVoided = (caip2: string): Prisma.Sql =>
  Prisma.sql`(EXISTS (SELECT FROM chain.offer_void v WHERE v.chain = ${caip2} AND v.deal_id = b.id)
    OR EXISTS (SELECT FROM chain.counter c WHERE c.chain = ${caip2} AND c.maker = b.maker
      AND (c.counter <> (b.offer->>'counter')::numeric OR (b.offer->>'nonce')::smallint = ANY(c.voided_nonces))))`

/** Whether bid `b` can still be taken, as far as it goes: nobody closed it, it is no deal, not voided, and its time is not over. */
export const isStanding = (caip2: string, now: number): Prisma.Sql =>
  Prisma.sql`(b.status = 'open' AND b.expiry >= ${BigInt(now)} AND NOT ${isTaken(caip2)} AND NOT ${isVoided(caip2)})`

const columns = (caip2: string): Prisma.Sql => Prisma.sql`b.id, b.listing_id, b.choice, b.unit, b.maker, b.seller, b.buyer,
  b.token, b.price::text AS price, b.offer, b.signature, b.payment, b.note, b.expiry, b.status, b.handed_at, b.created_at,
  ${isTaken(caip2)} AS taken, ${isVoided(caip2)} AS voided,
  (extract(epoch FROM b.created_at) * 1000000)::numeric(30, 0)::text AS key`

export async function findBid({ caip2, db }: Context, id: string): Promise<BidRow | null> {
  const rows = await db.$queryRaw<BidRow[]>(Prisma.sql`SELECT ${columns(caip2)} FROM app.bid b WHERE b.id = ${id}`)
  return rows[0] ?? null
}

/** One row more than `limit` of the bids that these wallets made or were made, newest first. */
export async function listBids(context: Context, wallets: readonly string[], query: BidQuery): Promise<BidRow[]> {
  const { caip2, db } = context
  const mine = Prisma.sql`(${Prisma.join([...wallets])})`
  const parts = [Prisma.sql`(b.seller IN ${mine} OR b.buyer IN ${mine})`]
  if (query.side === 'received') parts.push(Prisma.sql`b.maker NOT IN ${mine}`)
  if (query.side === 'sent') parts.push(Prisma.sql`b.maker IN ${mine}`)
  if (query.open === 'true') parts.push(isStanding(caip2, await context.chainNow()))
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

type Tx = Prisma.TransactionClient

/** Closes what is open between two people on a listing and has ended by itself, so that it does not stand in the way of another. */
export async function closeEnded(
  { caip2 }: Context,
  tx: Tx,
  of: { listingId: string; buyer: string; now: number },
): Promise<void> {
  await tx.$executeRaw`UPDATE app.bid b SET status = 'ended', closed_at = now()
    WHERE b.listing_id = ${of.listingId} AND b.buyer = ${of.buyer} AND b.status = 'open' AND NOT ${isStanding(caip2, of.now)}`
}

/** The open offer between two people on a listing, if any; nobody else closes it or hands it out before the transaction ends. */
export async function lockOpen(tx: Tx, listingId: string, buyer: string): Promise<{ id: string; maker: string } | null> {
  const rows = await tx.$queryRaw<{ id: string; maker: string }[]>`
    SELECT id, maker FROM app.bid WHERE listing_id = ${listingId} AND buyer = ${buyer} AND status = 'open' FOR UPDATE`
  return rows[0] ?? null
}

/** How many bids a buyer has in all that a seller could take, and made on this listing since yesterday. */
export async function countBids(context: Context, buyer: string, listingId: string): Promise<{ open: number; today: number }> {
  const { caip2, db } = context
  const now = await context.chainNow()
  const [counts] = await db.$queryRaw<{ open: number; today: number }[]>`
    SELECT count(*) FILTER (WHERE ${isStanding(caip2, now)}
        AND EXISTS (SELECT FROM app.listing l WHERE l.id = b.listing_id AND ${availableOn(caip2)} > 0))::int AS open,
      count(*) FILTER (WHERE b.listing_id = ${listingId} AND b.created_at > now() - interval '1 day')::int AS today
    FROM app.bid b WHERE b.buyer = ${buyer} AND b.maker = ${buyer}
      AND (b.status = 'open' OR (b.listing_id = ${listingId} AND b.created_at > now() - interval '1 day'))`
  return counts ?? { open: 0, today: 0 }
}

export interface TakenBid {
  id: string
  listingId: string
  /** Of the listing, noted when it was accepted. */
  unit: number | null
  /** Whether its seller took it, and so could void the asks of the unit that was noted. */
  bySeller: boolean
}

/** Bids that became deals and are not counted yet as a unit of their listing. */
export async function takenBids({ caip2, db }: Context): Promise<TakenBid[]> {
  return db.$queryRaw`
    SELECT b.id, b.listing_id AS "listingId", b.unit, b.maker = b.buyer AS "bySeller"
    FROM app.bid b JOIN chain.deal d ON d.chain = ${caip2} AND d.id = b.id JOIN app.listing l ON l.id = b.listing_id
    WHERE b.handed_at > now() - interval '90 days' AND NOT EXISTS (SELECT FROM app.listing_unit u WHERE u.deal_id = b.id)
    ORDER BY d.opened_at, b.id LIMIT 200`
}

/**
 * The unit that a taken bid has sold. The one that was noted, where its asks were voided with it and no deal has it; else the first that
 * is free: what was noted may have been sold meanwhile, or noted for two. Null where all are gone.
 */
export async function unitSoldBy({ caip2 }: Context, tx: Tx, { listingId, unit, bySeller }: TakenBid): Promise<number | null> {
  const noted = bySeller ? unit : null
  const of = Prisma.sql`FROM app.listing_unit unit WHERE unit.listing_id = l.id AND unit.unit = n`
  const dealt = Prisma.sql`EXISTS (SELECT FROM chain.deal WHERE deal.chain = ${caip2} AND deal.id = unit.deal_id)`
  const rows = await tx.$queryRaw<{ unit: number }[]>`
    SELECT n AS unit FROM app.listing l, generate_series(0, l.quantity - 1) n
    WHERE l.id = ${listingId} AND (NOT EXISTS (SELECT ${of} AND ${isUnitTaken(caip2)})
      OR (n = ${noted}::int AND NOT EXISTS (SELECT ${of} AND ${dealt})))
    ORDER BY n = ${noted}::int DESC NULLS LAST, n LIMIT 1`
  return rows[0]?.unit ?? null
}
