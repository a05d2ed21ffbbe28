import { type Address, type Hex, keccak256, toHex } from 'viem'
import { logsBloom } from './encode.ts'
import { emptyMarket, type Market, type MarketConfig, type MarketLog, type MarketTransaction, nextBlock } from './market.ts'
import type { Random } from './random.ts'

/** A log at its place in a block. */
export type PlacedLog = MarketLog & { logIndex: number; transactionHash: Hex; transactionIndex: number }

/** A block of the scripted chain, with everything that can be asked about it. Never changed. */
export type ChainBlock = {
  number: number
  hash: Hex
  parentHash: Hex
  timestamp: number
  logsBloom: Hex
  transactions: readonly MarketTransaction[]
  logs: readonly PlacedLog[]
  /** Names the branch: equal salts give equal transactions. */
  salt: string
  market: Market
}

export type ChainConfig = {
  market: MarketConfig
  chainId: number
  deployBlock: number
  /** Blocks that the finalized one is behind the head. */
  finalityLag: number
  random: Random
}

/** A tree of blocks with one of its leaves as the head, and operations that move it. */
export type Chain = ReturnType<typeof createChain>

const GENESIS_TIME = 1_700_000_000
const NO_PARENT: Hex = `0x${'00'.repeat(32)}`

/** A chain that has only its first block. */
export function createChain(config: ChainConfig) {
  const { random, market: marketConfig } = config
  const blocks = new Map<string, ChainBlock>()
  const children = new Map<string, number>()
  const leaves = new Set<ChainBlock>()
  const listeners = new Set<(head: ChainBlock) => void>()
  let branches = 0

  const add = (parent: ChainBlock | null, salt: string): ChainBlock => {
    const number = parent === null ? 0 : parent.number + 1
    const parentHash = parent?.hash ?? NO_PARENT
    const siblings = children.get(parentHash) ?? 0
    children.set(parentHash, siblings + 1)
    const timestamp = (parent?.timestamp ?? GENESIS_TIME) + 12 + (siblings % 3) // siblings differ, not always in time
    const before = parent?.market ?? emptyMarket
    const isEmpty = number < Math.max(1, config.deployBlock)
    const { market, transactions } = isEmpty
      ? { market: before, transactions: [] }
      : nextBlock(marketConfig, before, { number, timestamp, salt })
    const logs = place(transactions)
    const hash = keccak256(toHex(`${marketConfig.seed}:${parentHash}:${siblings}:${timestamp}`))
    const block = { number, hash, parentHash, timestamp, logsBloom: logsBloom(logs), transactions, logs, salt, market }
    blocks.set(hash, block)
    if (parent !== null) leaves.delete(parent)
    leaves.add(block)
    return block
  }

  let head = add(null, 'main')
  let finalized = 0

  const ancestor = (of: ChainBlock, number: number): ChainBlock | null => {
    let block: ChainBlock | undefined = of
    while (block !== undefined && block.number > number) block = blocks.get(block.parentHash)
    return block?.number === number ? block : null
  }
  const moveTo = (block: ChainBlock): void => {
    head = block
    for (const listen of listeners) listen(block)
  }
  const chain = {
    chainId: config.chainId,
    deployBlock: config.deployBlock,
    contracts: { escrow: marketConfig.escrow, reputation: marketConfig.reputation } as Record<'escrow' | 'reputation', Address>,
    head: (): ChainBlock => head,
    finalized: (): number => finalized,
    byHash: (hash: string): ChainBlock | null => blocks.get(hash) ?? null,
    ancestor,
    /** The height of the last block that two branches share. */
    forkOf: (one: ChainBlock, other: ChainBlock): number => {
      let height = Math.min(one.number, other.number)
      while (height > 0 && ancestor(one, height) !== ancestor(other, height)) height -= 1
      return height
    },
    /** Ends of branches that are not the canonical one. */
    orphans: (): ChainBlock[] => [...leaves].filter((leaf) => leaf !== head && ancestor(head, leaf.number) !== leaf),
    /** Blocks from the first that is indexed up to the head. */
    canonical: (): ChainBlock[] => {
      const found: ChainBlock[] = []
      for (let number = config.deployBlock; number <= head.number; number += 1) {
        const block = ancestor(head, number)
        if (block !== null) found.push(block)
      }
      return found
    },
    /** Adds blocks at the head, announced one by one. */
    extend: (count: number, salt = head.salt): void => {
      for (let k = 0; k < count; k += 1) moveTo(add(head, salt))
    },
    /** Leaves out the last `depth` blocks and adds others: with the same transactions in them if `same`. */
    reorg: (depth: number, count: number, same: boolean): void => {
      const fork = ancestor(head, head.number - depth)
      if (fork === null) throw new RangeError(`there are no ${depth} blocks to take back`)
      branches += 1
      const salt = same ? head.salt : `branch${branches}`
      head = fork
      chain.extend(count, salt)
    },
    /** Goes back to a block that was there before, of whatever branch. */
    moveTo,
    /** Says that all but the last blocks are final from now on. */
    finalize: (): void => {
      finalized = Math.max(finalized, Math.min(head.number, head.number - random.int(config.finalityLag, config.finalityLag * 2)))
    },
    /** Calls back at each new head; returns how to end that. */
    onHead: (listener: (head: ChainBlock) => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return chain
}

function place(transactions: readonly MarketTransaction[]): PlacedLog[] {
  let logIndex = 0
  return transactions.flatMap(({ hash, logs }, transactionIndex) =>
    logs.map((log) => ({ ...log, logIndex: logIndex++, transactionHash: hash, transactionIndex })),
  )
}
