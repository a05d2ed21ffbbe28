import { rm } from 'node:fs/promises'
import { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import { forgetListings } from '../discovery/forget.ts'
import { fileOf, formats, widths } from '../listings/photos.ts'
import { unindexListings } from '../listings/search/index-listing.ts'

export type Tx = Prisma.TransactionClient

const DAY = 86_400
/** How long an erasure may take, in milliseconds. */
export const TIMEOUT_MS = 60_000

/**
 * Whether the deal `d` is over: a day after it ended by the chain's clock. Until then the chain may still take the end back, and
 * both sides look at it.
 */
export function isOver(chainNow: number): Prisma.Sql {
  return Prisma.sql`(d.ended_at IS NOT NULL AND d.ended_at < ${chainNow - DAY})`
}

/** Whether the review of table `alias` stands on chain with its score. */
export function isPublished(alias: 'sealed' | 't'): Prisma.Sql {
  const review = Prisma.raw(alias)
  return Prisma.sql`EXISTS (SELECT FROM chain.review shown
    WHERE shown.deal_id = ${review}.deal_id AND shown.author = ${review}.author AND shown.score IS NOT NULL)`
}

/** Deletes listings with their offers and units. */
export async function deleteListings(tx: Tx, rows: readonly { id: string }[]): Promise<void> {
  const ids = rows.map(({ id }) => id)
  await tx.listingUnit.deleteMany({ where: { listingId: { in: ids } } })
  await forgetListings(tx, ids)
  await tx.listingOffer.deleteMany({ where: { listingId: { in: ids } } })
  await unindexListings(tx, ids)
  await tx.listing.deleteMany({ where: { id: { in: ids } } })
}

/** Forgets photos from before `until` that no listing shows any more, one of another seller neither. Returns which. */
export async function forgetPhotos(tx: Tx, owners: readonly string[], until: Date): Promise<string[]> {
  const gone = await tx.$queryRaw<{ sha256: string }[]>`
    DELETE FROM app.media m WHERE m.owner = ANY(${[...owners]}) AND m.created_at <= ${until}
      AND NOT EXISTS (SELECT FROM app.listing l WHERE l.content -> 'photos' @> ANY(ARRAY[to_jsonb(m.sha256), jsonb_build_array(jsonb_build_object('sha256', m.sha256))])) RETURNING m.sha256`
  return gone.map(({ sha256 }) => sha256)
}

/** To be called last in a transaction: a file cannot be rolled back, but a deletion that failed can be done again. */
export async function removeFiles({ env }: Context, photos: readonly string[]): Promise<void> {
  for (const sha256 of photos)
    for (const width of widths)
      for (const format of formats) await rm(fileOf(env.dataDir, sha256, width, format), { force: true })
}
