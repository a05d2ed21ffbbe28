import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { ChainConfig } from './env.ts'
import { BrokenFinality, describeError, InconsistentNode, Permanent } from './errors.ts'
import { createBlockReader } from './source/blocks.ts'
import { follow, type Step } from './source/follow.ts'
import { createHeads } from './source/heads.ts'
import { createNodes, type NodeNotice, type Nodes } from './source/nodes.ts'
import { createRpc } from './source/rpc.ts'
import type { Status } from './status.ts'
import { type Checkpoint, nameOf, readCheckpoint, storedHash, writeStopped } from './store/checkpoint.ts'
import { type Committed, createStore } from './store/commit.ts'
import { selectRows } from './store/tables.ts'
import { openWriter, type Writer } from './store/writer.ts'

const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000

export type RunOptions = {
  databaseUrl: string
  /** Schema of the tables: `chain`, or the one that a rebuild fills. */
  schema: string
  /** Whether what happens is announced in the outbox. */
  announces?: boolean
  chain: ChainConfig
  log: Logger
  status: Status
}

type Session = RunOptions & { writer: Writer; nodes: Nodes }

/**
 * Indexes one chain until the signal aborts, however often nodes or Postgres go away: after each failure it starts over from
 * what is committed, with growing pauses. The step under way is finished first.
 * @throws Permanent where trying again cannot help; where finality was broken, the checkpoint says so too, for those who read the tables.
 */
export async function runChain(options: RunOptions, signal: AbortSignal): Promise<void> {
  const { log, status } = options
  const nodes = connect(options)
  let pause = FIRST_PAUSE_MS
  while (!signal.aborted) {
    const stepsBefore = status.counters.get('steps')
    try {
      await oneSession({ ...options, nodes }, signal)
    } catch (error) {
      status.sawFailure(describeError(error))
      if (error instanceof Permanent) {
        status.setRole('failed')
        throw error
      }
      if (error instanceof InconsistentNode) nodes.blame(error.message)
      status.count('failures')
      if (status.counters.get('steps') !== stepsBefore) pause = FIRST_PAUSE_MS
      log.warn({ error: describeError(error), retryInMs: pause }, 'starting over')
      await sleep(pause, undefined, { signal }).catch(() => {})
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
  }
  status.setRole('stopped')
}

function connect({ chain, log, status }: RunOptions): Nodes {
  return createNodes({
    urls: chain.rpcUrls,
    chainId: chain.chainId,
    quorum: chain.quorum,
    connect: (url) => createRpc(url, status.sawRequest),
    now: () => performance.now(),
    sleep,
    onNode: (notice: NodeNotice) => log[notice.what === 'preferred' ? 'info' : 'warn'](notice, 'node'),
  })
}

async function oneSession(options: Omit<Session, 'writer'>, signal: AbortSignal): Promise<void> {
  const { chain, databaseUrl, nodes, schema, status } = options
  status.setRole('standby')
  const writer = await openWriter({ url: databaseUrl, schema, chain: chain.caip2 }, signal)
  if (writer === null) return
  const heads = createHeads(chain.wsUrls)
  status.watch({ isConnected: heads.isConnected, nodes: nodes.snapshot })
  try {
    const steps = await stepsFrom({ ...options, writer }, heads, signal)
    for await (const { step, commit } of steps) report(step, await commit(step), options)
  } catch (error) {
    if (error instanceof BrokenFinality) await writeStopped({ client: writer.client, chain: chain.caip2 }, error.message)
    throw error
  } finally {
    heads.close()
    await writer.close()
  }
}

type Heads = ReturnType<typeof createHeads>
type Commit = (step: Step) => Promise<Committed>

/** The steps from where the tables stand, each with what stores it. */
async function stepsFrom(
  session: Session,
  heads: Heads,
  signal: AbortSignal,
): Promise<AsyncIterable<{ step: Step; commit: Commit }>> {
  const { chain, nodes, status, writer, log } = session
  const target = { client: writer.client, chain: chain.caip2 }
  const stored = await readCheckpoint(target)
  status.sawHalted(await selectRows(target.client, 'halt', { chain: target.chain, where: 'true' }))
  const isAbout = stored.tip === null || stored.contracts === nameOf(chain.contracts)
  const { commit } = storeFor(session, stored)
  const { finalized } = stored
  const tip = isAbout ? stored.tip : null
  status.setRole('writer')
  status.sawIndexed(stored.tip, null, finalized)
  log.info({ from: tip, ...chain.contracts }, 'following the chain')
  const following = follow({
    ...{ rpc: nodes, heads, tip, finalized, signal, finality: chain.finality, pollMs: chain.pollMs, maxRange: chain.maxRange },
    deployBlock: chain.contracts.deployBlock,
    believesAnnouncements: chain.quorum === 1,
    storedHash: (number) => storedHash(target, number),
    read: readerFor(session),
    onHead: status.sawHead,
    onPoint: status.mark,
  })
  return (async function* () {
    if (!isAbout) {
      log.warn(chain.contracts, 'the tables were made from other contracts: indexing anew')
      yield { step: { retractAbove: -1, blocks: [], tip: null, finalized }, commit }
    }
    for await (const step of following) yield { step, commit }
  })()
}

function storeFor({ schema, chain, status, writer, announces = true }: Session, checkpoint: Checkpoint) {
  return createStore({
    ...{ client: writer.client, chain: chain.caip2, schema, checkpoint, announces },
    contracts: nameOf(chain.contracts),
    onPoint: status.mark,
  })
}

function readerFor({ chain, nodes, log, status }: Session) {
  return createBlockReader({
    rpc: nodes,
    contracts: chain.contracts,
    check: chain.check,
    onWithheld: ({ number, hash }) => {
      status.count('withheldLogs')
      log.warn({ number, hash }, 'the node left out logs of a block; they were found on asking again')
    },
    onUnknown: ({ address, topics, blockNumber }) => {
      status.count('unknownLogs')
      log.error({ address, topics, blockNumber }, 'a log that the ABI does not know was passed over')
    },
  })
}

function report(step: Step, committed: Committed, { log, status }: RunOptions): void {
  status.sawIndexed(step.tip, step.blocks.at(-1)?.header.timestamp ?? null, step.finalized)
  status.count('steps')
  status.count('blocks', step.blocks.length)
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
    if (halted !== null && isNews) log.error(halted, 'deal halted: indexer and contract disagree')
  }
}
