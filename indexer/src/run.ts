import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Env } from './env.ts'
import { describeError, Permanent } from './errors.ts'
import { createBlockReader } from './source/blocks.ts'
import { follow, type Step } from './source/follow.ts'
import { createHeads } from './source/heads.ts'
import { createRpc, type Rpc } from './source/rpc.ts'
import type { Status } from './status.ts'
import { type Checkpoint, isAbout, readCheckpoint, storedHash } from './store/checkpoint.ts'
import { type Committed, commitStep } from './store/commit.ts'
import { openWriter, type Writer } from './store/writer.ts'

const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000

export type RunOptions = {
  env: Env
  log: Logger
  status: Status
  /** Seconds from any fixed point, for the length of commits. */
  clock: () => number
}

/**
 * Indexes until the signal aborts, however often node or Postgres go away: after each failure it starts over from what
 * is committed, with growing pauses. The step under way is finished first.
 * @throws Permanent where trying again cannot help.
 */
export async function runIndexer(options: RunOptions, signal: AbortSignal): Promise<void> {
  const { log, status } = options
  let pause = FIRST_PAUSE_MS
  while (!signal.aborted) {
    const stepsBefore = status.counters.get('steps')
    try {
      await oneSession(options, signal)
    } catch (error) {
      if (error instanceof Permanent) throw error
      status.sawFailure(describeError(error))
      status.count('failures')
      if (status.counters.get('steps') !== stepsBefore) pause = FIRST_PAUSE_MS
      log.warn({ error: describeError(error), retryInMs: pause }, 'starting over')
      await sleep(pause, undefined, { signal }).catch(() => {})
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
  }
  status.setRole('stopped')
}

async function oneSession(options: RunOptions, signal: AbortSignal): Promise<void> {
  const { env, log, status } = options
  status.setRole('standby')
  const writer = await openWriter(env.databaseUrl, signal)
  if (writer === null) return
  const heads = createHeads(env.wsUrl)
  status.watchSocket(heads.isConnected)
  try {
    const rpc = createRpc(env.rpcUrl, status.sawRequest)
    await assertChain(rpc, env.chainId)
    const { tip, finalized } = await startingPoint(writer, options)
    log.info({ from: tip, escrow: env.contracts.escrow, reputation: env.contracts.reputation }, 'following the chain')
    status.setRole('writer')
    status.sawIndexed(tip, null)
    const steps = follow({
      ...{ rpc, heads, tip, finalized, signal },
      ...{ devChain: env.devChain, pollMs: env.pollMs, maxRange: env.maxRange },
      deployBlock: env.contracts.deployBlock,
      storedHash: (number) => storedHash(writer.client, number),
      read: readerFor(rpc, options),
      onHead: status.sawHead,
    })
    for await (const step of steps) await store(step, writer, options)
  } finally {
    heads.close()
    await writer.close()
  }
}

async function startingPoint(writer: Writer, options: RunOptions): Promise<Checkpoint> {
  const { env, log } = options
  const checkpoint = await readCheckpoint(writer.client, env.chainId)
  if (checkpoint.tip === null || (await isAbout(writer.client, env.contracts))) return checkpoint
  log.warn(env.contracts, 'the tables were made from other contracts: indexing anew')
  const nothing = { tip: null, finalized: checkpoint.finalized }
  await store({ ...nothing, retractAbove: -1, blocks: [] }, writer, options)
  return nothing
}

async function assertChain(rpc: Rpc, expected: number): Promise<void> {
  const chainId = await rpc.chainId()
  if (chainId !== expected) throw new Permanent(`the node serves chain ${chainId}, not ${expected}`)
}

function readerFor(rpc: Rpc, { env, log, status }: RunOptions) {
  return createBlockReader({
    rpc,
    contracts: env.contracts,
    onWithheld: ({ number, hash }) => {
      status.count('withheldLogs')
      log.warn({ number, hash }, 'the node left out logs that the bloom speaks of; they were found on asking again')
    },
    onUnknown: ({ address, topics, blockNumber }) => {
      status.count('unknownLogs')
      log.error({ address, topics, blockNumber }, 'a log that the ABI does not know was passed over')
    },
  })
}

async function store(step: Step, writer: Writer, { env, log, status, clock }: RunOptions): Promise<void> {
  const began = clock()
  const committed = await commitStep(writer.client, step, env.chainId)
  status.sawCommit(clock() - began)
  status.sawIndexed(step.tip, step.blocks.at(-1)?.header.timestamp ?? null)
  status.count('steps')
  status.count('events', committed.events)
  reportHalted(committed, { log, status })
  log.debug({ tip: step.tip?.number, blocks: step.blocks.length, events: committed.events }, 'stored')
  if (step.retractAbove === null) return
  status.count('reorgs')
  status.count('reorgBlocks', committed.retractedBlocks)
  log.warn({ backTo: step.retractAbove, retractedBlocks: committed.retractedBlocks, tip: step.tip }, 'the chain reorganised')
}

function reportHalted({ histories }: Committed, { log, status }: Pick<RunOptions, 'log' | 'status'>): void {
  for (const [dealId, { halted }] of histories) {
    const isNews = status.setHalted(dealId, halted?.reason ?? null)
    if (halted === null || !isNews) continue
    const { name, block_number: blockNumber, tx_hash: txHash } = halted.event
    log.error({ dealId, event: name, blockNumber, txHash, reason: halted.reason }, 'deal halted: indexer and contract disagree')
  }
}
