import { setTimeout as sleep } from 'node:timers/promises'
import { type Logger, pino } from 'pino'
import { type ChainConfig, type Env, parseEnv } from './env.ts'
import { describeError } from './errors.ts'
import { createProgress } from './progress.ts'
import { runChain } from './run.ts'
import { createStatus, type Status } from './status.ts'
import { type Admin, createNextSchema, dropNextSchema, NEXT_SCHEMA, openAdmin, takeOver } from './store/schemas.ts'

const STALE_AFTER_MS = 30_000
const LOOK_EVERY_MS = 50
const PROGRESS_EVERY_MS = 2_000

export type RebuildOptions = {
  env: Env
  /** URL of the owner of the tables: making and renaming schemas is not for the indexer's own role. */
  adminUrl: string
  log: Logger
}

/** The command: rebuilds what the environment names, and returns the exit code. */
export async function main(): Promise<0 | 1> {
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort())
  try {
    const env = parseEnv(process.env)
    const adminUrl = process.env.DATABASE_URL
    if (adminUrl === undefined)
      throw new Error('DATABASE_URL has to name the database as its owner: a rebuild makes and renames schemas')
    await rebuild({ env, adminUrl, log: pino({ level: env.logLevel, base: { process: 'rebuild' } }) }, stop.signal)
    return 0
  } catch (error) {
    console.error(describeError(error))
    return 1
  }
}

/**
 * Indexes every chain anew into a second schema, beside the one that is being read and written, and then puts it in its place in
 * one transaction. Readers notice nothing; an indexer that is running goes on from the new tables by itself. What differs
 * between the two is announced in the outbox as taken back or new. Aborted or failed, it leaves everything as it was.
 * @throws Permanent where a chain cannot be indexed; Error if the signal aborts.
 */
export async function rebuild({ env, adminUrl, log }: RebuildOptions, signal: AbortSignal): Promise<void> {
  const admin = await openAdmin(adminUrl)
  try {
    await createNextSchema(
      admin,
      env.chains.map(({ caip2 }) => caip2),
    )
    const { added, retracted } = await fillAndTakeOver(admin, { env, log }, signal)
    log.info({ added, retracted }, 'the rebuilt tables are in place')
  } finally {
    await dropNextSchema(admin)
    await admin.end()
  }
}

/** Indexes all chains, and takes over at the moment when each has come to its head and is not behind the old tables. */
async function fillAndTakeOver(admin: Admin, { env, log }: { env: Env; log: Logger }, signal: AbortSignal) {
  const chains = env.chains.map((chain) => ({ chain, status: statusOf(chain) }))
  const done = new AbortController()
  const either = AbortSignal.any([signal, done.signal])
  const running = chains.map(({ chain, status }) => index({ env, chain, log, status }, either))
  for (const one of running) one.catch(() => done.abort()) // one that cannot go on ends all
  const statuses = chains.map(({ status }) => status)
  const timer = tellProgress(statuses, log)
  try {
    const told = await takeOverOnceLevel(admin, statuses, either)
    if (told !== null) return told
  } finally {
    clearInterval(timer)
    done.abort()
    await Promise.allSettled(running) // nobody may write any more when the schema goes
  }
  await Promise.all(running) // says what went wrong, if that is why it ended
  throw new Error('the rebuild was stopped; nothing has changed')
}

async function takeOverOnceLevel(admin: Admin, statuses: readonly Status[], signal: AbortSignal) {
  while (!signal.aborted) {
    const told = statuses.every((status) => status.snapshot().ready) ? await takeOver(admin) : null
    if (told !== null) return told
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
  }
  return null
}

function index({ env, chain, log, status }: { env: Env; chain: ChainConfig; log: Logger; status: Status }, signal: AbortSignal) {
  const ours = log.child({ chain: chain.caip2 })
  return runChain({ databaseUrl: env.databaseUrl, schema: NEXT_SCHEMA, announces: false, chain, log: ours, status }, signal)
}

function statusOf({ caip2 }: ChainConfig): Status {
  return createStatus({ chain: caip2, now: () => performance.now(), staleAfterMs: STALE_AFTER_MS })
}

function tellProgress(statuses: readonly Status[], log: Logger): NodeJS.Timeout {
  const bars = statuses.map((status) => createProgress(status, () => performance.now()))
  return setInterval(() => {
    for (const bar of bars) {
      const line = bar()
      if (line !== null) log.info(line)
    }
  }, PROGRESS_EVERY_MS)
}
