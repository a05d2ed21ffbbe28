import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ours } from './contenders.ts'
import { type BenchServer, startServer } from './database.ts'
import { measure, type Run } from './measure.ts'
import { usageOf } from './usage.ts'

const SMALLEST = 4 // 10 to the power of
const TIMEOUT_SECONDS = 600
const SLOWEST_PER_SECOND = 1_000

/** What our indexer took for one length of chain. */
export type Point = Run & {
  events: number
  /** From spawn to row for a chain of one event: what has nothing to do with the number of events. */
  bootSeconds: number
  /** Of the node that it asked, which runs on the same machine. */
  sourceCpuSeconds: number
}

export type CurveOptions = {
  /** The longest chain has 10 to the power of this many events. */
  largest: number
  rounds: number
  say: (line: string) => void
}

/** Our indexer over chains of 10⁴ events and ten times as many, and so on. Every point is measured `rounds` times. */
export async function curve({ largest, rounds, say }: CurveOptions): Promise<Point[][]> {
  const server = await startServer()
  try {
    const boots: number[] = []
    for (let round = 0; round < rounds; round += 1) boots.push((await once(1, server)).run.seconds)
    const bootSeconds = Math.min(...boots)
    const points: Point[][] = []
    for (let power = SMALLEST; power <= largest; power += 1) {
      const events = 10 ** power
      const runs: Point[] = []
      for (let round = 1; round <= rounds; round += 1) {
        const { run, sourceCpuSeconds } = await once(events, server)
        runs.push({ ...run, events, bootSeconds, sourceCpuSeconds })
        say(`${events} events, round ${round} of ${rounds}: ${run.seconds.toFixed(2)} s`)
      }
      points.push(runs)
    }
    return points
  } finally {
    await server.stop()
  }
}

async function once(events: number, server: BenchServer): Promise<{ run: Run; sourceCpuSeconds: number }> {
  const source = await startSynthetic(events)
  const database = await server.create('run')
  try {
    const job = await ours(database, { rpcUrl: source.url, events })
    const before = source.cpuSeconds()
    const timeoutSeconds = TIMEOUT_SECONDS + events / SLOWEST_PER_SECOND
    const run = await measure(job, { server, database, events, timeoutSeconds })
    return { run, sourceCpuSeconds: source.cpuSeconds() - before }
  } finally {
    await database.drop()
    await source.stop()
  }
}

/** The node that makes blocks as they are asked for, ready to answer. */
async function startSynthetic(events: number) {
  const args = [join(import.meta.dirname, 'synthetic/server.ts'), String(events)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  const port = await firstLine(child)
  return {
    url: `http://127.0.0.1:${port}`,
    cpuSeconds: () => usageOf(child.pid ?? 0).cpuSeconds,
    stop: async () => {
      const exited = new Promise((resolve) => child.once('exit', resolve))
      kill()
      await exited
      process.removeListener('exit', kill)
    },
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the synthetic node ended (${code}) before it was ready`)))
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve)
  })
}
