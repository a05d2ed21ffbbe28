import { ask, isUniqueViolation, Prisma } from '@fairhold/db/client'
import type { OfferJson } from '@fairhold/protocol/deal/terms'
import type { ListingContent } from '@fairhold/protocol/listing/content'
import type { Context } from '../context.ts'
import { noticeOf, notifyListing } from '../http/notify.ts'
import { availableOn, type CardRow, cardOn, free, isTaken, isVoid, now } from './card.ts'
import type { Withdrawal } from './contract.ts'
import type { ListingRows } from './rows.ts'
import { INDEXING, unindexListings } from './search/index-listing.ts'

export interface ListingRow extends Omit<CardRow, 'key'> {
  content: ListingContent
  offer: OfferJson
  signature: string
  item_hash: string
  /** In seconds. */
  expiry: string
  arbiter: string
  ships_to: string[]
  status: 'active' | 'withdrawn'
  free: number
  /** Whether the seller voided the group of its offers, or all offers. */
  void: boolean
  /** Whether any unit became a deal; if none did and none is free, the seller voided the offer. */
  bought: boolean
  expired: boolean
  replaces: string | null
  replaced_by: string | null
  /** In seconds. */
  withdrawn_at: string | null
  withdrawal: string | null
}

export async function findListing({ caip2, pool }: Context, id: string): Promise<ListingRow | null> {
  const [row] = await ask<ListingRow>(
    pool,
    'listing',
    Prisma.sql`
    SELECT ${cardOn(caip2)}, ${availableOn(caip2)} AS available, l.content, l.offer, l.signature, l.item_hash, l.expiry, l.arbiter, l.ships_to, l.status, ${free(caip2)} AS free, ${isVoid(caip2)} AS void,
      EXISTS (SELECT FROM app.listing_unit unit JOIN chain.deal ON deal.chain = ${caip2} AND deal.id = unit.deal_id WHERE unit.listing_id = l.id) AS bought,
      l.expiry < ${now(caip2)} AS expired, l.withdrawn_at, l.withdrawal, l.replaces, (SELECT id FROM app.listing WHERE replaces = l.id) AS replaced_by
    FROM app.listing l WHERE l.id = ${id}`,
  )
  return row ?? null
}

export interface UnitRow {
  choice: number
  unit: number
  dealId: string
  /** Whether this unit is gone, for whichever choice. */
  taken: boolean
  /** Whether this very deal was neither made nor voided by itself. */
  free: boolean
}

export function findUnits({ caip2, pool }: Context, listingId: string): Promise<UnitRow[]> {
  return ask<UnitRow>(
    pool,
    'units of listing',
    Prisma.sql`
    SELECT unit.choice, unit.unit, unit.deal_id AS "dealId", bool_or(${isTaken(caip2)}) OVER (PARTITION BY unit.unit) AS taken,
      NOT ${isTaken(caip2)} AS free
    FROM app.listing_unit unit WHERE unit.listing_id = ${listingId} ORDER BY unit.choice, unit.unit`,
  )
}

export interface OfferRow {
  choice: number
  offer: OfferJson
  signature: string
}

