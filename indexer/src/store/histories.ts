import type { ClientBase } from 'pg'
import { type DealHistory, noHistory } from '../project/history.ts'
import type { ReviewRow } from '../project/review.ts'
import { insertRows, type Target, updateRows } from './copy.ts'
import { selectRows } from './tables.ts'

type Ids = readonly string[]
/** What is kept of deals, by deal id. */
export type Histories = ReadonlyMap<string, DealHistory>

/**
 * The rows of deals that were touched last, as they are committed, so that a backfill need not read back what it wrote a moment
 * ago. Whoever cannot be sure that it matches the tables any more clears it.
 */
export class HistoryCache {
  readonly #limit: number
  #histories = new Map<string, DealHistory>()

  constructor(limit: number) {
    this.#limit = limit
  }

  /** What is kept of the deals: from the cache, and otherwise from the tables. */
  async load(client: ClientBase, chain: string, ids: Ids): Promise<Map<string, DealHistory>> {
    const found = new Map<string, DealHistory>()
    const missing: string[] = []
    for (const id of ids) {
      const known = this.#histories.get(id)
      if (known === undefined) missing.push(id)
      else found.set(id, known)
    }
    if (missing.length > 0) for (const [id, history] of await readHistories(client, chain, missing)) found.set(id, history)
    return found
  }

  /** Remembers what was committed, and forgets what was touched longest ago. */
  keep(histories: Histories): void {
    for (const [id, history] of histories) {
      this.#histories.delete(id) // so that it comes to stand last
      this.#histories.set(id, history)
    }
    for (const id of this.#histories.keys()) {
      if (this.#histories.size <= this.#limit) return
      this.#histories.delete(id)
    }
  }

  clear(): void {
    this.#histories = new Map()
  }
}

async function readHistories(client: ClientBase, chain: string, ids: Ids): Promise<Map<string, DealHistory>> {
  const histories = new Map<string, DealHistory>(ids.map((id) => [id, noHistory]))
  const change = (id: string, part: Partial<DealHistory>): unknown =>
    histories.set(id, { ...(histories.get(id) ?? noHistory), ...part })
  const byDeal = { chain, where: 'deal_id = any($2)', values: [ids] }
  for (const deal of await selectRows(client, 'deal', { ...byDeal, where: 'id = any($2)' })) change(deal.id, { deal })
  for (const offerVoid of await selectRows(client, 'offer_void', byDeal)) change(offerVoid.deal_id, { offerVoid })
  for (const halted of await selectRows(client, 'halt', byDeal)) change(halted.deal_id, { halted })
  for (const [id, reviews] of groupReviews(await selectRows(client, 'review', byDeal))) change(id, { reviews })
  return histories
}

function groupReviews(rows: readonly ReviewRow[]): Map<string, Map<string, ReviewRow>> {
  const groups = new Map<string, Map<string, ReviewRow>>()
  for (const row of rows) groups.set(row.deal_id, (groups.get(row.deal_id) ?? new Map()).set(row.author, row))
  return groups
}

/** Writes what changed from `before` to `after`: rows are added or changed, never taken away. */
export async function writeHistories(target: Target, before: Histories, after: Histories): Promise<void> {
  const pairs = [...after].map(([id, now]) => ({ was: before.get(id) ?? noHistory, now }))
  const deals = sort(pairs.map(({ was, now }) => ({ was: was.deal, now: now.deal })))
  await insertRows(target, 'deal', deals.added)
  await updateRows(target, 'deal', deals.changed)
  const reviews = sort(
    pairs.flatMap(({ was, now }) => [...now.reviews].map(([author, row]) => ({ was: was.reviews.get(author), now: row }))),
  )
  await insertRows(target, 'review', reviews.added)
  await updateRows(target, 'review', reviews.changed)
  await insertRows(target, 'offer_void', sort(pairs.map(({ was, now }) => ({ was: was.offerVoid, now: now.offerVoid }))).added)
  await insertRows(target, 'halt', sort(pairs.map(({ was, now }) => ({ was: was.halted, now: now.halted }))).added)
}

/** Takes out every row of the deals. */
export async function deleteHistories({ client, chain }: Target, ids: Ids): Promise<void> {
  await client.query('delete from deal where chain = $1 and id = any($2)', [chain, ids])
  for (const table of ['offer_void', 'review', 'halt']) {
    await client.query(`delete from ${table} where chain = $1 and deal_id = any($2)`, [chain, ids])
  }
}

/** A row that was not there is new; one that is another object than before was changed, since projections never alter a row. */
function sort<T>(pairs: readonly { was: T | null | undefined; now: T | null }[]): { added: T[]; changed: T[] } {
  const added: T[] = []
  const changed: T[] = []
  for (const { was, now } of pairs) {
    if (now === null || was === now) continue
    if (was === null || was === undefined) added.push(now)
    else changed.push(now)
  }
  return { added, changed }
}
