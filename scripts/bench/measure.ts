import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { BenchDatabase, BenchServer } from './database.ts'
import { CACHE } from './packages.ts'
import { type Usage, usageOf } from './usage.ts'
import { completedIn, lastOf } from './workload.ts'

const POLL_MS = 20
const GRACE_MS = 10_000
const LAST_WORDS = 3_000
const UNDEFINED = ['42P01', '3F000'] // table or schema: its owner has not made it yet

/** A process to be measured. */
export type Job = {
  name: string
  command: string
  args: readonly string[]
  cwd?: string
  env: Record<string, string>
  /** Whether the event at a height and log index is stored; cheap, because it is asked all the time. */
  visible: string
  /** Counts the events that are stored, and the deals that are completed. */
  count: string
}

/** What one run cost. */
export type Run = {
  seconds: number
  nodeCpuSeconds: number
  postgresCpuSeconds: number
  peakBytes: number
  databaseBytes: number
}

export type MeasureOptions = { server: BenchServer; database: BenchDatabase; events: number; timeoutSeconds: number }

/**
 * Runs a job from its spawn until the last row is visible, then ends it.
 * @throws with its last words if it ends before or takes too long; if what it stored is not `events` events and their deals.
 */
export async function measure(job: Job, options: MeasureOptions): Promise<Run> {
  const { server, database, events, timeoutSeconds } = options
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  const postgresBefore = usageOf(server.pid).cpuSeconds
  const started = performance.now()
  const child = startJob(job)
  try {
    await untilDone(client, job, events, () => {
      if (child.ended()) throw new Error(`${job.name} ended before it was done. The last it said:\n${child.lastWords()}`)
      if (performance.now() - started > timeoutSeconds * 1_000) {
        throw new Error(`${job.name} was not done in ${timeoutSeconds} s. The last it said:\n${child.lastWords()}`)
      }
      child.usage()
    })
    const seconds = (performance.now() - started) / 1_000
    const { cpuSeconds, peakBytes } = child.usage()
    const postgresCpuSeconds = usageOf(server.pid).cpuSeconds - postgresBefore
    await assertStored(client, job, events)
    return { seconds, nodeCpuSeconds: cpuSeconds, postgresCpuSeconds, peakBytes, databaseBytes: await database.sizeBytes() }
  } finally {
    await client.end()
    await child.stop()
  }
}

/** A job that is running. */
export type Running = {
  /** What it has used until now, or had when it ended. */
  usage: () => Usage
  ended: () => boolean
  lastWords: () => string
  /** Ends it, so that it can still write what it writes at its end; by force after ten seconds. */
  stop: () => Promise<void>
}

/** Starts a job. What it prints goes to a log file in the cache, so that nobody waits for a terminal. */
export function startJob({ name, command, args, cwd, env }: Pick<Job, 'name' | 'command' | 'args' | 'cwd' | 'env'>): Running {
  mkdirSync(join(CACHE, 'logs'), { recursive: true })
  const path = join(CACHE, 'logs', `${name}.log`)
  const log = createWriteStream(path)
  const child = spawn(command, args, { ...(cwd && { cwd }), env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false })
  let ended = false
  const exited = new Promise<void>((resolve) => {
    const done = (): void => {
      ended = true
      resolve()
    }
    child.once('exit', done)
    child.once('error', done)
  })
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  let last: Usage = { cpuSeconds: 0, peakBytes: 0 }
  return {
    usage: () => {
      const now = child.pid === undefined || ended ? last : usageOf(child.pid)
      last = { cpuSeconds: Math.max(last.cpuSeconds, now.cpuSeconds), peakBytes: Math.max(last.peakBytes, now.peakBytes) }
      return last
    },
    ended: () => ended,
    lastWords: () => readFileSync(path, 'utf8').slice(-LAST_WORDS),
    stop: async () => {
      child.kill('SIGTERM')
      const timer = setTimeout(kill, GRACE_MS)
      await exited
      clearTimeout(timer)
      process.removeListener('exit', kill)
      log.end()
    },
  }
}

async function assertStored(client: pg.Client, { name, count }: Job, events: number): Promise<void> {
  const [row] = (await client.query<{ events: string; completed: string }>(count)).rows
  const completed = completedIn(events)
  if (Number(row?.events) === events && Number(row?.completed) === completed) return
  throw new Error(`${name} stored ${row?.events} events of ${events}, and ${row?.completed} of ${completed} completed deals`)
}

/** Rows become visible in the order of the chain: where the last one is, all others are too. */
async function untilDone(client: pg.Client, job: Job, events: number, check: () => void): Promise<void> {
  const last = lastOf(events)
  while (!(await isVisible(client, job, { height: last.height, logIndex: last.logs - 1 }))) {
    check()
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** Whether an event is stored. Tables that are not there yet hold none. */
export async function isVisible(client: pg.Client, job: Job, place: { height: number; logIndex: number }): Promise<boolean> {
  try {
    const { rows } = await client.query<{ visible: boolean }>(job.visible, [place.height, place.logIndex])
    return rows[0]?.visible ?? false
  } catch (error) {
    if (error instanceof pg.DatabaseError && UNDEFINED.includes(error.code ?? '')) return false
    throw error
  }
}
