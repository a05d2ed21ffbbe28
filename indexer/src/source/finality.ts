import type { Rpc } from './rpc.ts'

/**
 * When a chain's blocks count as final: never, on a development chain of one node, where a head below ours means that it was
 * wound back; by the node's `finalized` tag; or so many blocks below the head, on chains without the tag.
 */
export type Finality = { kind: 'none' } | { kind: 'tag' } | { kind: 'depth'; blocks: number }

/** The highest final height, 0 where nothing is final. */
export async function finalizedHeight(finality: Finality, rpc: Pick<Rpc, 'header'>, head: number): Promise<number> {
  if (finality.kind === 'none') return 0
  if (finality.kind === 'depth') return Math.max(0, head - finality.blocks)
  return (await rpc.header('finalized'))?.number ?? 0
}
