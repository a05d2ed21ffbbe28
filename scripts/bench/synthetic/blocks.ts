import { concatHex, type Hex, keccak256, numberToHex, padHex } from 'viem'
import { randomWord } from '../random-word.ts'
import { BLOCK_SECONDS, contracts, GENESIS_TIME, lastOf, logsOfBlock, type WorkLog } from '../workload.ts'
import { createBloom } from './bloom.ts'

const TRANSACTIONS_PER_BLOCK = 10
const EMPTY_BLOCKS = 80
const CHAIN_SEED = padHex('0xfa12', { size: 32 })
const HASH_SEED = { transaction: 6, state: 7, transactions: 8, receipts: 9 }
const ZEROES = '0'.repeat(64)

/** A chain of blocks that are made when they are asked for, as the JSON of an RPC node. */
export type SyntheticBlocks = {
  head: number
  /** A block without its transactions' bodies. */
  headerJson: (height: number) => string
  /** Its logs, one JSON object each, separated by commas; empty for a block without any. */
  logsJson: (height: number) => string
  /** One receipt for each transaction, as a JSON array. */
  receiptsJson: (height: number) => string
  /** Height of the block of that hash. */
  heightOf: (hash: string) => number | null
}

/**
 * The workload's first `events` events, and 80 empty blocks after them. Hashes and blooms are made at once, because hashing is
 * dear and whoever asks should not wait for it; everything else when it is asked for.
 */
export function createBlocks(events: number): SyntheticBlocks {
  const last = lastOf(events)
  const head = last.height + EMPTY_BLOCKS
  const logsOf = (height: number): WorkLog[] => {
    if (height < contracts.deployBlock || height > last.height) return []
    const logs = logsOfBlock(height)
    return height === last.height ? logs.slice(0, last.logs) : logs
  }
  const bloomOf = createBloom()
  const blooms: Buffer[] = []
  const heights = new Map<string, number>()
  for (let height = 0; height <= head; height += 1) {
    heights.set(blockHash(height), height)
    blooms.push(bloomOf(logsOf(height)))
  }
  return {
    head,
    headerJson: (height) => headerJson(height, `0x${blooms[height]?.toString('hex')}`),
    logsJson: (height) => logsJson(logsOf(height), height).join(','),
    receiptsJson: (height) => receiptsJson(logsOf(height), height),
    heightOf: (hash) => heights.get(hash) ?? null,
  }
}

const hashes: Hex[] = []

/** A block's hash follows from its height alone; block 0 has no parent. */
export function blockHash(height: number): Hex {
  if (height < 0) return `0x${ZEROES}`
  hashes[height] ??= keccak256(concatHex([CHAIN_SEED, numberToHex(height, { size: 32 })]))
  return hashes[height]
}

function transactionHash(height: number, index: number): Hex {
  return randomWord(HASH_SEED.transaction, height * TRANSACTIONS_PER_BLOCK + index)
}

function headerJson(height: number, logsBloom: string): string {
  const transactions = Array.from({ length: TRANSACTIONS_PER_BLOCK }, (_, k) => transactionHash(height, k))
  return JSON.stringify({
    ...{ number: numberToHex(height), hash: blockHash(height), parentHash: blockHash(height - 1), logsBloom },
    ...{ timestamp: numberToHex(timeOf(height)), gasLimit: '0x1c9c380', gasUsed: '0x15b652', baseFeePerGas: '0x0' },
    ...{ stateRoot: randomWord(HASH_SEED.state, height), transactionsRoot: randomWord(HASH_SEED.transactions, height) },
    ...{ receiptsRoot: randomWord(HASH_SEED.receipts, height), sha3Uncles: `0x${ZEROES}`, mixHash: `0x${ZEROES}` },
    ...{ miner: `0x${ZEROES.slice(24)}`, difficulty: '0x0', nonce: '0x0000000000000000', extraData: '0x', size: '0x3e8' },
    ...{ uncles: [], withdrawals: [], transactions },
  })
}

/** Put together by hand: JSON.stringify of a log would be the dearest part of the server. */
function logsJson(logs: readonly WorkLog[], height: number): string[] {
  const block = `"blockHash":"${blockHash(height)}","blockNumber":"0x${height.toString(16)}"`
  const time = `"blockTimestamp":"0x${timeOf(height).toString(16)}","removed":false`
  const tails = Array.from({ length: TRANSACTIONS_PER_BLOCK }, (_, k) => {
    return `${block},${time},"transactionHash":"${transactionHash(height, k)}","transactionIndex":"0x${k.toString(16)}"`
  })
  const size = Math.ceil(logs.length / TRANSACTIONS_PER_BLOCK)
  return logs.map(({ address, topics, data }, k) => {
    const head = `{"address":"${address}","topics":["${topics.join('","')}"],"data":"${data}"`
    return `${head},${tails[Math.floor(k / size)]},"logIndex":"0x${k.toString(16)}"}`
  })
}

function receiptsJson(logs: readonly WorkLog[], height: number): string {
  const size = Math.ceil(logs.length / TRANSACTIONS_PER_BLOCK)
  const all = logsJson(logs, height)
  const receipts = Array.from({ length: TRANSACTIONS_PER_BLOCK }, (_, k) => {
    const own = all.slice(k * size, (k + 1) * size).join(',')
    return `{"transactionHash":"${transactionHash(height, k)}","transactionIndex":"0x${k.toString(16)}","status":"0x1","logs":[${own}]}`
  })
  return `[${receipts.join(',')}]`
}

function timeOf(height: number): number {
  return GENESIS_TIME + height * BLOCK_SECONDS
}
