import { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import { AppError, invalid } from '../http/errors.ts'
import { availableOn } from '../listings/card.ts'
import { searchShape } from '../listings/search/contract.ts'
import { narrow } from '../listings/search/filters.ts'
import type { ChangeSearch, Frequency, SavedQuery, SavedSearch, SaveSearch } from './contract.ts'

/** Each is compared with every new listing, so there is an end to them. */
export const MOST_SEARCHES = 50

interface Row {
  id: string
  name: string
  query: Record<string, string | number>
  frequency: Frequency
  created_at: Date
  seen_at: Date
  fresh: number
}

/** Saves a search. The same one again only takes the new name and frequency. @throws AppError VALIDATION, TOO_MANY */
export async function saveSearch(context: Context, accountId: string, search: Required<SaveSearch>): Promise<SavedSearch> {
  const { db } = context
  const { name, frequency } = search
  const clean = cleanQuery(search.query)
  await narrow(context, searchShape.parse(clean)) // refuses what the search itself would refuse, such as a price of no currency
  const query = JSON.stringify(clean)
  const saved = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO app.saved_search (account_id, name, query, frequency)
    SELECT ${accountId}::uuid, ${name}, ${query}::jsonb, ${frequency}
    WHERE (SELECT count(*) FROM app.saved_search WHERE account_id = ${accountId}::uuid) < ${MOST_SEARCHES}
      OR EXISTS (SELECT FROM app.saved_search WHERE account_id = ${accountId}::uuid AND query = ${query}::jsonb)
    ON CONFLICT (account_id, query) DO UPDATE SET name = EXCLUDED.name, frequency = EXCLUDED.frequency RETURNING id`
  const [row] = saved
  if (!row) throw new AppError('TOO_MANY', `You have saved ${MOST_SEARCHES} searches, and that is the most.`)
  return findSearch(context, accountId, row.id)
}

/** Without what is empty; a search for everything is none. */
function cleanQuery(query: SaveSearch['query']): Partial<SavedQuery> {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  if (entries.length === 0) throw invalid('query', 'must ask for something')
  return Object.fromEntries(entries) as Partial<SavedQuery>
}

export async function listSearches(context: Context, accountId: string): Promise<SavedSearch[]> {
  return (await rowsOf(context, Prisma.sql`s.account_id = ${accountId}::uuid`)).map(itemOf)
}

/** @throws AppError NOT_FOUND, for a search of somebody else too */
export async function changeSearch(context: Context, of: { accountId: string; id: string }, change: ChangeSearch) {
  const { count } = await context.db.savedSearch.updateMany({ where: of, data: change })
  if (count === 0) throw missing()
  return findSearch(context, of.accountId, of.id)
}

/** @throws AppError NOT_FOUND */
export async function deleteSearch({ db }: Context, of: { accountId: string; id: string }): Promise<void> {
  const { count } = await db.savedSearch.deleteMany({ where: of })
  if (count === 0) throw missing()
}

/** Its matches were looked at: what counts as new begins here. @throws AppError NOT_FOUND */
export async function markSeen({ db }: Context, { accountId, id }: { accountId: string; id: string }): Promise<void> {
  const { count } = await db.savedSearch.updateMany({ where: { accountId, id }, data: { seenAt: new Date() } })
  if (count === 0) throw missing()
  await db.$executeRaw`UPDATE app.alert SET read_at = now() WHERE search_id = ${id}::uuid AND read_at IS NULL AND due_at <= now()`
}

async function findSearch(context: Context, accountId: string, id: string): Promise<SavedSearch> {
  const [row] = await rowsOf(context, Prisma.sql`s.account_id = ${accountId}::uuid AND s.id = ${id}::uuid`)
  if (!row) throw missing()
  return itemOf(row)
}

function rowsOf({ caip2, db }: Context, where: Prisma.Sql): Promise<Row[]> {
  return db.$queryRaw<Row[]>(Prisma.sql`
    SELECT s.id, s.name, s.query, s.frequency, s.created_at, s.seen_at,
      (SELECT count(*)::int FROM app.search_match m JOIN app.listing l ON l.id = m.listing_id
        WHERE m.search_id = s.id AND m.found_at > s.seen_at AND (${availableOn(caip2)}) > 0) AS fresh
    FROM app.saved_search s WHERE ${where} ORDER BY s.created_at DESC, s.id LIMIT ${MOST_SEARCHES}`)
}

function itemOf({ created_at, seen_at, ...row }: Row): SavedSearch {
  return { ...row, createdAt: created_at.toISOString(), seenAt: seen_at.toISOString() }
}

const missing = () => new AppError('NOT_FOUND', 'There is no such saved search.')
