import assert from 'node:assert/strict'
import { test } from 'node:test'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { type PackedTerms, unpackTerms } from '@fairhold/protocol/deal/packed'
import fc from 'fast-check'
import {
  type AbiEvent,
  type AbiParameter,
  decodeEventLog,
  encodeAbiParameters,
  encodeEventTopics,
  type Hex,
  parseAbiItem,
} from 'viem'
import { decodeLog } from './decode.ts'
import { compileEvent } from './layout.ts'
import { bytesOf, type ChainText, textOf } from './text.ts'
import type { RawLog } from './wire.ts'

const events = [...escrowAbi, ...reputationAbi].filter((item) => item.type === 'event') as AbiEvent[]

for (const event of events) {
  test(`${event.name} is read as viem reads it, whatever its arguments`, () => {
    fc.assert(
      fc.property(argumentsOf(event), (values) => {
        const log = logOf(event, values)
        const decoded = decodeEventLog({ abi: [event], topics: log.topics as [Hex], data: log.data as Hex })
        const found = decodeLog(log, 7)
        assert.equal(found?.name, event.name)
        assert.deepEqual(found?.args, jsonForm(decoded.args ?? {}))
      }),
      { numRuns: 60 },
    )
  })

  test(`a ${event.name} with a word too few, too many, or a topic missing is refused`, () => {
    const log = logOf(event, fc.sample(argumentsOf(event), { numRuns: 1, seed: 1 })[0] ?? [])
    const words = [`${log.data}${'0'.repeat(64)}`, ...(log.data === '0x' ? [] : [log.data.slice(0, -64)])]
    for (const data of words) assert.throws(() => decodeLog({ ...log, data }, 7), { name: 'InconsistentNode' })
    if (log.topics.length < 2) return
    assert.throws(() => decodeLog({ ...log, topics: log.topics.slice(0, -1) }, 7), { name: 'InconsistentNode' })
  })
}

test('a value too large for its type is refused', () => {
  const event = parseAbiItem('event Extended(bytes32 indexed dealId, uint40 deadline)')
  const { topics } = logOf(event, [`0x${'11'.repeat(32)}`, 1])
  const data = `0x${'0'.repeat(53)}1${'0'.repeat(10)}`
  assert.throws(() => compileEvent(event)(topics, data), /too large for its type/)
})

test('texts come out as viem reads them; bytes that are no text Postgres can hold are kept to the last', () => {
  const event = parseAbiItem('event Evidence(address indexed party, string text, uint40 at, bytes data)')
  const read = compileEvent(event)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.uint8Array(), (text, data) => {
      const log = logOf(event, [`0x${'aa'.repeat(20)}`, text, 5, `0x${Buffer.from(data).toString('hex')}`])
      const { text: found, at, data: bytes } = read(log.topics, log.data)
      assert.equal(bytesOf(found as ChainText), Buffer.from(text).toString('hex'))
      assert.equal(typeof found === 'string', !text.includes('\0'))
      assert.deepEqual([at, bytes], [5, `0x${Buffer.from(data).toString('hex')}`])
    }),
  )
  for (const digits of ['eda080', '00', 'ff', '6100c3', 'efbbbf61']) assert.equal(bytesOf(textOf(digits)), digits)
  assert.deepEqual([textOf('eda080'), textOf('00'), textOf('c3a4')], [{ bytes: '0xeda080' }, { bytes: '0x00' }, 'ä'])
})

test('members come in the order in which jsonb keeps them', () => {
  const opened = events.find(({ name }) => name === 'Opened')
  assert.ok(opened)
  const log = logOf(opened, fc.sample(argumentsOf(opened), { numRuns: 1, seed: 2 })[0] ?? [])
  const { args } = decodeLog(log, 7) ?? {}
  assert.ok(args && 'terms' in args)
  for (const names of [Object.keys(args), Object.keys(args.terms)]) {
    assert.deepEqual(
      names,
      names.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1)),
    )
  }
})

function argumentsOf({ inputs }: AbiEvent): fc.Arbitrary<unknown[]> {
  return fc.tuple(...inputs.map(anyValueOf))
}

function anyValueOf(parameter: AbiParameter): fc.Arbitrary<unknown> {
  const hex = (bytes: number) =>
    fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((some) => `0x${Buffer.from(some).toString('hex')}`)
  if (parameter.type === 'address') return hex(20)
  if (parameter.type === 'bytes32') return hex(32)
  if ('components' in parameter) {
    return fc.record(Object.fromEntries(parameter.components.map((member) => [member.name ?? '', anyValueOf(member)])))
  }
  const bits = Number(parameter.type.replace('uint', ''))
  const most = 2n ** BigInt(bits) - 1n
  const value = fc.oneof(fc.bigInt({ min: 0n, max: most }), fc.bigInt({ min: 0n, max: 2n ** 55n < most ? 2n ** 55n : most }))
  return bits <= 48 ? value.map(Number) : value
}

function logOf(event: AbiEvent, values: readonly unknown[]): RawLog {
  const named = Object.fromEntries(event.inputs.map((input, k) => [input.name, values[k]]))
  const plain = event.inputs.flatMap((input, k) => (input.indexed ? [] : [{ input, value: values[k] }]))
  const body = encodeAbiParameters(
    plain.map(({ input }) => input),
    plain.map(({ value }) => value),
  )
  const topics = encodeEventTopics({ abi: [event], args: named } as never) as string[]
  const zero = `0x${'0'.repeat(64)}`
  const place = { blockNumber: 1, blockHash: zero, transactionHash: zero, logIndex: 0, address: `0x${'0'.repeat(40)}` }
  return { ...place, topics, data: body }
}

/** What a row's JSON holds of what viem decoded. */
function jsonForm(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string') return value.toLowerCase()
  if (typeof value !== 'object' || value === null) return value
  const members = 'rules' in value ? unpackTerms(value as PackedTerms) : value
  return Object.fromEntries(Object.entries(members).map(([key, member]) => [key, jsonForm(member)]))
}