/** Whether nobody can take any of it now, as seen from within a transaction. */
export async function isSoldOut({ caip2 }: Context, tx: Prisma.TransactionClient, id: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT FROM app.listing l WHERE l.id = ${id} AND ${availableOn(caip2)} > 0`
  return rows.length === 0
}

/** The signed offers of a listing, by choice. */
export function findOffers({ pool }: Context, listingId: string): Promise<OfferRow[]> {
  const sql = Prisma.sql`SELECT choice, offer, signature FROM app.listing_offer WHERE listing_id = ${listingId} ORDER BY choice`
  return ask<OfferRow>(pool, 'offers of listing', sql)
}

/** Title and picture of the listing that each deal came from. */
export async function listingsOfDeals({ db }: Context, dealIds: readonly string[]) {
  const rows = await db.$queryRaw<{ deal_id: string; id: string; title: string; photo: string | null }[]>(Prisma.sql`
    SELECT unit.deal_id, l.id, l.title, l.cover AS photo
    FROM app.listing_unit unit JOIN app.listing l ON l.id = unit.listing_id WHERE unit.deal_id = ANY(${[...dealIds]})`)
  return new Map(rows.map(({ deal_id, ...listing }) => [deal_id, listing]))
}

/** How many of these pictures there are. */
export async function countPhotos({ pool }: Context, photos: readonly string[]): Promise<number> {
  if (photos.length === 0) return 0
  const sql = Prisma.sql`SELECT count(*)::int AS count FROM app.media WHERE sha256 = ANY(${[...photos]})`
  const [found] = await ask<{ count: number }>(pool, 'photos', sql)
  return found?.count ?? 0
}

/** Whether any of these units was taken or voided on chain. */
export async function isKnownOnChain({ caip2, pool }: Context, unitIds: readonly string[]): Promise<boolean> {
  const ids = [...unitIds]
  const [found] = await ask<{ known: boolean }>(
    pool,
    'units on chain',
    Prisma.sql`SELECT EXISTS (SELECT FROM chain.deal WHERE chain = ${caip2} AND id = ANY(${ids}::text[]))
      OR EXISTS (SELECT FROM chain.offer_void WHERE chain = ${caip2} AND deal_id = ANY(${ids}::text[])) AS known`,
  )
  return found?.known ?? false
}

/**
 * Inserts a listing with its offers and units, takes the one that it replaces off the market, and tells open pages: all or nothing.
 * False if it, one of its units, or another edit of what it replaces is there already.
 */
export async function insertListing({ db, pool }: Context, rows: ListingRows): Promise<boolean> {
  const { replaces } = rows.listing
  const sql = insertion(rows)
  try {
    if (replaces === null) await ask(pool, 'publish', sql)
    else
      await db.$transaction(async (tx) => {
        await tx.$executeRaw(sql)
        await takeOff(tx, replaces)
      })
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

/** All that is written when a listing comes on the market, as one statement: whole or not at all, in one round trip. */
function insertion({ listing, offers, units }: ListingRows): Prisma.Sql {
  const [one, signed, parts] = [listing, offers, units].map((rows) => JSON.stringify(rows))
  const columns = Prisma.raw(Object.keys(listing).join(', ')) // as `rowsOf` names them
  return Prisma.sql`
    WITH listed AS (
      INSERT INTO app.listing (${columns}) SELECT ${columns} FROM jsonb_populate_record(NULL::app.listing, ${one}::jsonb)
      RETURNING *),
    offered AS (
      INSERT INTO app.listing_offer (listing_id, choice, offer, signature, price)
      SELECT ${listing.id}, choice, offer, signature, price FROM jsonb_populate_recordset(NULL::app.listing_offer, ${signed}::jsonb)),
    units AS (
      INSERT INTO app.listing_unit (deal_id, listing_id, unit, choice)
      SELECT deal_id, ${listing.id}, unit, choice FROM jsonb_populate_recordset(NULL::app.listing_unit, ${parts}::jsonb)),
    ${INDEXING}, ${noticeOf(Prisma.sql`SELECT id, 'new' FROM listed`)}`
}

/** Takes a listing off the market and tells open pages. `signed` is kept as the proof, unless there is one. */
export async function takeOff(tx: Prisma.TransactionClient, id: string, signed?: Withdrawal): Promise<void> {
  await tx.listing.update({ where: { id }, data: { status: 'withdrawn', updatedAt: new Date() } })
  if (signed) {
    const data = { withdrawnAt: BigInt(signed.issuedAt), withdrawal: signed.signature }
    await tx.listing.updateMany({ where: { id, withdrawal: null }, data })
  }
  await unindexListings(tx, [id])
  await notifyListing(tx, id, 'gone')
}
