import { InconsistentNode } from '../errors.ts'
import { assertLinked, type Block, type BlockReader } from './blocks.ts'
import { type Finality, finalizedOnOurs } from './finality.ts'
import { type BlockRef, type Plan, type PlanOptions, planFor } from './fork.ts'
import type { Heads } from './heads.ts'
import type { Header } from './wire.ts'

const EVENTS_PER_STEP = 5_000 // a longer step is not faster, but holds more memory, and its transaction open for longer
const FIRST_RANGE = 10

/**
 * One reversible move along the chain, to be stored as a whole: take back every block above `retractAbove` (null: none),
 * then append `blocks`. Steps come in order, and each follows on the one before.
 */
export type Step = { retractAbove: number | null; blocks: readonly Block[]; tip: BlockRef | null; finalized: number }

export type FollowOptions = Pick<PlanOptions, 'rpc' | 'storedHash' | 'deployBlock'> & {
  heads: Heads
  read: BlockReader
  finality: Finality
  /** Whether an announced block counts as the head. Not where several nodes have to agree: there it is only a reason to ask. */
  believesAnnouncements: boolean
  /** What is stored already. */
  tip: BlockRef | null
  finalized: number
  pollMs: number
  /** Most blocks in a step. */
  maxRange: number
  /** Told each head that the node gave, before anything is done about it. */
  onHead: (head: Header) => void
  /** Told when it is known what a head means, and when the blocks of a step are there. */
  onPoint: (point: 'planned' | 'fetched') => void
  signal: AbortSignal
}

/** Follows the chain from the tip until the signal aborts. The consumer stores each step before it asks for the next. */
export async function* follow(options: FollowOptions): AsyncGenerator<Step, void, void> {
  const { rpc, heads, signal } = options
  const range = { size: Math.min(FIRST_RANGE, options.maxRange) }
  let { tip, finalized } = options
  let announced: Header | null = null
  while (!signal.aborted) {
    // An announcement may be older than what we know: it is believed only where it is the very next block.
    const isNext = tip !== null && announced?.parentHash === tip.hash && announced.number === tip.number + 1
    const head: Header | null = isNext && options.believesAnnouncements ? announced : await rpc.header('latest')
    if (head === null) throw new InconsistentNode('the node has no latest block')
    options.onHead(head)
    const plan = await planFor(head, tip, { ...options, canWindBack: options.finality.kind === 'none', finalized })
    options.onPoint('planned')
    let hasMoved = false
    if (plan.kind === 'advance') {
      if (!isNext && heads.isConnected()) heads.missed()
      for await (const step of stepsTo(head, plan, { ...options, finalized, range })) {
        yield step
        hasMoved = true
        tip = step.tip
        if (signal.aborted) return
      }
    }
    // While our branch is not the node's, what is final is final on another: it is asked only once they are the same.
    if (tip?.hash === head.hash) finalized = Math.max(finalized, await finalizedOnOurs({ ...options, tip }))
    announced = hasMoved ? null : await heads.next(options.pollMs, signal)
  }
}

type StepsOptions = FollowOptions & { range: { size: number } }

async function* stepsTo(
  head: Header,
  plan: Extract<Plan, { kind: 'advance' }>,
  options: StepsOptions,
): AsyncGenerator<Step, void, void> {
  const { finalized } = options
  let parent = plan.parent
  let from = (parent?.number ?? options.deployBlock - 1) + 1
  let retractAbove = plan.retract ? from - 1 : null
  if (from > head.number) yield { retractAbove, blocks: [], tip: parent, finalized }
  let coming = from <= head.number ? fetchFrom(from, head, options) : null
  while (coming !== null) {
    const blocks: readonly Block[] = await coming
    if (blocks.length === 0) return // the head is another by now
    const headers = blocks.map((block) => block.header)
    assertLinked(headers, parent?.hash ?? null)
    parent = headers.at(-1) ?? parent
    from += blocks.length
    options.onPoint('fetched')
    coming = from <= head.number ? fetchFrom(from, head, options) : null // fetched while this step is being stored
    coming?.catch(() => {}) // if the consumer fails first, nobody waits for it any more
    yield { retractAbove, blocks, tip: parent && { number: parent.number, hash: parent.hash }, finalized }
    retractAbove = null
  }
}

/** The next blocks up to the head: fewer where the node refuses, more where it answers easily. */
async function fetchFrom(from: number, head: Header, options: StepsOptions): Promise<Block[]> {
  const { range, read, maxRange, signal } = options
  for (;;) {
    const to = Math.min(head.number, from + range.size - 1)
    try {
      const blocks = await (from === head.number ? read.one(head) : read.range(from, to))
      const events = blocks.reduce((sum, block) => sum + block.events.length, 0)
      range.size = nextSize(range.size, blocks.length, events, maxRange)
      return blocks
    } catch (error) {
      if (range.size === 1 || from === to || signal.aborted || error instanceof InconsistentNode) throw error
      range.size = half(to - from + 1)
    }
  }
}

/** Grows and shrinks so that a step comes to about EVENTS_PER_STEP events. */
function nextSize(size: number, blocks: number, events: number, most: number): number {
  if (events > 2 * EVENTS_PER_STEP) return half(size)
  const fitting = events === 0 ? most : Math.ceil((EVENTS_PER_STEP * blocks) / events)
  return Math.min(size * 2, Math.max(fitting, 1), most)
}

function half(size: number): number {
  return Math.max(1, Math.floor(size / 2))
}
