import { ask, Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import type { Person } from '../http/shapes.ts'

/** The `Person` at an address, given as SQL, as JSON: for statements that find people along with what they did. */
export function personAt(caip2: string, address: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT json_build_object('address', ${address}, 'name', COALESCE((
      SELECT account.name FROM app.wallet JOIN app.account ON account.id = wallet.account_id
      WHERE wallet.chain = ${caip2} AND wallet.address = ${address}), ''),
    'rating', json_build_object('count', count(*), 'average', round(avg(review.score), 2)))
    FROM chain.review WHERE review.chain = ${caip2} AND review.subject = ${address} AND review.score IS NOT NULL)`
}

/** Names and ratings of many addresses in one query. An address that never signed in has an empty name. */
export async function peopleOf(
  { caip2, pool }: Pick<Context, 'caip2' | 'pool'>,
  addresses: readonly string[],
): Promise<Map<string, Person>> {
  const unique = [...new Set(addresses)]
  if (unique.length === 0) return new Map()
  const person = personAt(caip2, Prisma.sql`who.address`)
  const sql = Prisma.sql`SELECT ${person} AS person FROM unnest(${unique}::text[]) AS who (address)`
  const rows = await ask<{ person: Person }>(pool, 'people', sql)
  return new Map(rows.map(({ person }) => [person.address, person]))
}

/** From a map that `peopleOf` made; an address it was not asked for is a stranger. */
export function personIn(people: Map<string, Person>, address: string): Person {
  return people.get(address) ?? { address, name: '', rating: { count: 0, average: null } }
}
