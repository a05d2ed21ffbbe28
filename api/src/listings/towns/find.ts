import { Prisma } from '@fairhold/db/client'
import type { Context } from '../../context.ts'
import { addTown, fillTowns } from './fill.ts'

export interface Town {
  id: number
  name: string
  /** ISO 3166-1. */
  country: string
  /** GeoNames' code of a part of the country, such as a state; tells towns of one name apart. */
  region: string
  population: number
  lat: number
  lon: number
}

/** The last of all characters: what begins with a word lies between the word and this behind it. */
const LAST = '\u{10FFFF}'

/** A town by its number, or null. Does not wait for the tables to be filled. */
export async function townOf(context: Context, id: number): Promise<Town | null> {
  const known = await context.db.town.findUnique({ where: { id } })
  if (known || !(await addTown(context, id))) return known
  return context.db.town.findUnique({ where: { id } })
}

/** Whether there is such a town, under exactly this name: so nobody can write a street where the town belongs. */
export async function isTown(context: Context, place: { country: string; town: string; townId: number }): Promise<boolean> {
  const town = await townOf(context, place.townId)
  return town !== null && town.name === place.town && town.country === place.country
}

/**
 * Towns whose name begins as written, the largest first; then those whose name is nearly so. Marks and capitals do not count, and
 * some towns are found by their names in other languages too.
 */
export async function findTowns(
  context: Context,
  search: { q: string; country?: string | undefined; limit: number },
): Promise<Town[]> {
  await fillTowns(context)
  const { q, country, limit } = search
  const [{ wanted } = { wanted: '' }] = await context.db.$queryRaw<{ wanted: string }[]>`
    SELECT lower(unaccent(btrim(${q}))) AS wanted`
  if (wanted === '') return []
  const there = country ? Prisma.sql`AND country = ${country}` : Prisma.empty
  const beginning = await context.db.$queryRaw<Town[]>`
    SELECT t.* FROM (
      SELECT town_id, max(population) AS population FROM app.town_name
      WHERE search ~>=~ ${wanted} AND search ~<~ ${wanted + LAST} ${there} GROUP BY town_id ORDER BY 2 DESC, 1 LIMIT ${limit}
    ) found JOIN app.town t ON t.id = found.town_id ORDER BY t.population DESC, t.id`
  if (beginning.length === limit || wanted.length < 3) return beginning
  return [...beginning, ...(await alike(context, { wanted, there, limit, known: beginning.map(({ id }) => id) }))].slice(0, limit)
}

interface Alike {
  wanted: string
  there: Prisma.Sql
  limit: number
  known: readonly number[]
}

/** How alike the beginning of a name must be (pg_trgm): `lisbn` finds Lisbon at .5, while other towns stay below .3. */
const NEAR = 0.35

function alike({ db }: Context, { wanted, there, limit, known }: Alike): Promise<Town[]> {
  return db.$queryRaw<Town[]>`
    SELECT t.* FROM (
      SELECT town_id, max(similarity(left(search, length(${wanted}) + 1), ${wanted})) AS score FROM app.town_name
      WHERE (search % ${wanted} OR ${wanted} <% search) AND town_id <> ALL(${[...known]}) ${there} GROUP BY town_id
    ) found JOIN app.town t ON t.id = found.town_id
    WHERE score >= ${NEAR} ORDER BY round(score::numeric, 1) DESC, t.population DESC, t.id LIMIT ${limit}`
}
