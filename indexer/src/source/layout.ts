import { unpackRules } from '@fairhold/protocol/deal/packed'
import type { AbiEvent, AbiParameter } from 'viem'
import { InconsistentNode } from '../errors.ts'
import { textOf } from './text.ts'

/** Reads the arguments of an event from topics and data, both in lower-case hex. */
export type ReadEvent = (topics: readonly string[], data: string) => Record<string, unknown>

/** Reads a value of the ABI encoding whose words begin at `base`, its own word at `at`; both count hex digits from 0x on. */
type Read = (hex: string, at: number, base: number) => unknown

const WORD = 64
const SAFE_DIGITS = 13 // 52 bits: more would not be exact in a number
const ADDRESS_DIGITS = 40
const FEW_BITS = 48 // viem gives such integers as numbers
const zeros = '0'.repeat(WORD)

/**
 * Prepares the reader of one event, so that reading it is slices of the hex and no more: several times faster than a general
 * decoder (`npm run bench:indexer`), and checked against viem's for every event. Members come in the order in which jsonb keeps
 * them, so that arguments read back from Postgres are the same text. Integers above 48 bits are decimal strings; `terms` have
 * their small numbers by name; see text.ts for strings.
 * Source: the Solidity ABI specification, "Formal Specification of the Encoding" and "Events".
 */
export function compileEvent(event: AbiEvent): ReadEvent {
  const indexed = event.inputs.filter((input) => input.indexed)
  const body = readTuple(event.inputs.filter((input) => !input.indexed))
  const words = event.inputs.filter((input) => !input.indexed).reduce((sum, input) => sum + headWords(input), 0)
  const isStatic = !event.inputs.some((input) => !input.indexed && isDynamic(input))
  const names = event.inputs.map((input) => input.name ?? '').sort(byJsonbOrder)
  return (topics, data) => {
    const length = data.length - 2
    if (topics.length !== indexed.length + 1 || length < words * WORD || (isStatic && length !== words * WORD)) {
      throw new InconsistentNode(`a log is not the ${event.name} that its first topic says`)
    }
    const found = body(data, 2, 2) as Record<string, unknown>
    for (const [k, input] of indexed.entries()) {
      found[input.name ?? ''] = isDynamic(input) ? topics[k + 1] : reader(input)(topics[k + 1] ?? '', 2, 2)
    }
    return Object.fromEntries(names.map((name) => [name, found[name]]))
  }
}

function readTuple(members: readonly AbiParameter[]): Read {
  const reads: { name: string; offset: number; read: Read }[] = []
  let offset = 0
  for (const member of members) {
    reads.push({ name: member.name ?? '', offset, read: reader(member) })
    offset += headWords(member) * WORD
  }
  const ordered = reads.toSorted((a, b) => byJsonbOrder(a.name, b.name))
  return (hex, at, base) => {
    const tuple: Record<string, unknown> = {}
    for (const { name, offset, read } of ordered) tuple[name] = read(hex, at + offset, base)
    return tuple
  }
}

function reader(parameter: AbiParameter): Read {
  const { type } = parameter
  if (type === 'address') return (hex, at) => `0x${padded(hex, at, ADDRESS_DIGITS)}`
  if (type === 'bytes32') return (hex, at) => `0x${word(hex, at)}`
  if (type === 'string') return (hex, at, base) => textOf(bytesAt(hex, at, base))
  if (type === 'bytes') return (hex, at, base) => `0x${bytesAt(hex, at, base)}`
  if (type === 'bool') return (hex, at) => padded(hex, at, 1) === '1'
  const bits = /^uint(\d+)$/.exec(type)?.[1]
  if (bits !== undefined) return Number(bits) <= FEW_BITS ? smallInteger(Number(bits)) : largeInteger(Number(bits))
  if (type === 'tuple' && 'components' in parameter) return readTerms(parameter.components)
  throw new Error(`events with a ${type} cannot be read yet`)
}

/** The one tuple in our events: terms, whose word of small numbers is taken apart. */
function readTerms(components: readonly AbiParameter[]): Read {
  const read = readTuple(components)
  const others = components.flatMap(({ name }) => (name === undefined || name === 'rules' ? [] : [name]))
  const names = [...others, ...Object.keys(unpackRules(0n))].sort(byJsonbOrder)
  return (hex, at, base) => {
    const { rules, ...values } = read(hex, at, base) as Record<string, unknown>
    const named: Record<string, unknown> = { ...values, ...unpackRules(BigInt(String(rules))) }
    const ordered: Record<string, unknown> = {}
    for (const name of names) ordered[name] = named[name]
    return ordered
  }
}

function smallInteger(bits: number): Read {
  return (hex, at) => Number.parseInt(padded(hex, at, bits / 4), 16)
}

function largeInteger(bits: number): Read {
  return (hex, at) => {
    const digits = padded(hex, at, bits / 4)
    const head = digits.length - SAFE_DIGITS
    if (digits.startsWith(zeros.slice(0, head))) return String(Number.parseInt(digits.slice(head), 16))
    return BigInt(`0x${digits}`).toString()
  }
}

function word(hex: string, at: number): string {
  const digits = hex.slice(at, at + WORD)
  if (digits.length !== WORD) throw new InconsistentNode('a log ends in the middle of a value')
  return digits
}

/** The last digits of a word whose other digits have to be zero. */
function padded(hex: string, at: number, digits: number): string {
  const whole = word(hex, at)
  if (!whole.startsWith(zeros.slice(digits))) throw new InconsistentNode('a log has a value that is too large for its type')
  return whole.slice(WORD - digits)
}

/** Bytes of any length: the word holds where they are, there is their length, then they follow. */
function bytesAt(hex: string, at: number, base: number): string {
  const where = base + Number.parseInt(padded(hex, at, 8), 16) * 2
  const start = where + WORD
  const digits = hex.slice(start, start + Number.parseInt(padded(hex, where, 8), 16) * 2)
  if (digits.length !== Number.parseInt(padded(hex, where, 8), 16) * 2)
    throw new InconsistentNode('a log ends in the middle of a text')
  return digits
}

function headWords(parameter: AbiParameter): number {
  if (parameter.type !== 'tuple' || !('components' in parameter)) return 1
  return parameter.components.reduce((sum, member) => sum + headWords(member), 0)
}

function isDynamic({ type }: AbiParameter): boolean {
  return type === 'string' || type === 'bytes'
}

/** jsonb keeps the members of an object by length of their names, then by bytes. */
function byJsonbOrder(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1)
}
