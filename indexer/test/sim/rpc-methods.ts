import type { Chain, ChainBlock, PlacedLog } from './chain.ts'

/** An error object of JSON-RPC. */
export class RpcFailure extends Error {
  override readonly name = 'RpcFailure'
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** The chain as a node sees it at a moment. */
export type View = { chain: Chain; head: ChainBlock; finalized: number }

/** What a node can and what it refuses, for as long as it lives. */
export type Abilities = {
  /** Most blocks in one question for logs. */
  rangeLimit: number
  /** Most logs in one answer. */
  logLimit: number
  /** Whether it has eth_getBlockReceipts. */
  receipts: boolean
  /** Whether it gives the logs of blocks that are not canonical, asked for by hash. */
  sideBlocks: boolean
}

export type Call = { id?: unknown; method: string; params?: unknown[] }

/** The answer of an honest node. @throws RpcFailure where such a node answers with an error. */
export function answer({ method, params = [] }: Call, view: View, abilities: Abilities): unknown {
  switch (method) {
    case 'eth_chainId':
      return quantity(view.chain.chainId)
    case 'net_version':
      return String(view.chain.chainId)
    case 'eth_blockNumber':
      return quantity(view.head.number)
    case 'eth_getBlockByNumber':
      return headerJson(blockAt(params[0], view))
    case 'eth_getBlockByHash':
      return headerJson(knownBlock(String(params[0]), view))
    case 'eth_getLogs':
      return logsFor(params[0] as Filter, view, abilities).map(({ block, log }) => logJson(log, block))
    case 'eth_getBlockReceipts':
      if (!abilities.receipts) throw new RpcFailure(-32601, 'the method eth_getBlockReceipts does not exist')
      return receiptsOf(blockOf(params[0], view))
    default:
      throw new RpcFailure(-32601, `the method ${method} does not exist`)
  }
}

/** A header as newHeads announces it and eth_getBlockBy… answers it. */
export function headerJson(block: ChainBlock | null): object | null {
  if (block === null) return null
  const { number, hash, parentHash, timestamp, logsBloom, transactions } = block
  return {
    ...{ number: quantity(number), hash, parentHash, timestamp: quantity(timestamp), logsBloom },
    transactions: transactions.map((transaction) => transaction.hash),
    ...{ gasLimit: '0x1c9c380', gasUsed: '0x0', extraData: '0x', miner: `0x${'00'.repeat(20)}` },
  }
}

/** A log as eth_getLogs answers it. */
export function logJson(log: PlacedLog, block: ChainBlock): Record<string, unknown> {
  return {
    ...{ address: log.address, topics: log.topics, data: log.data, removed: false },
    ...{ blockNumber: quantity(block.number), blockHash: block.hash, logIndex: quantity(log.logIndex) },
    ...{ transactionHash: log.transactionHash, transactionIndex: quantity(log.transactionIndex) },
  }
}

export function quantity(value: number): string {
  return `0x${value.toString(16)}`
}

type Filter = {
  address?: string | string[]
  topics?: (string | string[] | null)[]
  fromBlock?: string
  toBlock?: string
  blockHash?: string
}

function logsFor(filter: Filter, view: View, abilities: Abilities): { block: ChainBlock; log: PlacedLog }[] {
  const found = blocksFor(filter, view, abilities).flatMap((block) =>
    block.logs.filter((log) => matches(log, filter)).map((log) => ({ block, log })),
  )
  if (found.length > abilities.logLimit && filter.blockHash === undefined) {
    throw new RpcFailure(-32005, `query returned more than ${abilities.logLimit} results`)
  }
  return found
}

function blocksFor({ blockHash, fromBlock, toBlock }: Filter, view: View, { rangeLimit, sideBlocks }: Abilities): ChainBlock[] {
  if (blockHash !== undefined) {
    const block = knownBlock(blockHash, view)
    const isCanonical = block !== null && view.chain.ancestor(view.head, block.number) === block
    if (block === null || (!isCanonical && !sideBlocks)) throw new RpcFailure(-32000, 'unknown block')
    return [block]
  }
  const from = blockAt(fromBlock, view)?.number
  const to = blockAt(toBlock, view)?.number ?? view.head.number
  if (from === undefined || from > to) return []
  if (to - from + 1 > rangeLimit) throw new RpcFailure(-32602, `block range is too large, at most ${rangeLimit} blocks`)
  return Array.from({ length: to - from + 1 }, (_, k) => view.chain.ancestor(view.head, from + k)).filter((one) => one !== null)
}

function matches(log: PlacedLog, { address, topics = [] }: Filter): boolean {
  const addresses = address === undefined ? [] : [address].flat().map((one) => one.toLowerCase())
  if (addresses.length > 0 && !addresses.includes(log.address)) return false
  return topics.every((wanted, at) => wanted === null || [wanted].flat().some((one) => one.toLowerCase() === log.topics[at]))
}

function receiptsOf(block: ChainBlock | null): object[] | null {
  if (block === null) return null
  return block.transactions.map(({ hash, from }, at) => ({
    ...{ transactionHash: hash, transactionIndex: quantity(at), from, status: '0x1', type: '0x2' },
    ...{ blockHash: block.hash, blockNumber: quantity(block.number), cumulativeGasUsed: quantity(at + 1), gasUsed: '0x1' },
    logs: block.logs.filter(({ transactionIndex }) => transactionIndex === at).map((log) => logJson(log, block)),
  }))
}

function blockOf(parameter: unknown, view: View): ChainBlock | null {
  return typeof parameter === 'string' && parameter.length === 66 ? knownBlock(parameter, view) : blockAt(parameter, view)
}

function blockAt(parameter: unknown, { chain, head, finalized }: View): ChainBlock | null {
  if (parameter === undefined || parameter === 'latest' || parameter === 'pending') return head
  if (parameter === 'finalized' || parameter === 'safe') return chain.ancestor(head, finalized)
  if (parameter === 'earliest') return chain.ancestor(head, 0)
  return chain.ancestor(head, Number(parameter))
}

/** A node knows its own branch, and what it once saw of others that are no longer than it. */
function knownBlock(hash: string, { chain, head }: View): ChainBlock | null {
  const block = chain.byHash(hash)
  return block !== null && block.number <= head.number ? block : null
}
