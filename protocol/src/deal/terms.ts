import { type Address, type Hex, zeroAddress } from 'viem'

/** All that both sides of a deal agree to; the deal id is the EIP-712 digest of this struct (contracts/types/Terms.sol). */
export interface Terms {
  /** Who is paid. Zero in a bid that any seller may take. */
  readonly seller: Address
  /** Who pays. Zero in an ask that any buyer may take. */
  readonly buyer: Address
  /** ERC-20 token, or zero for the chain's own coin. */
  readonly token: Address
  /** In the token's base units (wei for the native coin), everything included. */
  readonly price: bigint
  readonly arbiter: Address
  /** The marketplace that earns the operator fee; zero only where there is no fee. */
  readonly operator: Address
  /** Operator's ten-thousandths of what the seller is paid. */
  readonly operatorFeeBps: number
  /** Arbiter's ten-thousandths of what is left in the deal when it rules. */
  readonly arbiterFeeBps: number
  /** Buyer's ten-thousandths of what is left if the arbiter does not rule in time. */
  readonly silentAwardBps: number
  /** Smallest first instalment, in ten-thousandths of the price; matters only where `fundingSeconds` is not 0. */
  readonly depositBps: number
  /** Seconds to pay the rest after a first instalment; 0: the whole price is paid at once. */
  readonly fundingSeconds: number
  readonly shipSeconds: number
  readonly deliverySeconds: number
  readonly inspectionSeconds: number
  readonly rulingSeconds: number
  /** Content hash of the listing, see listing/content. */
  readonly itemHash: Hex
  /** Makes otherwise equal terms different deals. Unit k of an offer has the signed salt plus k. */
  readonly salt: bigint
}

/** Terms as their maker signs them. */
export interface Offer {
  readonly terms: Terms
  /** Last chain second at which the offer may be taken. */
  readonly expiry: number
  /** The maker's counter; raising it on chain voids every earlier offer. */
  readonly counter: bigint
  /** Group of offers that their maker can void together, 0 to 127. */
  readonly nonce: number
  /** How many deals may be opened from this offer. */
  readonly quantity: number
}

/** Terms in JSON: amounts as decimal strings, because JSON numbers lose digits. */
export type TermsJson = Omit<Terms, 'price' | 'salt'> & { readonly price: string; readonly salt: string }
/** An offer in JSON. */
export type OfferJson = Omit<Offer, 'terms' | 'counter'> & {
  readonly terms: TermsJson
  readonly counter: string
}

/** Shares are counted in ten-thousandths. */
export const BPS = 10_000
/** No window, and no extension, is longer: 365 days, in seconds. */
export const MAX_WINDOW_SECONDS = 31_536_000
/** The highest nonce that an offer can have: each is one bit of what a maker voids. */
export const MAX_NONCE = 127
/** The highest salt that terms can have. */
export const MAX_SALT = 2n ** 64n - 1n
/** The highest price a deal can have. */
export const MAX_PRICE = 2n ** 128n - 1n
const MAX_UINT256 = 2n ** 256n - 1n
const MAX_UINT40 = 2 ** 40 - 1
const MAX_UINT32 = 2 ** 32 - 1
const MAX_UINT16 = 2 ** 16 - 1

/**
 * Reads terms from JSON, a database row or a decoded log; addresses and hashes come out in lower case.
 * Amounts may be bigint or decimal strings. Checks the shape, not the rules: for those see `termsProblems`.
 * @throws InvalidTerms naming the field.
 */
export function parseTerms(value: unknown): Terms {
  const from = fieldsOf(value, 'terms')
  return {
    seller: addressIn(from, 'seller'),
    buyer: addressIn(from, 'buyer'),
    token: addressIn(from, 'token'),
    price: amountIn(from, 'price'),
    arbiter: addressIn(from, 'arbiter'),
    operator: addressIn(from, 'operator'),
    operatorFeeBps: countIn(from, 'operatorFeeBps', MAX_UINT16),
    arbiterFeeBps: countIn(from, 'arbiterFeeBps', MAX_UINT16),
    silentAwardBps: countIn(from, 'silentAwardBps', MAX_UINT16),
    depositBps: countIn(from, 'depositBps', MAX_UINT16),
    fundingSeconds: countIn(from, 'fundingSeconds', MAX_UINT32),
    shipSeconds: countIn(from, 'shipSeconds', MAX_UINT32),
    deliverySeconds: countIn(from, 'deliverySeconds', MAX_UINT32),
    inspectionSeconds: countIn(from, 'inspectionSeconds', MAX_UINT32),
    rulingSeconds: countIn(from, 'rulingSeconds', MAX_UINT32),
    itemHash: hashIn(from, 'itemHash'),
    salt: saltIn(from),
  }
}

/** Reads an offer, as `parseTerms` does terms. @throws InvalidTerms naming the field. */
export function parseOffer(value: unknown): Offer {
  const from = fieldsOf(value, 'offer')
  return {
    terms: parseTerms(from.terms),
    expiry: countIn(from, 'expiry', MAX_UINT40),
    counter: amountIn(from, 'counter'),
    nonce: countIn(from, 'nonce', MAX_NONCE),
    quantity: countIn(from, 'quantity', MAX_UINT32),
  }
}

