import { Prisma } from '@fairhold/db/client'
import type { OfferJson } from '@fairhold/protocol/deal/terms'
import type { ListingContent } from '@fairhold/protocol/listing/content'
import type { Context } from '../context.ts'
import { notifyListing } from '../http/notify.ts'
import { availableOn, type CardRow, card, free, isTaken, isVoid, now } from './card.ts'
import type { ListingRows } from './rows.ts'
import { indexListings, unindexListings } from './search/index-listing.ts'

export interface ListingRow extends Omit<CardRow, 'key'> {
  content: ListingContent
  offer: OfferJson
  signature: string
  item_hash: string
  expiry: bigint
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
}

export async function findListing({ caip2, db }: Context, id: string): Promise<ListingRow | null> {
  const rows = await db.$queryRaw<ListingRow[]>(Prisma.sql`
    SELECT ${card}, ${availableOn(caip2)} AS available, l.content, l.offer, l.signature, l.item_hash, l.expiry, l.arbiter, l.ships_to, l.status, ${free(caip2)} AS free, ${isVoid(caip2)} AS void,
      EXISTS (SELECT FROM app.listing_unit unit JOIN chain.deal ON deal.chain = ${caip2} AND deal.id = unit.deal_id WHERE unit.listing_id = l.id) AS bought,
      l.expiry < ${now(caip2)} AS expired, l.replaces, (SELECT id FROM app.listing WHERE replaces = l.id) AS replaced_by
    FROM app.listing l WHERE l.id = ${id}`)
  return rows[0] ?? null
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

export async function findUnits({ caip2, db }: Context, listingId: string): Promise<UnitRow[]> {
  return db.$queryRaw<UnitRow[]>(Prisma.sql`
    SELECT unit.choice, unit.unit, unit.deal_id AS "dealId", bool_or(${isTaken(caip2)}) OVER (PARTITION BY unit.unit) AS taken,
      NOT ${isTaken(caip2)} AS free
    FROM app.listing_unit unit WHERE unit.listing_id = ${listingId} ORDER BY unit.choice, unit.unit`)
}

export interface OfferRow {
  choice: number
  offer: OfferJson
  signature: string
}

/** The signed offers of a listing, by choice. */
export async function findOffers({ db }: Context, listingId: string): Promise<OfferRow[]> {
  const select = { choice: true, offer: true, signature: true } as const
  const rows = await db.listingOffer.findMany({ where: { listingId }, select, orderBy: { choice: 'asc' } })
  return rows.map((row) => ({ ...row, offer: row.offer as unknown as OfferJson }))
}

/** Title and picture of the listing that each deal came from. */
export async function listingsOfDeals({ db }: Context, dealIds: readonly string[]) {
  const rows = await db.$queryRaw<{ deal_id: string; id: string; title: string; photo: string | null }[]>(Prisma.sql`
    SELECT unit.deal_id, l.id, l.title, l.cover AS photo
    FROM app.listing_unit unit JOIN app.listing l ON l.id = unit.listing_id WHERE unit.deal_id = ANY(${[...dealIds]})`)
  return new Map(rows.map(({ deal_id, ...listing }) => [deal_id, listing]))
}

/** How many of these pictures there are. */
export function countPhotos({ db }: Context, photos: readonly string[]): Promise<number> {
  return db.media.count({ where: { sha256: { in: [...photos] } } })
}

/** Whether any of these units was taken or voided on chain. */
export async function isKnownOnChain({ caip2, db }: Context, unitIds: readonly string[]): Promise<boolean> {
  const ids = [...unitIds]
  const [deals, voids] = await Promise.all([
    db.chainDeal.count({ where: { chain: caip2, id: { in: ids } } }),
    db.chainOfferVoid.count({ where: { chain: caip2, dealId: { in: ids } } }),
  ])
  return deals + voids > 0
}

/**
 * Inserts a listing with its offers and units, takes the one that it replaces off the market, and tells open pages: all or nothing.
 * False if it, one of its units, or another edit of what it replaces is there already.
 */
export async function insertListing({ db }: Context, { listing, offers, units }: ListingRows): Promise<boolean> {
  try {
    await db.$transaction(async (tx) => {
      await tx.listing.createMany({ data: listing })
      await tx.listingOffer.createMany({ data: offers })
      await tx.listingUnit.createMany({ data: units })
      await indexListings(tx, [listing.id])
      await notifyListing(tx, listing.id)
      if (listing.replaces) await takeOff(tx, listing.replaces)
    })
    return true
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return false
    throw error
  }
}

/** Takes a listing off the market and tells open pages. */
export async function takeOff(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await tx.listing.update({ where: { id }, data: { status: 'withdrawn', updatedAt: new Date() } })
  await unindexListings(tx, [id])
  await notifyListing(tx, id)
}
