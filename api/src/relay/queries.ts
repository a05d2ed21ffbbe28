import { Prisma } from '@fairhold/db/client'
import type { Hex } from 'viem'
import type { Context } from '../context.ts'
import { notifyPeople, wakeWorker } from '../http/notify.ts'
import { free } from '../listings/card.ts'

export interface Signed {
  hash: Hex
  raw: Hex
}

export interface RelayRow {
  id: string
  dealId: string
  action: string
  signer: string
  data: Hex
  expires: bigint
  status: 'queued' | 'sending' | 'done' | 'failed'
  nonce: bigint | null
  transactions: Signed[]
  /** Milliseconds since its last transaction was signed. */
  waited: number
}

/**
 * What waits to be sent or mined; and after it, so that nobody waits for that, what was mined an hour ago at most and shows nowhere:
 * the chain may have taken its block back.
 */
export async function dueRelays({ caip2, db }: Context): Promise<RelayRow[]> {
  return db.$queryRaw<RelayRow[]>(Prisma.sql`
    SELECT id, deal_id AS "dealId", action, signer, data, expires, status, nonce, transactions,
      (extract(epoch FROM clock_timestamp() - COALESCE(sent_at, created_at)) * 1000)::float8 AS waited
    FROM app.relay r
    WHERE status IN ('queued', 'sending') OR (status = 'done' AND updated_at > now() - interval '1 hour' AND CASE action
      WHEN 'open' THEN NOT EXISTS (SELECT FROM chain.deal d WHERE d.chain = ${caip2} AND d.id = r.deal_id)
      WHEN 'void' THEN EXISTS (SELECT FROM app.listing l WHERE l.id = r.deal_id AND ${free(caip2)} > 0)
        OR EXISTS (SELECT FROM app.bid b WHERE b.id = r.deal_id
          AND NOT EXISTS (SELECT FROM chain.offer_void v WHERE v.chain = ${caip2} AND v.deal_id = b.id))
      ELSE FALSE END)
    ORDER BY status = 'done', created_at LIMIT 50`)
}

/** How many of its transactions are on their way, and whether one of them is about the same deal. */
export async function onTheirWay({ db }: Context, { id, dealId }: RelayRow): Promise<{ count: number; sameDeal: boolean }> {
  const [found] = await db.$queryRaw<{ count: number; sameDeal: boolean }[]>`
    SELECT count(*)::int AS count, COALESCE(bool_or(deal_id = ${dealId}), FALSE) AS "sameDeal"
    FROM app.relay WHERE status = 'sending' AND id <> ${id}::uuid`
  return found ?? { count: 0, sameDeal: false }
}

/** Changes a row that is still in `from`, and tells the pages that wait for it; false where another worker was faster. */
export async function moveRelay(
  { db }: Context,
  row: Pick<RelayRow, 'id' | 'signer'>,
  from: RelayRow['status'],
  set: Prisma.Sql,
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const moved =
      await tx.$executeRaw`UPDATE app.relay SET ${set}, updated_at = now() WHERE id = ${row.id}::uuid AND status = ${from}`
    if (moved === 1) {
      await notifyPeople(tx, 'requests', [row.signer])
      await wakeWorker(tx)
    }
    return moved === 1
  })
}

/** Whether this deal, or another that would sell the same unit of a listing, is about to be opened, or the other was. */
export async function isBought(caip2: string, tx: Prisma.TransactionClient, dealId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT FROM app.relay WHERE deal_id = ${dealId} AND action = 'open' AND status IN ('queued', 'sending')
    UNION ALL SELECT FROM app.listing_unit mine
      JOIN app.listing_unit other ON other.listing_id = mine.listing_id AND other.unit = mine.unit AND other.deal_id <> mine.deal_id
    WHERE mine.deal_id = ${dealId} AND (
      EXISTS (SELECT FROM chain.deal WHERE deal.chain = ${caip2} AND deal.id = other.deal_id)
      OR EXISTS (SELECT FROM app.relay
        WHERE relay.deal_id = other.deal_id AND relay.action = 'open' AND relay.status IN ('queued', 'sending')))
    LIMIT 1`
  return rows.length > 0
}
