import type pg from 'pg'
import type { ChainEvent } from '../project/event.ts'
import { byDeal } from '../project/history.ts'
import { HistoryCache } from './histories.ts'
import { writeOutbox } from './outbox.ts'
import { selectRows } from './tables.ts'

/**
 * Tells the outbox, within the caller's transaction, which events the tables of one schema have and those of another do not:
 * whoever consumes events then knows the new tables as if it had seen them come about. For most rebuilds that is nothing.
 */
export async function announceDifferences(
  client: pg.Client,
  schemas: { from: string; to: string },
): Promise<{ added: number; retracted: number }> {
  const { rows } = await client.query<{ chain: string }>(
    `select chain from ${schemas.from}.checkpoint union select chain from ${schemas.to}.checkpoint order by 1`,
  )
  const total = { added: 0, retracted: 0 }
  for (const { chain } of rows) {
    const retracted = await onlyIn(client, chain, schemas.from, schemas.to)
    const added = await onlyIn(client, chain, schemas.to, schemas.from)
    total.added += added.length
    total.retracted += retracted.length
    if (added.length + retracted.length === 0) continue
    await client.query(`set local search_path = ${schemas.to}`)
    const ids = [...byDeal([...retracted, ...added]).keys()]
    const histories = await new HistoryCache(0).load(client, chain, ids)
    const first = Math.min(
      retracted[0]?.block_number ?? Number.MAX_SAFE_INTEGER,
      added[0]?.block_number ?? Number.MAX_SAFE_INTEGER,
    )
    await writeOutbox({ client, chain }, { retracted, added, histories, retractAbove: retracted.length > 0 ? first - 1 : null })
  }
  return total
}

async function onlyIn(client: pg.Client, chain: string, here: string, there: string): Promise<ChainEvent[]> {
  await client.query(`set local search_path = ${here}`)
  const where = `not exists (select from ${there}.event other where other.chain = event.chain
    and other.block_number = event.block_number and other.log_index = event.log_index and other.block_hash = event.block_hash)
    order by block_number, log_index`
  return selectRows(client, 'event', { chain, where })
}
