import { encodeAbiParameters, type Hex, keccak256 } from 'viem'

const members = [
  { name: 'carrier', type: 'string' },
  { name: 'number', type: 'string' },
  { name: 'salt', type: 'bytes32' },
] as const

/**
 * What `ship` puts on chain: keccak256(abi.encode(carrier, number, salt)). The salt is 32 random bytes; without it
 * anybody could find a short tracking number by trying.
 */
export function trackingHash(tracking: { carrier: string; number: string; salt: Hex }): Hex {
  return keccak256(encodeAbiParameters(members, [tracking.carrier, tracking.number, tracking.salt]))
}
