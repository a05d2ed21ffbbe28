import type { Check } from '../../src/source/blocks.ts'
import type { Finality } from '../../src/source/finality.ts'
import { type Point, points } from '../../src/status.ts'
import { type DatabaseFault, failsAtCommit } from './database.ts'
import { callFaults, type FaultKind, type FaultPlan, hidingFaults, logFaults, socketFaults, transportFaults } from './faults.ts'
import { createRandom, type Random } from './random.ts'
import type { Abilities } from './rpc-methods.ts'
import { chainTables } from './subject.ts'

/** What happens to the chain. */
export type ChainMove =
  | { do: 'extend'; blocks: number }
  | { do: 'reorg'; depth: number; blocks: number; same: boolean }
  /** Back to a branch that was left. */
  | { do: 'return'; blocks: number }
  /** Only on a chain of one node. */
  | { do: 'windBack'; depth: number }
  | { do: 'finalize' }

/** What happens to the indexer. */
export type LifeMove = { do: 'start' } | { do: 'stop' } | { do: 'crash'; restart: boolean } | { do: 'disconnect' }

export type Trigger = { at: Point | `rpc:${string}`; nth: number }

export type Step =
  | ChainMove
  | LifeMove
  /** All connections to the database are ended from the server's side. */
  | { do: 'terminate' }
  | { do: 'arm'; fault: DatabaseFault }
  /** Waits until so many blocks more are indexed, or so many milliseconds went by. */
  | { do: 'advance'; blocks: number; ms: number }
  /** From now on: the nth time that this comes, in the middle of it, that happens. */
  | { do: 'when'; trigger: Trigger; and: ChainMove | LifeMove }

export type Scenario = {
  seed: number
  finality: Finality
  finalityLag: number
  deployBlock: number
  /** Blocks that are there before the first indexer starts. */
  startBlocks: number
  load: number
  illegal: number
  maxRange: number
  quorum: number
  check: Check
  webSocket: boolean
  servers: { plan: FaultPlan; abilities: Abilities }[]
  steps: Step[]
  /** The chain reorganises below what it called final: the indexer has to stop. */
  deeper: boolean
}

/** What the bloom cannot tell: another log of the same kind may be in the block. */
const subtle: readonly FaultKind[] = ['dropOne', 'truncate']

const rpcMoments = ['rpc:eth_getBlockByNumber', 'rpc:eth_getLogs', 'rpc:eth_getBlockReceipts'] as const

/** The scenario of a seed: the same for the same seed. */
export function drawScenario(seed: number): Scenario {
  const random = createRandom(`scenario ${seed}`)
  const finality = drawFinality(random)
  const isCalm = random.chance(0.15) // no node lies: what is left are reorganisations and crashes
  const drawn = random.pick([1, 1, 2, 3])
  const count = finality.kind === 'none' ? 1 : drawn
  const servers = Array.from({ length: count }, (_, k) => drawServer(createRandom(`node ${seed} ${k}`), finality, isCalm))
  const deeper = finality.kind === 'tag' && random.chance(0.06)
  return {
    ...{ seed, finality, servers, deeper },
    finalityLag: random.pick([4, 10, 25]),
    deployBlock: random.pick([0, 0, 1, 7]),
    startBlocks: random.pick([1, 10, 40, 80]),
    load: random.int(1, 4),
    illegal: random.chance(0.25) ? 0.05 : 0,
    maxRange: random.pick([1, 3, 10, 50, 2_000]),
    quorum: random.chance(0.2) ? count : 1,
    check: subtle.some((kind) => servers.some(({ plan }) => plan.kinds.includes(kind)))
      ? 'receipts'
      : random.pick(['bloom', 'receipts']),
    webSocket: random.chance(0.7),
    steps: drawSteps(random, finality),
  }
}

function drawFinality(random: Random): Finality {
  const kind = random.pick(['none', 'tag', 'tag', 'tag', 'depth'] as const)
  const blocks = random.pick([4, 10, 25])
  return kind === 'depth' ? { kind, blocks } : { kind }
}

