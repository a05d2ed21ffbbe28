import type { Context } from '../context.ts'
import type { Job } from '../jobs/loop.ts'
import type { RateSource } from './source.ts'
import { bookAnswer, claimSource, keepQuotes } from './store.ts'

/**
 * Asks each source for rates when it is time, one worker at a time. What a source said last stays where it does not answer, and
 * grows old where everybody sees it. @throws from `work` saying why a source is of no use, for the log
 */
export function ratesJob(context: Context, sources: readonly RateSource[], now: () => number): Job<RateSource> {
  const next = new Map<string, number>()
  return {
    name: 'rates',
    due: async () => {
      const due: RateSource[] = []
      for (const source of sources) {
        if ((next.get(source.name) ?? 0) > now()) continue
        next.set(source.name, now() + source.everyMs)
        if (await claimSource(context, source, new Date(now()))) due.push(source)
      }
      return due
    },
    idOf: ({ name }) => name,
    work: async (source) => {
      const problem = await askAndKeep(context, source, now).catch(reasonOf)
      await bookAnswer(context, source.name, { at: new Date(now()), problem })
      if (problem !== null) throw new Error(`rates of ${source.name}: ${problem}`)
    },
  }
}

async function askAndKeep(context: Context, source: RateSource, now: () => number): Promise<string | null> {
  const quotes = await source.ask()
  if (quotes.length === 0) return 'there is none in the answer'
  const problems = await keepQuotes(context, source.name, quotes, new Date(now()))
  return problems.length === 0 ? null : problems.join('; ')
}

const MAX_REASON = 300

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll('\0', '').slice(0, MAX_REASON)
}
