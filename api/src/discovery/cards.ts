import { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import { availableOn, type CardRow, cardOf, cardOn, free, now } from '../listings/card.ts'
import type { Listing, ListingCard } from '../listings/contract.ts'
import { statusOf } from '../listings/service.ts'

/** A listing as it stands now. */
export interface Standing {
  listing: ListingCard | null
  status: Listing['status'] | 'deleted'
}

interface Row extends CardRow {
  status: 'active' | 'withdrawn'
  free: number
  bought: boolean
  expired: boolean
}

const DELETED: Standing = { listing: null, status: 'deleted' }

/** Each of these listings as it stands, in no order; one that was deleted is there as such. A page's worth at a time. */
export async function standingsOf({ caip2, db }: Context, ids: readonly string[]): Promise<(id: string) => Standing> {
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT ${cardOn(caip2)}, ${availableOn(caip2)} AS available, '0' AS key, l.status, ${free(caip2)} AS free, l.expiry < ${now(caip2)} AS expired,
      EXISTS (SELECT FROM app.listing_unit unit JOIN chain.deal ON deal.chain = ${caip2} AND deal.id = unit.deal_id
        WHERE unit.listing_id = l.id) AS bought
    FROM app.listing l WHERE l.id = ANY(${[...ids]})`)
  const known = new Map(rows.map((row): [string, Standing] => [row.id, { listing: cardOf(row), status: statusOf(row) }]))
  return (id) => known.get(id) ?? DELETED
}
