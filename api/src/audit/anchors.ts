import { auditAnchorAbi } from '@fairhold/protocol/abi/audit-anchor'
import { type Address, getAbiItem, type Hex, type PublicClient } from 'viem'

/** What the log's keeper said in public, and cannot take back. */
export interface Anchor {
  size: number
  head: string
  by: string
  block: number
  tx: Hex
}

export interface AnchorQuery {
  contract: Address
  logId: string
  /** Whose anchors count; anybody can make one. Lower case. */
  anchorers: readonly string[]
  /** No anchor is in an earlier block. */
  fromBlock: number
}

const MOST_BLOCKS = 10_000 // what most nodes answer at once
const LEAST_BLOCKS = 50
const anchored = getAbiItem({ abi: auditAnchorAbi, name: 'Anchored' })

/**
 * Every anchor of a log, from the chain's own logs, oldest first. Asks in smaller ranges where the node refuses.
 * @throws what viem throws where the node is away or keeps refusing.
 */
export async function readAnchors(chain: PublicClient, query: AnchorQuery): Promise<Anchor[]> {
  const head = Number(await chain.getBlockNumber({ cacheTime: 0 }))
  const found: Anchor[] = []
  let range = MOST_BLOCKS
  for (let from = query.fromBlock; from <= head; ) {
    const to = Math.min(from + range - 1, head)
    try {
      found.push(...(await anchorsIn(chain, query, from, to)))
      from = to + 1
    } catch (error) {
      if (range <= LEAST_BLOCKS) throw error
      range = Math.max(Math.floor(range / 4), LEAST_BLOCKS)
    }
  }
  return found
}

async function anchorsIn(
  chain: PublicClient,
  { contract, logId, anchorers }: AnchorQuery,
  from: number,
  to: number,
): Promise<Anchor[]> {
  const logs = await chain.getLogs({
    address: contract,
    event: anchored,
    args: { log: `0x${logId}` },
    fromBlock: BigInt(from),
    toBlock: BigInt(to),
    strict: true,
  })
  return logs
    .map(({ args, blockNumber, transactionHash }) => ({
      size: args.size > BigInt(Number.MAX_SAFE_INTEGER) ? Number.POSITIVE_INFINITY : Number(args.size),
      head: args.head.slice(2),
      by: args.by.toLowerCase(),
      block: Number(blockNumber),
      tx: transactionHash,
    }))
    .filter(({ by }) => anchorers.includes(by))
}
