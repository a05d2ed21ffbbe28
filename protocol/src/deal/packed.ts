import type { Address, Hex } from 'viem'
import type { Offer, Terms } from './terms.ts'

/** Terms as calldata and events carry them: the small numbers in one word (contracts/types/Rules.sol). */
export interface PackedTerms {
  readonly seller: Address
  readonly buyer: Address
  readonly token: Address
  readonly price: bigint
  readonly arbiter: Address
  readonly operator: Address
  readonly rules: bigint
  readonly itemHash: Hex
  readonly salt: bigint
}

/** An offer as calldata carries it. */
export type PackedOffer = Omit<Offer, 'terms'> & { readonly terms: PackedTerms }

/** The numbers in `rules` and their bits, low to high. */
const layout = [
  ['operatorFeeBps', 16n],
  ['arbiterFeeBps', 16n],
  ['silentAwardBps', 16n],
  ['depositBps', 16n],
  ['fundingSeconds', 32n],
  ['shipSeconds', 32n],
  ['deliverySeconds', 32n],
  ['inspectionSeconds', 32n],
  ['rulingSeconds', 32n],
] as const
type Rule = (typeof layout)[number][0]

/** Terms for a call of the contract. @throws RangeError if a number does not fit its bits. */
export function packTerms(terms: Terms): PackedTerms {
  const { seller, buyer, token, price, arbiter, operator, itemHash, salt } = terms
  return { seller, buyer, token, price, arbiter, operator, rules: packRules(terms), itemHash, salt }
}

/** An offer for a call of the contract. @throws RangeError if a number does not fit its bits. */
export function packOffer(offer: Offer): PackedOffer {
  return { ...offer, terms: packTerms(offer.terms) }
}

/** Terms from a decoded call or event. Bits of `rules` that mean nothing are dropped; the contract refuses them. */
export function unpackTerms(packed: PackedTerms): Terms {
  const { seller, buyer, token, price, arbiter, operator, itemHash, salt } = packed
  return { seller, buyer, token, price, arbiter, operator, ...unpackRules(packed.rules), itemHash, salt }
}

function packRules(terms: Pick<Terms, Rule>): bigint {
  let word = 0n
  let at = 0n
  for (const [name, bits] of layout) {
    const value = BigInt(terms[name])
    if (value < 0n || value >> bits !== 0n) throw new RangeError(`${name} does not fit in ${bits} bits`)
    word |= value << at
    at += bits
  }
  return word
}

/** The small numbers of the terms, by name. */
export function unpackRules(word: bigint): Record<Rule, number> {
  const rules: Partial<Record<Rule, number>> = {}
  let at = 0n
  for (const [name, bits] of layout) {
    rules[name] = Number((word >> at) & ((1n << bits) - 1n))
    at += bits
  }
  return rules as Record<Rule, number>
}
