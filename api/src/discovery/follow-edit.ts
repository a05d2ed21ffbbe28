import type { Prisma } from '@fairhold/db/client'

interface Edit {
  id: string
  origin: string
  replaces: string | null
}

/**
 * Whoever saved a listing, or looked at it, has saved or looked at what it was edited to; and is told if that costs less, in the
 * same token. Safe to do twice.
 */
export async function followEdit(tx: Prisma.TransactionClient, { id, origin, replaces }: Edit, now: Date): Promise<void> {
  if (replaces === null) return
  await tx.$executeRaw`
    INSERT INTO app.alert (account_id, kind, listing_id, origin, old_price, new_price, token, due_at)
    SELECT saved.account_id, 'price-drop', edited.id, ${origin}, earlier.price, edited.price, edited.token, ${now}
    FROM app.saved_listing saved JOIN app.listing earlier ON earlier.id = saved.listing_id JOIN app.listing edited ON edited.id = ${id}
    WHERE saved.listing_id = ${replaces} AND edited.token = earlier.token AND edited.price < earlier.price
    ON CONFLICT DO NOTHING`
  await tx.$executeRaw`
    INSERT INTO app.saved_listing (account_id, listing_id, saved_at, price, token)
    SELECT account_id, ${id}, saved_at, price, token FROM app.saved_listing WHERE listing_id = ${replaces} ON CONFLICT DO NOTHING`
  await tx.$executeRaw`DELETE FROM app.saved_listing WHERE listing_id = ${replaces}`
  await tx.$executeRaw`
    INSERT INTO app.listing_view AS seen (account_id, listing_id, times, viewed_at)
    SELECT account_id, ${id}, times, viewed_at FROM app.listing_view WHERE listing_id = ${replaces}
    ON CONFLICT (account_id, listing_id) DO UPDATE SET times = seen.times + EXCLUDED.times, viewed_at = greatest(seen.viewed_at, EXCLUDED.viewed_at)`
  await tx.$executeRaw`DELETE FROM app.listing_view WHERE listing_id = ${replaces}`
  await tx.$executeRaw`UPDATE app.search_match SET listing_id = ${id} WHERE origin = ${origin}`
  await tx.$executeRaw`UPDATE app.alert SET listing_id = ${id} WHERE origin = ${origin} AND kind = 'match'`
}
