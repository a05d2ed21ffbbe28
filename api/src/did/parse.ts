import { base58ToBytes } from 'did-jwt'

/** Methods that this marketplace understands. */
export const didMethods = ['pkh', 'key', 'ethr', 'web'] as const
export type DidMethod = (typeof didMethods)[number]

/** A DID taken apart. `did` is its one spelling here: the method's own, with addresses in lower case. */
export type Did =
  | { method: 'pkh'; did: string; chainId: number; address: string }
  | { method: 'ethr'; did: string; chainId: number; address: string }
  | { method: 'key'; did: string; kind: KeyKind }
  | { method: 'web'; did: string; host: string; path: readonly string[] }

export type KeyKind = 'Ed25519' | 'secp256k1' | 'P-256'

const MAX_LENGTH = 300
const PKH = /^did:pkh:eip155:([1-9][0-9]{0,15}):(0x[0-9a-fA-F]{40})$/
const ETHR = /^did:ethr:(?:(0x[1-9a-f][0-9a-f]{0,13}):)?(0x[0-9a-fA-F]{40})$/
const KEY = /^did:key:(z[1-9A-HJ-NP-Za-km-z]{20,80})$/
const WEB = /^did:web:([a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z][a-z0-9-]*[a-z0-9])((?::[A-Za-z0-9._-]{1,60}){0,8})$/

/** Prefix (multicodec, as a varint) and length of the keys that a did:key may hold: compressed points only, so each has one DID. */
const KEY_KINDS: readonly { kind: KeyKind; prefix: readonly [number, number]; length: number }[] = [
  { kind: 'Ed25519', prefix: [0xed, 0x01], length: 34 },
  { kind: 'secp256k1', prefix: [0xe7, 0x01], length: 35 },
  { kind: 'P-256', prefix: [0x80, 0x24], length: 35 },
]

/** Takes a DID apart; null for anything else, DID URLs with a path, query or fragment included. No other spelling is taken. */
export function parseDid(text: string): Did | null {
  if (text.length > MAX_LENGTH) return null
  const [, method] = text.split(':', 2)
  if (method === 'pkh') return parsePkh(text)
  if (method === 'ethr') return parseEthr(text)
  if (method === 'key') return parseKey(text)
  if (method === 'web') return parseWeb(text)
  return null
}

/** did:pkh of an account on an EVM chain (CAIP-10 in a DID). */
export function pkhDid(chainId: number, address: string): string {
  return `did:pkh:eip155:${chainId}:${address.toLowerCase()}`
}

/** did:ethr of an account, with its chain named in hex as the method wants it. */
export function ethrDid(chainId: number, address: string): string {
  return `did:ethr:0x${chainId.toString(16)}:${address.toLowerCase()}`
}

function parsePkh(text: string): Did | null {
  const [, chain, address] = PKH.exec(text) ?? []
  if (!chain || !address) return null
  return { method: 'pkh', did: pkhDid(Number(chain), address), chainId: Number(chain), address: address.toLowerCase() }
}

function parseEthr(text: string): Did | null {
  const [, chain, address] = ETHR.exec(text) ?? []
  if (!address) return null
  const chainId = Number(chain ?? 1) // without a chain it is mainnet
  return { method: 'ethr', did: ethrDid(chainId, address), chainId, address: address.toLowerCase() }
}

function parseKey(text: string): Did | null {
  const [, id] = KEY.exec(text) ?? []
  if (!id) return null
  const bytes = base58ToBytes(id.slice(1))
  const found = KEY_KINDS.find(({ prefix, length }) => {
    const isCompressed = length !== 35 || bytes[2] === 2 || bytes[2] === 3
    return bytes.length === length && bytes[0] === prefix[0] && bytes[1] === prefix[1] && isCompressed
  })
  return found ? { method: 'key', did: text, kind: found.kind } : null
}

function parseWeb(text: string): Did | null {
  const [, host, rest] = WEB.exec(text) ?? []
  if (!host || host.length > 253) return null
  const path = rest ? rest.slice(1).split(':') : []
  if (path.some((part) => /^\.+$/.test(part))) return null
  return { method: 'web', did: text, host, path }
}
