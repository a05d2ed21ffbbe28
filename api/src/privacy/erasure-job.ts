import type { Context } from '../context.ts'
import type { Job } from '../jobs/loop.ts'
import { deleteListings, forgetPhotos, isOver, isPublished, removeFiles, TIMEOUT_MS, type Tx } from './erase-rows.ts'

interface Leftover {
  dealId: string
  address: string
  since: Date
}

const AT_ONCE = 100
const MINUTE_MS = 60_000
/** A review that is not published by then never will be. */
const REVIEWED = 90 * 86_400

/** Erases what people who deleted their accounts left with deals that were open then, once those are over. */
export function erasureJob(context: Context, now: () => number): Job<Leftover> {
  const { chainNow, db } = context
  let next = 0
  return {
    name: 'erase',
    due: async () => {
      if (now() < next) return []
      next = now() + MINUTE_MS
      const time = await chainNow()
      return db.$queryRaw<Leftover[]>`
        SELECT p.deal_id AS "dealId", p.address, p.since FROM app.pending_erasure p JOIN chain.deal d ON d.id = p.deal_id
        WHERE ${isOver(time)} AND (d.ended_at < ${time - REVIEWED} OR NOT EXISTS (
          SELECT FROM app.review sealed
          WHERE sealed.deal_id = p.deal_id AND sealed.author = p.address AND NOT ${isPublished('sealed')}))
        ORDER BY p.since LIMIT ${AT_ONCE}`
    },
    idOf: ({ dealId, address }) => `${dealId} ${address}`,
    work: (leftover) => eraseLeftover(context, leftover),
  }
}

async function eraseLeftover(context: Context, { dealId, address, since }: Leftover): Promise<void> {
  const time = await context.chainNow()
  const work = async (tx: Tx) => {
    await tx.shipping.deleteMany({ where: { dealId } })
    await tx.settlement.deleteMany({ where: { dealId } })
    await tx.statement.deleteMany({ where: { dealId, author: address } })
    await tx.review.deleteMany({ where: { dealId, author: address } })
    // Who came back with the wallet may have put up other things: only what is older goes.
    const gone = await tx.$queryRaw<{ id: string }[]>`
      SELECT l.id FROM app.listing_unit mine JOIN app.listing l ON l.id = mine.listing_id
      WHERE mine.deal_id = ${dealId} AND l.seller = ${address} AND l.created_at <= ${since}
        AND NOT EXISTS (SELECT FROM app.listing_unit unit JOIN chain.deal d ON d.id = unit.deal_id
          WHERE unit.listing_id = l.id AND NOT ${isOver(time)})`
    await deleteListings(tx, gone)
    const photos = gone.length > 0 ? await forgetPhotos(tx, [address], since) : []
    await tx.pendingErasure.deleteMany({ where: { dealId, address } })
    await removeFiles(context, photos)
  }
  await context.db.$transaction(work, { timeout: TIMEOUT_MS })
}
