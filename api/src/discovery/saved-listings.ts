import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { decodeCursor, pageFrom } from '../http/paging.ts'
import { getListing } from '../listings/service.ts'
import { standingsOf } from './cards.ts'
import type { PageQuery, SavedListing } from './contract.ts'

/** More than anybody looks through; it bounds what one account can make us keep. */
export const MOST_LISTINGS = 500

/** Saves a listing, with what it costs now. Saving it again changes nothing. @throws AppError NOT_FOUND, TOO_MANY */
export async function saveListing(context: Context, accountId: string, listingId: string): Promise<void> {
  const { price, token } = await getListing(context, listingId)
  const { db } = context
  const saved = await db.$executeRaw`
    INSERT INTO app.saved_listing (account_id, listing_id, price, token)
    SELECT ${accountId}::uuid, ${listingId}, ${price}::numeric, ${token}
    WHERE (SELECT count(*) FROM app.saved_listing WHERE account_id = ${accountId}::uuid) < ${MOST_LISTINGS}
    ON CONFLICT DO NOTHING`
  if (saved === 1) return
  const there = await db.savedListing.count({ where: { accountId, listingId } })
  if (there === 0) throw new AppError('TOO_MANY', `You have saved ${MOST_LISTINGS} listings, and that is the most.`)
}

export async function unsaveListing({ db }: Context, accountId: string, listingId: string): Promise<void> {
  await db.savedListing.deleteMany({ where: { accountId, listingId } })
}

/** Which listings the account saved, for the hearts of a page. */
export async function savedIds({ db }: Context, accountId: string): Promise<string[]> {
  const rows = await db.savedListing.findMany({
    where: { accountId },
    orderBy: { savedAt: 'desc' },
    take: MOST_LISTINGS,
    select: { listingId: true },
  })
  return rows.map(({ listingId }) => listingId)
}

interface Row {
  listing_id: string
  saved_at: Date
  price: string
  token: string
  key: string
}

/** The newest first, each as it stands now. */
export async function listSaved(context: Context, accountId: string, { cursor, limit }: PageQuery) {
  const after = decodeCursor(cursor)
  const rows = await context.db.$queryRaw<Row[]>`
    SELECT listing_id, saved_at, price::text AS price, token, key::text AS key
    FROM (SELECT *, (extract(epoch FROM saved_at) * 1000000)::numeric(30, 0) AS key FROM app.saved_listing WHERE account_id = ${accountId}::uuid) saved
    WHERE ${after === null} OR (key, listing_id) < (${after?.key ?? '0'}::numeric, ${after?.id ?? ''})
    ORDER BY key DESC, listing_id DESC LIMIT ${limit + 1}`
  const standing = await standingsOf(
    context,
    rows.slice(0, limit).map((row) => row.listing_id),
  )
  return pageFrom(rows, limit, {
    cursorOf: ({ key, listing_id }) => ({ key, id: listing_id }),
    toItem: ({ listing_id, saved_at, price, token }): SavedListing => ({
      ...{ listingId: listing_id, savedAt: saved_at.toISOString(), priceThen: price, tokenThen: token },
      ...standing(listing_id),
    }),
  })
}
