import { BrokenFinality, InconsistentNode } from '../errors.ts'
import type { Rpc } from './rpc.ts'
import type { Header } from './wire.ts'

/** A block by height and hash. */
export type BlockRef = { number: number; hash: string }

/** What to do about a head: nothing, or write what follows `parent`, after taking back everything above it if `retract`. */
export type Plan = { kind: 'stay' } | { kind: 'advance'; parent: BlockRef | null; retract: boolean }

export type PlanOptions = {
  rpc: Rpc
  /** Hash of the block that is stored at a height. */
  storedHash: (number: number) => Promise<string | null>
  deployBlock: number
  /** Height up to which our own branch was final. */
  finalized: number
  /** Whether a head below ours means that the chain was wound back; elsewhere it is a node that lags. */
  canWindBack: boolean
}

/**
 * Compares the node's head with what is stored, by hash. A different hash at a height we hold is a reorganisation, of
 * whatever depth; a node that merely does not have our blocks is not, except on a chain of one node.
 * @throws BrokenFinality where the fork lies below what was final.
 */
export async function planFor(head: Header, tip: BlockRef | null, options: PlanOptions): Promise<Plan> {
  if (tip === null) {
    return head.number < options.deployBlock ? { kind: 'stay' } : { kind: 'advance', parent: null, retract: false }
  }
  if (head.hash === tip.hash) return { kind: 'stay' }
  if (head.number === tip.number + 1 && head.parentHash === tip.hash) return extend(tip)
  if (head.number > tip.number) {
    const ours = await options.rpc.header(tip.number)
    if (ours?.hash === tip.hash) return extend(tip)
    return ours === null ? { kind: 'stay' } : retractTo(head, await findFork(tip.number, options), options)
  }
  const stored = await options.storedHash(head.number)
  if (stored !== null && stored !== head.hash) return retractTo(head, await findFork(head.number, options), options)
  if (!options.canWindBack) return { kind: 'stay' }
  return retractTo(head, stored === null ? null : { number: head.number, hash: head.hash }, options)
}

/** The highest block below a height that both the node and the tables have; null if they share none. */
export async function findFork(below: number, options: PlanOptions): Promise<BlockRef | null> {
  let shared: BlockRef | null = null
  let low = options.deployBlock // lowest height that may still be unshared
  let high = below // lowest height known to differ
  let stride = 1
  while (low < high) {
    // Reorganisations are shallow as a rule: go down in growing strides until something is shared, then bisect.
    const at: number = shared === null ? Math.max(high - stride, low) : Math.floor((low + high - 1) / 2)
    stride *= 2
    const [stored, theirs] = await Promise.all([options.storedHash(at), options.rpc.header(at)])
    if (stored !== null && theirs?.hash === stored) {
      shared = { number: at, hash: stored }
      low = at + 1
    } else high = at
  }
  return shared
}

function extend(tip: BlockRef): Plan {
  return { kind: 'advance', parent: tip, retract: false }
}

async function retractTo(head: Header, fork: BlockRef | null, options: PlanOptions): Promise<Plan> {
  const { canWindBack, deployBlock, finalized, rpc } = options
  const height = fork?.number ?? deployBlock - 1
  if (height < finalized && !canWindBack) {
    // So much is not given up for one answer: the head has to be on the chain that the node itself has.
    const again = await rpc.header(head.number)
    if (again?.hash !== head.hash) throw new InconsistentNode(`the head ${head.hash} is not the node's own block ${head.number}`)
    throw new BrokenFinality(`the chain forked at ${height}, below block ${finalized} that it called final`)
  }
  return { kind: 'advance', parent: fork, retract: true }
}
