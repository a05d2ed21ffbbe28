import assert from 'node:assert/strict'
import { test } from 'node:test'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { encodeAbiParameters, encodeEventTopics, type Hex, hexToBytes, keccak256 } from 'viem'
import { createBlockReader } from './blocks.ts'
import type { Rpc } from './rpc.ts'
import type { Header, RawLog } from './wire.ts'

const escrow = `0x${'e5'.repeat(20)}`
const reputation = `0x${'4e'.repeat(20)}`
const hash = (k: number): string => `0x${k.toString(16).padStart(64, '0')}`

test('logs that are right are read, from a range and one by one', async () => {
  const { reader, headers } = chainOf(shipped(50, 0), shipped(50, 1))
  const [header] = headers.slice(-1)
  assert.ok(header)
  for (const blocks of [await reader.range(41, 50), await reader.one(header)]) {
    assert.deepEqual(
      blocks.at(-1)?.events.map(({ name, log_index }) => [name, log_index]),
      [
        ['Shipped', 0],
        ['Shipped', 1],
      ],
    )
  }
})

const lies: [string, (logs: RawLog[]) => RawLog[]][] = [
  ['another height', ([log]) => [{ ...is(log), blockNumber: 7 }]],
  ['another block', ([log]) => [{ ...is(log), blockHash: hash(999) }]],
  ['one index twice', ([log]) => [is(log), is(log)]],
]
for (const [what, lie] of lies) {
  test(`logs with ${what} are refused`, async () => {
    const { reader, headers } = chainOf(...lie([shipped(50, 0)]))
    await assert.rejects(reader.range(41, 50), { name: 'InconsistentNode' })
    await assert.rejects(reader.one(is(headers.at(-1))), { name: 'InconsistentNode' })
  })
}

test('a log of another contract is refused, from a node that does not heed which ones it is asked for', async () => {
  const { reader } = chainOf({ ...shipped(50, 0), address: `0x${'bad0'.repeat(10)}` })
  await assert.rejects(reader.range(41, 50), /which was not asked for/)
})

test('at the head, logs that the receipts have otherwise are refused', async () => {
  const right = shipped(50, 0)
  for (const change of [{ transactionHash: hash(8) }, { data: `0x${'1'.repeat(128)}` }, { logIndex: 1 }]) {
    const { reader, headers } = chainOf({ ...right, ...change })
    const told = chainOf(right)
    const rpc: Rpc = { ...told.rpc, receiptLogs: async () => [{ ...right, ...change }] }
    await assert.rejects(readerOf(rpc).one(is(headers.at(-1))), /in its receipts/)
    assert.ok(reader)
  }
})

test('a head that another has taken the place of meanwhile is nobody’s fault', async () => {
  const { rpc, headers } = chainOf(shipped(50, 0))
  const moved: Rpc = {
    ...rpc,
    logs: async () => Promise.reject(new Error('unknown block')),
    header: async () => headers[49] ?? null,
  }
  assert.deepEqual(await readerOf(moved).one(is(headers.at(-1))), [])
})

test('a header that was announced with an empty bloom hides nothing', async () => {
  const { reader, headers } = chainOf(shipped(50, 0))
  const forged = { ...is(headers.at(-1)), logsBloom: `0x${'0'.repeat(512)}` }
  assert.deepEqual(await reader.one(forged), [], 'it is not believed, and asked for anew')
})

function shipped(blockNumber: number, logIndex: number): RawLog {
  const dealId = hash(1000 + logIndex) as Hex
  const topics = encodeEventTopics({ abi: escrowAbi, eventName: 'Shipped', args: { dealId } }) as string[]
  const data = encodeAbiParameters([{ type: 'bytes32' }, { type: 'uint40' }], [hash(3) as Hex, 77])
  return { address: escrow, topics, data, blockNumber, blockHash: hash(blockNumber), transactionHash: hash(9), logIndex }
}

/** A node whose block 50 has these logs, and a bloom that says so; its receipts have them too. */
function chainOf(...logs: RawLog[]) {
  const headers = Array.from({ length: 51 }, (_, number): Header => {
    const logsBloom = bloomOf(number === 50 ? logs : [])
    return { number, hash: hash(number), parentHash: hash(number - 1), timestamp: number, logsBloom }
  })
  const rpc: Rpc = {
    chainId: async () => 1,
    header: async (at) => headers[typeof at === 'number' ? at : 50] ?? null,
    headers: async (from, to) => headers.slice(from, to + 1),
    logs: async () => logs,
    receiptLogs: async () => logs,
  }
  return { rpc, headers, reader: readerOf(rpc) }
}

function readerOf(rpc: Rpc) {
  const contracts = { escrow, reputation, deployBlock: 0 }
  return createBlockReader({ rpc, contracts, check: 'bloom', onWithheld: () => {}, onUnknown: () => {} })
}

function bloomOf(logs: readonly RawLog[]): string {
  const bytes = new Uint8Array(256)
  for (const value of logs.flatMap(({ address, topics }) => [address, ...topics])) {
    const digest = keccak256(hexToBytes(value as Hex), 'bytes')
    for (const at of [0, 2, 4]) {
      const bit = (((digest[at] ?? 0) << 8) | (digest[at + 1] ?? 0)) & 2047
      const place = 255 - (bit >> 3)
      bytes[place] = (bytes[place] ?? 0) | (1 << (bit & 7))
    }
  }
  return `0x${Buffer.from(bytes).toString('hex')}`
}

function is<T>(value: T | undefined): T {
  assert.ok(value)
  return value
}
