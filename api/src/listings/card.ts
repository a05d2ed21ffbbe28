import { Prisma } from '@fairhold/db/client'
import type { Category, Condition } from '@fairhold/protocol/listing/vocabulary'
import type { Person } from '../http/shapes.ts'
import { personAt } from '../identity/people.ts'
import type { ListingCard } from './contract.ts'

/** A listing as lists show it. */
export interface CardRow {
  id: string
  title: string
  category: Category
  condition: Condition
  place: string
  country: string | null
  photo: string | null
  token: string
  price: string
  shipping_from: string | null
  pickup: boolean
  seller: string
  person: Person
  quantity: number
  available: number
  created_at: Date
  key: string
}

/** Seconds now: the chain's clock where it runs ahead of ours, as a local chain's may. */
export const now = (caip2: string): Prisma.Sql =>
  Prisma.sql`GREATEST(extract(epoch FROM now()), (SELECT timestamp FROM chain.block WHERE chain = ${caip2} ORDER BY number DESC LIMIT 1))`

/** Whether the deal of row `unit` was made, or voided. */
export const isTaken = (caip2: string): Prisma.Sql => Prisma.sql`(
  EXISTS (SELECT FROM chain.deal WHERE deal.chain = ${caip2} AND deal.id = unit.deal_id)
  OR EXISTS (SELECT FROM chain.offer_void WHERE offer_void.chain = ${caip2} AND offer_void.deal_id = unit.deal_id))`

/** Whether the seller voided all offers, or those with the nonce of listing `l`. */
export const isVoid = (caip2: string): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT FROM chain.counter WHERE counter.chain = ${caip2} AND counter.maker = l.seller
    AND (counter.counter <> (l.offer->>'counter')::numeric OR l.nonce = ANY(counter.voided_nonces)))`

/**
 * Units of listing `l` that nobody took and nobody voided, for any choice: none if the seller voided all offers, or those with this
 * one's nonce.
 */
export const free = (caip2: string): Prisma.Sql => Prisma.sql`(CASE
  WHEN ${isVoid(caip2)} THEN 0
  ELSE l.quantity - (SELECT count(DISTINCT unit.unit)::int FROM app.listing_unit unit WHERE unit.listing_id = l.id AND ${isTaken(caip2)})
  END)`

export const availableOn = (caip2: string): Prisma.Sql =>
  Prisma.sql`CASE WHEN l.status = 'active' AND l.expiry >= ${now(caip2)} THEN ${free(caip2)} ELSE 0 END`

/** The columns of a `CardRow` that can be told of listing `l` alone: all but `available` and `key`. */
export const cardOn = (caip2: string): Prisma.Sql => Prisma.sql`l.id, l.title, l.category, l.condition, l.place, l.country,
  l.cover AS photo, l.token, l.price::text AS price, l.shipping_from::text AS shipping_from, l.pickup, l.seller, l.quantity,
  l.created_at, ${personAt(caip2, Prisma.sql`l.seller`)} AS person`

/** The card of a row. */
export function cardOf({ created_at, shipping_from, person: seller, ...row }: Omit<CardRow, 'key'>): ListingCard {
  const { id, title, category, condition, place, country, photo, token, price, pickup, quantity, available } = row
  const kind = { id, title, category, condition, place, country, photo }
  return {
    ...kind,
    token,
    price,
    shippingFrom: shipping_from,
    pickup,
    seller,
    quantity,
    available,
    createdAt: created_at.toISOString(),
  }
}
