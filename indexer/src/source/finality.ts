import type { BlockRef } from './fork.ts'
import type { Rpc } from './rpc.ts'

/**
 * When a chain's blocks count as final: never, on a development chain of one node, where a head below ours means that it was
 * wound back; by the node's `finalized` tag; or so many blocks below the head, on chains without the tag.
 */
export type Finality = { kind: 'none' } | { kind: 'tag' } | { kind: 'depth'; blocks: number }

export type FinalOptions = {
  rpc: Pick<Rpc, 'header'>
  finality: Finality
  /** Where our branch ends. */
  tip: BlockRef | null
  storedHash: (number: number) => Promise<string | null>
}

/**
 * The height up to which the branch that is stored is final, as far as is known; 0 where nothing is. What a node calls final
 * counts only if it is a block of ours, by hash: while we are on a branch that was left, finality moves on along another.
 */
export async function finalizedOnOurs({ rpc, finality, tip, storedHash }: FinalOptions): Promise<number> {
  if (finality.kind === 'none' || tip === null) return 0
  if (finality.kind === 'depth') return Math.max(0, tip.number - finality.blocks)
  const header = await rpc.header('finalized')
  if (header === null || header.number > tip.number) return 0
  return (await storedHash(header.number)) === header.hash ? header.number : 0
}
