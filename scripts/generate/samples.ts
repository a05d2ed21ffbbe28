import { type Hex, keccak256, stringToBytes, zeroAddress } from 'viem'
import { MAX_PRICE, MAX_SALT, MAX_WINDOW_SECONDS, type Offer, type Terms } from '../../protocol/src/deal/terms.ts'
import type { EscrowDomain } from '../../protocol/src/eip712/domain.ts'

/** How many vectors there are of each type that people sign. */
export const VECTORS = 20

/** Numbers that look random and are the same on every machine: each the hash of its own label. */
export function word(label: string): Hex {
  return keccak256(stringToBytes(`fairhold golden ${label}`))
}

export function below(label: string, limit: bigint): bigint {
  return BigInt(word(label)) % limit
}

export function address(label: string): Hex {
  return `0x${word(label).slice(-40)}`
}

export function domainOf(index: number): EscrowDomain {
  return { chainId: [31337, 1, 10, 8453][index % 4] ?? 1, escrow: address(`escrow ${index}`) }
}

function windowOf(label: string): number {
  return 1 + Number(below(label, BigInt(MAX_WINDOW_SECONDS)))
}

export function bpsOf(label: string): number {
  return Number(below(label, 10_001n))
}

/** Terms number `index`: every third names its buyer, every fourth is in the native coin, the last ones sit at the limits. */
export function termsOf(index: number): Terms {
  const at = (name: string): string => `${name} ${index}`
  const isLimit = index >= VECTORS - 2
  return {
    seller: address(at('seller')),
    buyer: index % 3 === 0 ? address(at('buyer')) : zeroAddress,
    token: index % 4 === 0 ? zeroAddress : address(at('token')),
    price: isLimit ? MAX_PRICE : 1n + below(at('price'), 10n ** 24n),
    arbiter: address(at('arbiter')),
    operator: index % 5 === 0 ? zeroAddress : address(at('operator')),
    operatorFeeBps: index % 5 === 0 ? 0 : bpsOf(at('operatorFee')),
    arbiterFeeBps: isLimit ? 10_000 : bpsOf(at('arbiterFee')),
    silentAwardBps: isLimit ? 10_000 : bpsOf(at('silentAward')),
    depositBps: bpsOf(at('deposit')),
    fundingSeconds: index % 3 === 1 ? windowOf(at('funding')) : 0,
    shipSeconds: isLimit ? MAX_WINDOW_SECONDS : windowOf(at('ship')),
    deliverySeconds: windowOf(at('delivery')),
    inspectionSeconds: windowOf(at('inspection')),
    rulingSeconds: windowOf(at('ruling')),
    itemHash: word(at('item')),
    salt: isLimit ? MAX_SALT : below(at('salt'), MAX_SALT),
  }
}

export function offerOf(index: number): Offer {
  return {
    terms: termsOf(index),
    expiry: Number(below(`expiry ${index}`, 2n ** 40n)),
    counter: below(`counter ${index}`, index % 2 === 0 ? 3n : 2n ** 256n),
    nonce: Number(below(`nonce ${index}`, 128n)),
    quantity: 1 + Number(below(`quantity ${index}`, 2n ** 32n - 1n)),
  }
}

export function indices(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}
