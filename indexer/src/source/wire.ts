import { InconsistentNode } from '../errors.ts'

/** What the indexer needs of a block: its place in the chain, its time in seconds and its bloom. */
export type Header = { number: number; hash: string; parentHash: string; timestamp: number; logsBloom: string }

/** A log as the node gave it: lower case, numbers as numbers. */
export type RawLog = {
  address: string
  topics: readonly string[]
  data: string
  blockNumber: number
  blockHash: string
  transactionHash: string
  logIndex: number
}

const HASH = /^0x[0-9a-f]{64}$/
const ADDRESS = /^0x[0-9a-f]{40}$/
const BLOOM = /^0x[0-9a-f]{512}$/
const BYTES = /^0x(?:[0-9a-f]{2})*$/
const QUANTITY = /^0x[0-9a-f]{1,16}$/
const MAX_TOPICS = 4
const MOST_LOGS = 2 ** 31 - 1 // what Postgres holds; a log costs gas, so that there are never so many

type Fields = Readonly<Record<string, unknown>>

// Written out by hand: a backfill reads a hundred thousand logs in seconds, and a schema library would be most of its time.

/** Reads a header out of an RPC answer or a newHeads notice. @throws InconsistentNode if it is not one. */
export function parseHeader(value: unknown): Header {
  const fields = fieldsOf(value, 'a block')
  return {
    number: quantity(fields.number, 'block number'),
    hash: text(fields.hash, HASH, 'block hash'),
    parentHash: text(fields.parentHash, HASH, 'parent hash'),
    timestamp: quantity(fields.timestamp, 'timestamp'),
    logsBloom: text(fields.logsBloom, BLOOM, 'bloom'),
  }
}

/** Reads logs out of an RPC answer. @throws InconsistentNode if it is no list of logs, or one is of a removed block. */
export function parseLogs(value: unknown): RawLog[] {
  if (!Array.isArray(value)) throw new InconsistentNode('the node gave no list of logs')
  return value.map(parseLog)
}

/** Reads every log out of the receipts of a block. @throws InconsistentNode if they are none. */
export function parseReceiptLogs(value: unknown): RawLog[] {
  if (!Array.isArray(value)) throw new InconsistentNode('the node gave no list of receipts')
  return value.flatMap((receipt) => parseLogs(fieldsOf(receipt, 'a receipt').logs))
}

/** Reads a number that the RPC writes in hex. @throws InconsistentNode if it is none, or too large to be exact. */
export function quantity(value: unknown, what: string): number {
  const number = Number(text(value, QUANTITY, what))
  if (!Number.isSafeInteger(number)) throw new InconsistentNode(`the node gave no ${what}`)
  return number
}

function parseLog(value: unknown): RawLog {
  const fields = fieldsOf(value, 'a log')
  if (fields.removed === true) throw new InconsistentNode('the node gave logs of a block it has removed')
  const { topics } = fields
  if (!Array.isArray(topics) || topics.length > MAX_TOPICS) throw new InconsistentNode('the node gave a log without topics')
  return {
    address: text(fields.address, ADDRESS, 'address'),
    topics: topics.map((topic) => text(topic, HASH, 'topic')),
    data: text(fields.data, BYTES, 'data'),
    blockNumber: quantity(fields.blockNumber, 'block number'),
    blockHash: text(fields.blockHash, HASH, 'block hash'),
    transactionHash: text(fields.transactionHash, HASH, 'transaction hash'),
    logIndex: logIndex(fields.logIndex),
  }
}

function logIndex(value: unknown): number {
  const index = quantity(value, 'log index')
  if (index > MOST_LOGS) throw new InconsistentNode('the node gave a log index that no block can have')
  return index
}

function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null) throw new InconsistentNode(`the node gave what is not ${what}`)
  return value as Fields // any object has fields of unknown type
}

function text(value: unknown, shape: RegExp, what: string): string {
  if (typeof value === 'string') {
    if (shape.test(value)) return value
    const lower = value.toLowerCase()
    if (shape.test(lower)) return lower
  }
  throw new InconsistentNode(`the node gave no ${what}`)
}
