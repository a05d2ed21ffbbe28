import { Prisma } from '@fairhold/db/client'

interface Edit {
  id: string
  origin: string
  /** All that it is an edit of, the last one first: nobody may have looked between two edits. */
  ancestors: readonly string[]
}

/**
 * Whoever saved a listing, or looked at it, has saved or looked at what it was edited to; and is told if that costs less, in the
 * same token. Safe to do twice.
 */
export async function followEdit(tx: Prisma.TransactionClient, { id, origin, ancestors }: Edit, now: Date): Promise<void> {
  if (ancestors.length === 0) return
  const earlier = Prisma.sql`unnest(${[...ancestors]}::text[]) WITH ORDINALITY AS ancestor (id, step)`
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO app.alert (account_id, kind, listing_id, origin, old_price, new_price, token, due_at)
    SELECT DISTINCT ON (saved.account_id) saved.account_id, 'price-drop', edited.id, ${origin}, earlier.price, edited.price, edited.token, ${now}
    FROM ${earlier} JOIN app.listing earlier ON earlier.id = ancestor.id JOIN app.saved_listing saved ON saved.listing_id = earlier.id
      JOIN app.listing edited ON edited.id = ${id}
    WHERE edited.token = earlier.token AND edited.price < earlier.price
    ORDER BY saved.account_id, ancestor.step
    ON CONFLICT DO NOTHING`)
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO app.saved_listing (account_id, listing_id, saved_at, price, token)
    SELECT DISTINCT ON (saved.account_id) saved.account_id, ${id}, saved.saved_at, saved.price, saved.token
    FROM app.saved_listing saved WHERE saved.listing_id = ANY(${[...ancestors]}) ORDER BY saved.account_id, saved.saved_at
    ON CONFLICT DO NOTHING`)
  await tx.savedListing.deleteMany({ where: { listingId: { in: [...ancestors] } } })
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO app.listing_view AS seen (account_id, listing_id, times, viewed_at)
    SELECT account_id, ${id}, sum(times)::int, max(viewed_at) FROM app.listing_view WHERE listing_id = ANY(${[...ancestors]}) GROUP BY account_id
    ON CONFLICT (account_id, listing_id) DO UPDATE SET times = seen.times + EXCLUDED.times, viewed_at = greatest(seen.viewed_at, EXCLUDED.viewed_at)`)
  await tx.listingView.deleteMany({ where: { listingId: { in: [...ancestors] } } })
  await tx.$executeRaw`UPDATE app.search_match SET listing_id = ${id} WHERE origin = ${origin}`
  await tx.$executeRaw`UPDATE app.alert SET listing_id = ${id} WHERE origin = ${origin} AND kind = 'match'`
}
