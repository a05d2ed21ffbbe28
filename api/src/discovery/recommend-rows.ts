import { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { CROWD, type Loyalty } from './rules/people.ts'
import { type Liking, type LikingKind, loyaltyOf } from './rules/taste.ts'

/** What a listing is, as it is stored. */
export interface ListingFacts {
  id: string
  category: string
  brand: string | null
  title: string
  token: string
  price: string
}

/** So many likings say enough about somebody. */
export const LIKINGS = 60
export const PEOPLE = 400
export const POOL = 400
/** Accounts count for others after so long: five at once, made to look at one thing, are no five people. */
const AGED = '3 days'

/**
 * Signs of who likes what, of accounts that want recommendations and of nobody else: `account_id, listing_id, kind, at, times`.
 * A listing can be there several times, once for each kind of sign.
 */
const signs = (caip2: string): Prisma.Sql => Prisma.sql`(
  SELECT v.account_id, v.listing_id, 'viewed' AS kind, v.viewed_at AS at, v.times FROM app.listing_view v
  UNION ALL
  SELECT s.account_id, s.listing_id, 'saved', s.saved_at, 1 FROM app.saved_listing s
    JOIN app.personal p ON p.account_id = s.account_id AND p.history_since IS NOT NULL
  UNION ALL
  SELECT w.account_id, unit.listing_id, 'bought', to_timestamp(d.opened_at), 1
  FROM app.personal p JOIN app.wallet w ON w.account_id = p.account_id AND w.chain = ${caip2}
    JOIN chain.deal d ON d.chain = w.chain AND d.buyer = w.address JOIN app.listing_unit unit ON unit.deal_id = d.id
  WHERE p.history_since IS NOT NULL)`

/** What the account likes, each listing by its strongest sign, the newest first; nothing if it does not want that. */
export async function likingsOf({ caip2, db }: Context, { id }: Pick<Account, 'id'>): Promise<Liking[]> {
  const rows = await db.$queryRaw<{ listing_id: string; kind: LikingKind; at: Date; times: number }[]>(Prisma.sql`
    SELECT listing_id, CASE max(CASE kind WHEN 'bought' THEN 3 WHEN 'saved' THEN 2 ELSE 1 END) WHEN 3 THEN 'bought' WHEN 2 THEN 'saved' ELSE 'viewed' END AS kind,
      max(at) AS at, max(times)::int AS times
    FROM ${signs(caip2)} sign WHERE account_id = ${id}::uuid
      AND EXISTS (SELECT FROM app.personal WHERE account_id = ${id}::uuid AND history_since IS NOT NULL)
    GROUP BY listing_id ORDER BY max(at) DESC, listing_id LIMIT ${LIKINGS}`)
  return rows.map(({ listing_id, kind, at, times }) => ({ id: listing_id, kind, at: at.getTime(), times }))
}

/**
 * All that others like who like any of these listings: at most so many people, those with the newest signs. Who likes the listings
 * is found by them, so that nobody's history is read but theirs.
 */
export async function loyaltiesAround(
  { caip2, db }: Context,
  { id }: Pick<Account, 'id'>,
  ids: readonly string[],
): Promise<Loyalty[]> {
  const rows = await db.$queryRaw<{ account_id: string; listing_id: string; kind: LikingKind; times: number }[]>(Prisma.sql`
    WITH near AS (
      SELECT one.account_id, one.at FROM unnest(${[...ids]}::text[]) AS liked (id) CROSS JOIN LATERAL (
        (SELECT v.account_id, v.viewed_at AS at FROM app.listing_view v WHERE v.listing_id = liked.id ORDER BY v.viewed_at DESC LIMIT ${PEOPLE})
        UNION ALL
        (SELECT s.account_id, s.saved_at FROM app.saved_listing s WHERE s.listing_id = liked.id ORDER BY s.saved_at DESC LIMIT ${PEOPLE})
        UNION ALL
        (SELECT w.account_id, to_timestamp(d.opened_at) FROM app.listing_unit unit JOIN chain.deal d ON d.chain = ${caip2} AND d.id = unit.deal_id
          JOIN app.wallet w ON w.chain = d.chain AND w.address = d.buyer WHERE unit.listing_id = liked.id LIMIT ${PEOPLE})) one),
    around AS MATERIALIZED (
      SELECT near.account_id FROM near JOIN app.personal p ON p.account_id = near.account_id AND p.history_since IS NOT NULL
      WHERE near.account_id <> ${id}::uuid AND ${isAged(Prisma.sql`near.account_id`)}
      GROUP BY near.account_id ORDER BY max(near.at) DESC, near.account_id LIMIT ${PEOPLE})
    SELECT around.account_id::text AS account_id, sign.listing_id,
      CASE max(CASE sign.kind WHEN 'bought' THEN 3 WHEN 'saved' THEN 2 ELSE 1 END) WHEN 3 THEN 'bought' WHEN 2 THEN 'saved' ELSE 'viewed' END AS kind,
      max(sign.times)::int AS times
    FROM around CROSS JOIN LATERAL (SELECT * FROM ${signs(caip2)} all_signs WHERE all_signs.account_id = around.account_id) sign
    GROUP BY around.account_id, sign.listing_id`)
  return rows.map(({ account_id, listing_id, ...sign }) => ({ person: account_id, item: listing_id, loyalty: loyaltyOf(sign) }))
}

const isAged = (account: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT FROM app.account a WHERE a.id = ${account} AND a.created_at < now() - ${AGED}::interval)`

export function featuresOf({ db }: Context, ids: readonly string[]): Promise<ListingFacts[]> {
  return db.$queryRaw<ListingFacts[]>(Prisma.sql`SELECT ${facts} FROM app.listing l WHERE l.id = ANY(${[...ids]})`)
}

const facts = Prisma.sql`l.id, l.category, lower(l.brand) AS brand, l.title, l.token, l.price::text AS price`

/** Listings on the market of others: those that are liked together with these, and the newest of the same categories. */
export function candidatesFor(
  { db }: Context,
  { wallets }: Pick<Account, 'wallets'>,
  { liked, near }: { liked: readonly string[]; near: readonly string[] },
): Promise<ListingFacts[]> {
  const others = Prisma.sql`l.status = 'active' AND l.expiry >= extract(epoch FROM now()) AND NOT l.seller = ANY(${[...wallets]})`
  return db.$queryRaw<ListingFacts[]>(Prisma.sql`
    SELECT ${facts} FROM app.listing l WHERE l.id = ANY(${[...near]}) AND ${others}
    UNION
    (SELECT ${facts} FROM app.listing l WHERE ${others}
      AND l.category IN (SELECT category FROM app.listing WHERE id = ANY(${[...liked]})) ORDER BY l.created_at DESC, l.id LIMIT ${POOL})`)
}

/** By how many of those who want recommendations each was looked at in the last week; those that only a few looked at are not there. */
export async function popularityOf({ db }: Context, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ listing_id: string; people: number }[]>(Prisma.sql`
    SELECT listing_id, count(*)::int AS people FROM app.listing_view v
    WHERE listing_id = ANY(${[...ids]}) AND viewed_at > now() - interval '7 days' AND ${isAged(Prisma.sql`v.account_id`)}
    GROUP BY listing_id HAVING count(*) >= ${CROWD}`)
  return new Map(rows.map(({ listing_id, people }) => [listing_id, people]))
}
