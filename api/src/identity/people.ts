import { ask, Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import type { Person, Rating } from '../http/shapes.ts'

type Row = {
  address: string
  name: string | null
  count: number
  average: string | null
}

/** Names and ratings of many addresses in one query. An address that never signed in has an empty name. */
export async function peopleOf(
  { caip2, pool }: Pick<Context, 'caip2' | 'pool'>,
  addresses: readonly string[],
): Promise<Map<string, Person>> {
  const unique = [...new Set(addresses)]
  if (unique.length === 0) return new Map()
  const rows = await ask<Row>(
    pool,
    'people',
    Prisma.sql`
    SELECT who.address, account.name, count(review.score)::int AS count, round(avg(review.score), 2)::text AS average
    FROM unnest(${unique}::text[]) AS who(address)
    LEFT JOIN app.wallet ON wallet.chain = ${caip2} AND wallet.address = who.address
    LEFT JOIN app.account ON account.id = wallet.account_id
    LEFT JOIN chain.review ON review.chain = ${caip2} AND review.subject = who.address AND review.score IS NOT NULL
    GROUP BY who.address, account.name`,
  )
  return new Map(rows.map((row) => [row.address, { address: row.address, name: row.name ?? '', rating: ratingFrom(row) }]))
}

/** From a map that `peopleOf` made; an address it was not asked for is a stranger. */
export function personIn(people: Map<string, Person>, address: string): Person {
  return people.get(address) ?? { address, name: '', rating: { count: 0, average: null } }
}

function ratingFrom({ count, average }: Row): Rating {
  return { count, average: average === null ? null : Number(average) }
}
