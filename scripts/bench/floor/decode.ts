import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { type AbiEvent, type AbiParameter, decodeEventLog, type Hex, toEventSelector } from 'viem'

/** A log as the node gives it. */
export type FloorLog = {
  address: Hex
  topics: [Hex, ...Hex[]]
  data: Hex
  blockNumber: Hex
  blockHash: Hex
  transactionHash: Hex
  logIndex: Hex
}

/** What a decoder makes of a log: numbers as decimal strings, a struct's members beside the rest. */
export type Decoded = { name: string; args: Record<string, string> }
export type Decode = (log: FloorLog) => Decoded

const events: readonly AbiEvent[] = [...escrowAbi, ...reputationAbi].filter((item) => item.type === 'event')
const byTopic = new Map(events.map((item) => [toEventSelector(item), item]))

/** By viem, which is given the one ABI item that it needs. */
export const viemDecode: Decode = ({ topics, data }) => {
  const item = eventOf(topics[0])
  const { args } = decodeEventLog({ abi: [item], topics, data })
  const flat: Record<string, string> = {}
  flatten(args as unknown as Record<string, unknown>, flat) // every input of our events has a name, so viem gives an object
  return { name: item.name, args: flat }
}

function flatten(args: Record<string, unknown>, into: Record<string, string>): void {
  for (const [name, value] of Object.entries(args)) {
    if (typeof value === 'object' && value !== null) flatten(value as Record<string, unknown>, into)
    else into[name] = String(value).toLowerCase()
  }
}

type Field = { name: string; read: (word: string) => string }
type Layout = { name: string; indexed: Field[]; data: Field[] }

/** By cutting out words: no event of ours has an argument of variable length. */
export const handDecode: Decode = ({ topics, data }) => {
  const layout = layouts.get(topics[0])
  if (layout === undefined) throw new Error(`no event has the topic ${topics[0]}`)
  const args: Record<string, string> = {}
  for (let k = 0; k < layout.indexed.length; k += 1) {
    const field = layout.indexed[k] as Field
    args[field.name] = field.read((topics[k + 1] as string).slice(2))
  }
  for (let k = 0; k < layout.data.length; k += 1) {
    const field = layout.data[k] as Field
    args[field.name] = field.read(data.slice(2 + 64 * k, 66 + 64 * k))
  }
  return { name: layout.name, args }
}

const layouts = new Map<string, Layout>(
  events.map((item) => {
    const indexed = item.inputs.filter((input) => input.indexed).flatMap(fieldsOf)
    const data = item.inputs.filter((input) => !input.indexed).flatMap(fieldsOf)
    return [toEventSelector(item), { name: item.name, indexed, data }]
  }),
)

function fieldsOf(parameter: AbiParameter): Field[] {
  const { type, name = '' } = parameter
  if (type === 'tuple' && 'components' in parameter) return parameter.components.flatMap(fieldsOf)
  if (type === 'bytes32') return [{ name, read: (word) => `0x${word}` }]
  if (type === 'address') return [{ name, read: (word) => `0x${word.slice(24)}` }]
  if (/^uint(8|16|40)$/.test(type)) return [{ name, read: (word) => Number.parseInt(word.slice(50), 16).toString() }]
  if (/^uint\d+$/.test(type)) return [{ name, read: (word) => BigInt(`0x${word}`).toString() }]
  throw new Error(`${name} has the type ${type}, which is not one word`)
}

function eventOf(topic: Hex): AbiEvent {
  const item = byTopic.get(topic)
  if (item === undefined) throw new Error(`no event has the topic ${topic}`)
  return item
}