function drawServer(random: Random, finality: Finality, isCalm: boolean): Scenario['servers'][number] {
  // On a chain of one node a lower head means that it was wound back, so that one node cannot lag or be on another fork.
  const calls: readonly FaultKind[] = finality.kind === 'none' ? ['rateLimited'] : callFaults
  const groups: (readonly FaultKind[])[] = [transportFaults, calls, logFaults, socketFaults]
  const chosen = random.chance(0.4) ? groups.flat() : [random.pick(groups), random.pick(groups)].flat()
  const kinds: readonly FaultKind[] = isCalm ? [] : chosen.filter(() => random.chance(0.5))
  return {
    plan: { kinds, rate: random.pick([0.05, 0.15, 0.4]), budget: random.int(3, 60) },
    abilities: {
      rangeLimit: random.pick([5, 100, 100_000]),
      logLimit: random.pick([20, 10_000]),
      // Whoever has but one node, which hides logs and has no receipts to count them by, cannot know.
      receipts: kinds.some((kind) => hidingFaults.includes(kind)) || random.chance(0.6),
      sideBlocks: random.chance(0.5),
    },
  }
}

function drawSteps(random: Random, finality: Finality): Step[] {
  const steps: Step[] = []
  if (random.chance(0.7)) steps.push({ do: 'when', trigger: drawTrigger(random), and: drawInterruption(random, finality) })
  steps.push({ do: 'start' })
  if (random.chance(0.15)) steps.push({ do: 'start' }) // a second one, which has to wait
  const count = random.int(3, 10)
  for (let k = 0; k < count; k += 1) steps.push(...drawEpisode(random, finality))
  return steps
}

/** A few steps that belong together. */
function drawEpisode(random: Random, finality: Finality): Step[] {
  const advance: Step = { do: 'advance', blocks: random.pick([1, 3, 10, 30, 100]), ms: random.pick([20, 3_000, 3_000]) }
  const move = drawChainMove(random, finality)
  const draw = random.next()
  if (draw < 0.3) return [move, advance]
  if (draw < 0.4) return [move, { do: 'finalize' }, advance]
  if (draw < 0.5) return [{ do: 'crash', restart: true }, move, advance]
  if (draw < 0.57) return [advance, { do: 'stop' }, move, drawChainMove(random, finality), { do: 'start' }, advance]
  if (draw < 0.63) return [{ do: 'crash', restart: false }, move, { do: 'finalize' }, { do: 'start' }]
  if (draw < 0.7) return [{ do: 'terminate' }, move]
  if (draw < 0.8) return [{ do: 'arm', fault: drawDatabaseFault(random) }, move, advance]
  if (draw < 0.85) return [{ do: 'start' }, move, { do: 'crash', restart: false }, advance]
  return [{ do: 'when', trigger: drawTrigger(random), and: drawInterruption(random, finality) }, move, advance]
}

function drawChainMove(random: Random, finality: Finality): ChainMove {
  const draw = random.next()
  const blocks = random.pick([1, 1, 2, 5, 12])
  if (draw < 0.4) return { do: 'extend', blocks }
  if (draw < 0.75) {
    return { do: 'reorg', depth: random.pick([1, 2, 3, 8, 30]), blocks: random.pick([1, 2, 4, 9, 31]), same: random.chance(0.3) }
  }
  if (draw < 0.9 || finality.kind !== 'none') return { do: 'return', blocks }
  return { do: 'windBack', depth: random.int(1, 12) }
}

function drawInterruption(random: Random, finality: Finality): ChainMove | LifeMove {
  const draw = random.next()
  if (draw < 0.35) return { do: 'crash', restart: true }
  return draw < 0.5 ? { do: 'disconnect' } : drawChainMove(random, finality)
}

function drawTrigger(random: Random): Trigger {
  const at = random.pick([...points, ...rpcMoments])
  return { at, nth: at === 'retracted' ? 1 : random.pick([1, 2, 3, 6]) } // few steps take something back
}

function drawDatabaseFault(random: Random): DatabaseFault {
  const atCommit = random.chance(0.3)
  const table = random.pick(atCommit ? failsAtCommit : chainTables)
  return { table, code: random.pick(['40001', '53100']), atCommit, times: random.int(1, 3) }
}
