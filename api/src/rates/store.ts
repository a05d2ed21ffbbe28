import { ask, Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import { judge, type KnownRate } from './judge.ts'
import type { Quote, RateSource } from './source.ts'

interface RateRow {
  asset: string
  worth: string
  as_of: Date
  source: string
}

/** A rate that may be shown. */
export interface Rate {
  asset: string
  worth: bigint
  asOf: Date
  source: string
}

/** Rates that are not too old to be of use, the newest that each source gave. */
export async function readRates({ pool }: Pick<Context, 'pool'>): Promise<Rate[]> {
  const sql = Prisma.sql`SELECT asset, worth::text AS worth, as_of, source FROM app.rate
    WHERE as_of > now() - interval '7 days' ORDER BY asset COLLATE "C"`
  const rows = await ask<RateRow>(pool, 'rates', sql)
  return rows.map(({ asset, worth, as_of, source }) => ({ asset, worth: BigInt(worth), asOf: as_of, source }))
}

/** Whether it is time to ask this source, and no other worker does: whoever gets true asks. */
export async function claimSource({ db }: Context, { name, everyMs }: RateSource, now: Date): Promise<boolean> {
  const before = new Date(now.getTime() - everyMs)
  const claimed = await db.$executeRaw`
    INSERT INTO app.rate_source AS known (name, asked_at) VALUES (${name}, ${now})
    ON CONFLICT (name) DO UPDATE SET asked_at = EXCLUDED.asked_at WHERE known.asked_at <= ${before}`
  return claimed === 1
}

/** Books what came of asking. */
export async function bookAnswer({ db }: Context, name: string, answer: { at: Date; problem: string | null }): Promise<void> {
  const { at, problem } = answer
  await db.$executeRaw`UPDATE app.rate_source SET problem = ${problem},
    answered_at = CASE WHEN ${problem}::text IS NULL THEN ${at} ELSE answered_at END WHERE name = ${name}`
}

/** Keeps the quotes that can be believed. Returns what is wrong with the others. */
export async function keepQuotes(context: Context, source: string, quotes: readonly Quote[], now: Date): Promise<string[]> {
  return context.db.$transaction(async (tx) => {
    const problems: string[] = []
    for (const quote of quotes) {
      const problem = await keepQuote(tx, { quote, source, now })
      if (problem) problems.push(`${quote.asset} ${problem}`)
    }
    return problems
  })
}

interface Keeping {
  quote: Quote
  source: string
  now: Date
}

async function keepQuote(tx: Prisma.TransactionClient, { quote, source, now }: Keeping): Promise<string | null> {
  const { asset } = quote
  const verdict = judge(quote, await lockRate(tx, asset), now)
  if ('refuse' in verdict) return verdict.refuse
  if ('take' in verdict) {
    const [worth, asOf] = [quote.worth.toString(), quote.asOf]
    await tx.$executeRaw`INSERT INTO app.rate (asset, worth, as_of, source) VALUES (${asset}, ${worth}::numeric, ${asOf}, ${source})
      ON CONFLICT (asset) DO UPDATE SET worth = EXCLUDED.worth, as_of = EXCLUDED.as_of, source = EXCLUDED.source,
        doubted = NULL, doubted_since = NULL`
  }
  if (!('doubt' in verdict)) return null
  await tx.$executeRaw`UPDATE app.rate SET doubted = ${verdict.doubt.toString()}::numeric, doubted_since = ${verdict.since} WHERE asset = ${asset}`
  return 'is far from the last one'
}

async function lockRate(tx: Prisma.TransactionClient, asset: string): Promise<KnownRate | null> {
  const [row] = await tx.$queryRaw<{ worth: string; as_of: Date; doubted: string | null; doubted_since: Date | null }[]>`
    SELECT worth::text AS worth, as_of, doubted::text AS doubted, doubted_since FROM app.rate WHERE asset = ${asset} FOR UPDATE`
  if (!row) return null
  const doubted = row.doubted === null ? null : BigInt(row.doubted)
  return { worth: BigInt(row.worth), asOf: row.as_of, doubted, doubtedSince: row.doubted_since }
}
