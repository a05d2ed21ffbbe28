import { createHash } from 'node:crypto'
import type { Prisma } from '@fairhold/db/client'
import type { Context } from '../../context.ts'
import { AppError } from '../../http/errors.ts'
import { createGate } from '../../http/gate.ts'
import { createMemory } from './remember.ts'

/** Connections do not forget statements, so they live no longer than this, in seconds. */
export const CONNECTION_LASTS = 600
/** How long a search may take, and how long it waits for a connection, in milliseconds: a usual one takes two. */
export const LONGEST_MS = 3_000

/**
 * So many statements have a name at once, and keep it until nobody has wanted them for as long as a connection lives: no connection
 * is ever asked to keep more. One takes up to 700 kB of Postgres' memory, on each of the connections.
 */
export const MOST_NAMED = 100
/** How often a statement has to be asked to get one of the first names, the next and the last: odd ones must not take all of them. */
const ASKED = [
  { named: 50, times: 2 },
  { named: 75, times: 5 },
  { named: MOST_NAMED, times: 20 },
]
const FOR_MS = CONNECTION_LASTS * 1_000
const MOST_COUNTED = 1_000

/** Which statements are kept planned: searches come in few shapes, and planning one takes as long as carrying it out. */
export function createNames(clock: () => number = () => performance.now()) {
  const asked = createMemory<number>({ size: MOST_COUNTED, ms: FOR_MS, clock })
  /** When each was last wanted, the longest ago first. */
  const named = new Map<string, number>()
  const forgetOld = (now: number): void => {
    for (const [text, last] of named) {
      if (last + FOR_MS >= now) return
      named.delete(text)
    }
  }
  /** The name to prepare this statement by; nothing for one that is not asked often enough. */
  return (text: string): string | undefined => {
    const now = clock()
    const isNamed = named.delete(text)
    if (!isNamed) {
      forgetOld(now)
      const times = (asked.get(text) ?? 0) + 1
      asked.set(text, times)
      const step = ASKED.find((one) => named.size < one.named)
      if (!step || times < step.times) return undefined
    }
    named.set(text, now)
    return `search-${createHash('sha1').update(text).digest('base64url')}`
  }
}

const nameOf = createNames()
/** What Postgres says of a statement that it ended, as after `statement_timeout`. */
const ENDED = '57014'

/** Those that read texts are a hundred times as dear as the others, who must not wait for a connection behind them. */
const dearly = createGate({ most: 2, waiting: 6 })

/**
 * Asks by a prepared statement, if it is wanted often. `dear` for one that reads the texts of listings.
 * @throws AppError SEARCH_TOO_LONG, or UNAVAILABLE for a dear one behind many others
 */
export function run<Row extends object>(context: Pick<Context, 'searchPool'>, sql: Prisma.Sql, dear = false): Promise<Row[]> {
  return dear ? dearly(() => runNow<Row>(context, sql)) : runNow<Row>(context, sql)
}

async function runNow<Row extends object>({ searchPool }: Pick<Context, 'searchPool'>, sql: Prisma.Sql): Promise<Row[]> {
  const { text, values } = sql
  const name = nameOf(text)
  try {
    return (await searchPool.query<Row & Record<string, unknown>>({ ...(name && { name }), text, values })).rows
  } catch (error) {
    if ((error as { code?: string }).code !== ENDED) throw error
    throw new AppError('SEARCH_TOO_LONG', `It was ended after ${LONGEST_MS / 1_000} seconds.`)
  }
}
