import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { type Terms, termsToJson } from '@fairhold/protocol/deal/terms'
import { type AbiEvent, type AbiParameter, encodeAbiParameters, type Hex, keccak256, pad, toEventSelector } from 'viem'

/** An event as the market means it: arguments by name, terms unpacked, addresses and hashes in lower case. */
export type MarketEvent = { name: string; args: Readonly<Record<string, unknown>> }

type Codec = { topic: Hex; indexed: readonly AbiParameter[]; rest: readonly AbiParameter[] }

const events = [...escrowAbi, ...reputationAbi].filter((item): item is typeof item & AbiEvent => item.type === 'event')
const codecs = new Map<string, Codec>(
  events.map((item: AbiEvent) => [
    item.name,
    {
      topic: toEventSelector(item),
      indexed: item.inputs.filter(({ indexed }) => indexed),
      rest: item.inputs.filter(({ indexed }) => !indexed),
    },
  ]),
)

/** The event as the contract logs it. @throws Error for a name that the ABI does not have, viem's errors for wrong arguments. */
export function encodeEvent({ name, args }: MarketEvent): { topics: Hex[]; data: Hex } {
  const codec = codecs.get(name)
  if (codec === undefined) throw new Error(`The ABI has no event ${name}`)
  // Everything that is indexed is an address or 32 bytes.
  const topics = codec.indexed.map((input) => pad(args[input.name ?? ''] as Hex, { size: 32 }))
  const values = codec.rest.map((input) => (input.name === 'terms' ? packTerms(args.terms as Terms) : args[input.name ?? '']))
  return { topics: [codec.topic, ...topics], data: encodeAbiParameters(codec.rest, values) }
}

/** The arguments as a row of chain.event has them, in the order in which jsonb keeps them: shorter names first. */
export function argsToJson(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = Object.keys(args).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  return Object.fromEntries(names.map((name) => [name, toJson(name, args[name])]))
}

function toJson(name: string, value: unknown): unknown {
  if (name === 'terms') return argsToJson({ ...termsToJson(value as Terms) })
  return typeof value === 'bigint' ? value.toString() : value
}

const bitsOf = new Map<string, readonly number[]>()

/** The 2048 bits of a block's bloom over addresses and topics of its logs (yellow paper, 4.3.1), as `0x` and 512 digits. */
export function logsBloom(logs: readonly { address: string; topics: readonly string[] }[]): Hex {
  const bytes = new Uint8Array(256)
  for (const { address, topics } of logs) {
    for (const value of [address, ...topics]) {
      for (const bit of bloomBits(value as Hex)) bytes[255 - (bit >> 3)] = (bytes[255 - (bit >> 3)] ?? 0) | (1 << (bit & 7))
    }
  }
  return `0x${Buffer.from(bytes).toString('hex')}`
}

function bloomBits(value: Hex): readonly number[] {
  const known = bitsOf.get(value)
  if (known !== undefined) return known
  const hash = Buffer.from(keccak256(value).slice(2), 'hex')
  const bits = [0, 2, 4].map((at) => hash.readUInt16BE(at) & 2047)
  if (bitsOf.size > 50_000) bitsOf.clear() // deals come and go: do not keep all of a long chain's ids
  bitsOf.set(value, bits)
  return bits
}