export function termsToJson(terms: Terms): TermsJson {
  return { ...terms, price: terms.price.toString(), salt: terms.salt.toString() }
}

export function offerToJson(offer: Offer): OfferJson {
  return { ...offer, terms: termsToJson(offer.terms), counter: offer.counter.toString() }
}

/** The terms of one unit of an offer: the signed ones with the salt raised by `unit`. @throws RangeError outside the quantity. */
export function termsOfUnit(offer: Offer, unit: number): Terms {
  if (!Number.isInteger(unit) || unit < 0 || unit >= offer.quantity) {
    throw new RangeError(`The offer has ${offer.quantity} units; there is no unit ${unit}`)
  }
  const salt = offer.terms.salt + BigInt(unit)
  if (salt > MAX_SALT) throw new RangeError('The salt of this unit does not fit in 64 bits')
  return { ...offer.terms, salt }
}

/** Who sells and who buys, where the terms leave one side open to its taker. */
export function partiesOf(terms: Terms, taker: Address): { seller: Address; buyer: Address } {
  return {
    seller: terms.seller === zeroAddress ? taker : terms.seller,
    buyer: terms.buyer === zeroAddress ? taker : terms.buyer,
  }
}

export interface TermsProblem {
  readonly field: keyof Terms
  /** The error that the contract would answer with. */
  readonly error: string
  readonly message: string
}

/** What the contract would refuse in the terms of an ask, so that it can be said before anybody signs. Empty if nothing. */
export function termsProblems(terms: Terms): TermsProblem[] {
  const found: TermsProblem[] = []
  const report = (field: keyof Terms, error: string, message: string): number => found.push({ field, error, message })
  if (terms.seller === zeroAddress) report('seller', 'NoMaker', 'An ask names its seller')
  if (terms.seller !== zeroAddress && terms.seller === terms.buyer) report('buyer', 'SameParty', 'Buyer and seller differ')
  if (terms.arbiter === zeroAddress) report('arbiter', 'NoArbiter', 'A deal names an arbiter')
  else if (terms.arbiter === terms.seller || terms.arbiter === terms.buyer) {
    report('arbiter', 'ArbiterIsParty', 'The arbiter is neither buyer nor seller')
  }
  if (terms.operator === zeroAddress && terms.operatorFeeBps !== 0) {
    report('operator', 'NoOperator', 'A fee needs an operator who earns it')
  }
  for (const field of ['operatorFeeBps', 'arbiterFeeBps', 'silentAwardBps', 'depositBps'] as const) {
    if (terms[field] > BPS) report(field, 'FeeTooHigh', `At most ${BPS} basis points`)
  }
  for (const field of ['shipSeconds', 'deliverySeconds', 'inspectionSeconds', 'rulingSeconds'] as const) {
    if (terms[field] === 0 || terms[field] > MAX_WINDOW_SECONDS) {
      report(field, 'WindowOutOfRange', `Between 1 second and ${MAX_WINDOW_SECONDS} (365 days)`)
    }
  }
  if (terms.fundingSeconds > MAX_WINDOW_SECONDS) {
    report('fundingSeconds', 'WindowOutOfRange', `At most ${MAX_WINDOW_SECONDS} (365 days); 0 for no instalments`)
  }
  if (terms.price === 0n || terms.price > MAX_PRICE) report('price', 'PriceOutOfRange', 'More than nothing, at most 2^128 - 1')
  return found
}

function fieldsOf(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new InvalidTerms(name, 'is not an object')
  return { ...value }
}

function addressIn(from: Record<string, unknown>, field: string): Address {
  return hexIn(from, field, 40)
}

function hashIn(from: Record<string, unknown>, field: string): Hex {
  return hexIn(from, field, 64)
}

function hexIn(from: Record<string, unknown>, field: string, digits: number): Hex {
  const value = from[field]
  if (typeof value !== 'string' || value.length !== digits + 2 || !/^0x[0-9a-fA-F]+$/.test(value)) {
    throw new InvalidTerms(field, `is not 0x and ${digits} hex digits`)
  }
  return `0x${value.slice(2).toLowerCase()}`
}

function amountIn(from: Record<string, unknown>, field: string): bigint {
  const value = from[field]
  const isText = typeof value === 'string' && /^(0|[1-9][0-9]{0,77})$/.test(value)
  if (typeof value !== 'bigint' && !isText) throw new InvalidTerms(field, 'is not a whole number in decimal digits')
  const amount = BigInt(value)
  if (amount < 0n || amount > MAX_UINT256) throw new InvalidTerms(field, 'does not fit in 256 bits')
  return amount
}

function saltIn(from: Record<string, unknown>): bigint {
  const salt = amountIn(from, 'salt')
  if (salt > MAX_SALT) throw new InvalidTerms('salt', 'does not fit in 64 bits')
  return salt
}

function countIn(from: Record<string, unknown>, field: string, max: number): number {
  const value = from[field]
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > max) {
    throw new InvalidTerms(field, `is not a whole number from 0 to ${max}`)
  }
  return value
}

/** Something that is no terms or no offer; `field` says where. */
export class InvalidTerms extends Error {
  override readonly name = 'InvalidTerms'
  readonly field: string

  constructor(field: string, problem: string) {
    super(`${field} ${problem}`)
    this.field = field
  }
}
