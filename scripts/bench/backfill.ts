import { startWorkChain } from './anvil.ts'
import type { Contender } from './contenders.ts'
import { type BenchServer, startServer } from './database.ts'
import { measure, type Run } from './measure.ts'

const TIMEOUT_SECONDS = 600

/** One contender's runs. */
export type Result = { name: string; title: string; events: number; runs: Run[] }

export type BackfillOptions = {
  contenders: readonly Contender[]
  events: number
  rounds: number
  /** Told what is going on, in a line at a time. */
  say: (line: string) => void
}

/**
 * Everyone indexes the same chain on the same server, each from an empty database, in turns: what else the machine does meanwhile
 * slows all of them alike.
 */
export async function backfill({ contenders, events, rounds, say }: BackfillOptions): Promise<Result[]> {
  say(`making a chain of ${events} events`)
  const chain = await startWorkChain(events)
  const server = await startServer()
  try {
    const results = contenders.map(({ name, title }): Result => ({ name, title, events, runs: [] }))
    for (let round = 1; round <= rounds; round += 1) {
      for (const [k, contender] of contenders.entries()) {
        const run = await once(contender, server, { rpcUrl: chain.url, events })
        results[k]?.runs.push(run)
        say(`round ${round} of ${rounds}: ${contender.title}, ${run.seconds.toFixed(2)} s`)
      }
    }
    return results
  } finally {
    await server.stop()
    await chain.stop()
  }
}

async function once(contender: Contender, server: BenchServer, source: Parameters<Contender['prepare']>[1]): Promise<Run> {
  const database = await server.create('run')
  try {
    const job = await contender.prepare(database, source)
    return await measure(job, { server, database, events: source.events, timeoutSeconds: TIMEOUT_SECONDS })
  } finally {
    await database.drop()
  }
}
