import { type Hex, hashTypedData, keccak256, stringToBytes, zeroAddress } from 'viem'
import {
  payoutOfDefaultAward,
  payoutOfRelease,
  payoutOfRuling,
  payoutOfSettlement,
  remainingOf,
} from '../../protocol/src/deal/amount.ts'
import { dealId } from '../../protocol/src/deal/id.ts'
import { MAX_PRICE, MAX_SALT, MAX_WINDOW_SECONDS, type Offer, offerToJson, type Terms, termsToJson } from '../../protocol/src/deal/terms.ts'
import { trackingHash } from '../../protocol/src/deal/tracking.ts'
import type { EscrowDomain } from '../../protocol/src/eip712/domain.ts'
import { offerTypedData, rulingTypedData, settlementTypedData } from '../../protocol/src/eip712/types.ts'
import { reviewCommitment } from '../../protocol/src/reputation/review.ts'

const VECTORS = 20
const AMOUNT_VECTORS = 60

/** Golden vectors that TypeScript and Solidity must both reproduce. Amounts are decimal strings. */
export function goldenFiles(): Record<string, string> {
  return {
    'protocol/golden/deal-id.json': jsonOf(dealIdVectors()),
    'protocol/golden/typed-data.json': jsonOf(typedDataVectors()),
    'protocol/golden/amounts.json': jsonOf(amountVectors()),
  }
}

export function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Numbers that look random and are the same on every machine: each the hash of its own label. */
function word(label: string): Hex {
  return keccak256(stringToBytes(`fairhold golden ${label}`))
}

function below(label: string, limit: bigint): bigint {
  return BigInt(word(label)) % limit
}

function address(label: string): Hex {
  return `0x${word(label).slice(-40)}`
}

function domainOf(index: number): EscrowDomain {
  return { chainId: [31337, 1, 10, 8453][index % 4] ?? 1, escrow: address(`escrow ${index}`) }
}

function windowOf(label: string): number {
  return 1 + Number(below(label, BigInt(MAX_WINDOW_SECONDS)))
}

function bpsOf(label: string): number {
  return Number(below(label, 10_001n))
}

/** Terms number `index`: every third names its buyer, every fourth is in the native coin, the last ones sit at the limits. */
function termsOf(index: number): Terms {
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

function offerOf(index: number): Offer {
  return {
    terms: termsOf(index),
    expiry: Number(below(`expiry ${index}`, 2n ** 40n)),
    counter: below(`counter ${index}`, index % 2 === 0 ? 3n : 2n ** 256n),
    nonce: Number(below(`nonce ${index}`, 128n)),
    quantity: 1 + Number(below(`quantity ${index}`, 2n ** 32n - 1n)),
  }
}

function indices(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}

function dealIdVectors(): unknown {
  return indices(VECTORS).map((index) => {
    const domain = domainOf(index)
    const terms = termsOf(index)
    return { ...domain, terms: termsToJson(terms), dealId: dealId(terms, domain) }
  })
}

function typedDataVectors(): unknown {
  const offers = indices(VECTORS).map((index) => {
    const domain = domainOf(index)
    const offer = offerOf(index)
    return { ...domain, offer: offerToJson(offer), digest: hashTypedData(offerTypedData(offer, domain)) }
  })
  const settlements = indices(VECTORS).map((index) => {
    const domain = domainOf(index)
    const remaining = 1n + below(`remaining ${index}`, MAX_PRICE)
    const settlement = {
      dealId: word(`deal ${index}`),
      toBuyer: below(`toBuyer ${index}`, remaining + 1n),
      remaining,
      expiry: Number(below(`settlement expiry ${index}`, 2n ** 40n)),
    }
    const json = { ...settlement, toBuyer: `${settlement.toBuyer}`, remaining: `${remaining}` }
    return { ...domain, settlement: json, digest: hashTypedData(settlementTypedData(settlement, domain)) }
  })
  const rulings = indices(VECTORS).map((index) => {
    const domain = domainOf(index)
    const ruling = { dealId: word(`deal ${index}`), buyerBps: bpsOf(`buyer ${index}`), reasonHash: word(`reason ${index}`) }
    return { ...domain, ruling, digest: hashTypedData(rulingTypedData(ruling, domain)) }
  })
  return { offers, settlements, rulings, reviews: reviewVectors(), trackings: trackingVectors() }
}

function reviewVectors(): unknown {
  return indices(5).map((index) => {
    const review = {
      dealId: word(`deal ${index}`),
      author: address(`author ${index}`),
      score: index + 1,
      textHash: word(`text ${index}`),
      secret: word(`secret ${index}`),
    }
    return { ...review, commitment: reviewCommitment(review) }
  })
}

function trackingVectors(): unknown {
  return ['Post', 'Über-Kurier 快递', ''].map((carrier, index) => {
    const tracking = { carrier, number: `FH${1000 + index}`, salt: word(`tracking ${index}`) }
    return { ...tracking, hash: trackingHash(tracking) }
  })
}

/** Flat parallel arrays, which a Solidity test reads with one parseJsonUintArray each. */
function amountVectors(): unknown {
  const rows = indices(AMOUNT_VECTORS).map(amountVector)
  const columns = Object.keys(rows[0] ?? {})
  return Object.fromEntries(columns.map((column) => [column, rows.map((row) => `${row[column] ?? 0n}`)]))
}

function amountVector(index: number): Record<string, bigint> {
  const at = (name: string): string => `${name} of amounts ${index}`
  const price = priceFor(index)
  const released = index % 2 === 0 ? 0n : below(at('released'), price)
  const refunded = index % 3 === 0 ? 0n : below(at('refunded'), price - released)
  const ledger = { price, released, refunded }
  const remaining = remainingOf(ledger)
  const operatorFeeBps = index % 7 === 0 ? 10_000 : bpsOf(at('operator'))
  const arbiterFeeBps = index % 11 === 0 ? 10_000 : bpsOf(at('arbiter'))
  const buyerBps = index % 5 === 0 ? 10_000 : bpsOf(at('buyer'))
  const part = 1n + below(at('part'), remaining)
  const toBuyer = below(at('toBuyer'), remaining + 1n)
  const release = payoutOfRelease(ledger, part, operatorFeeBps)
  const settled = payoutOfSettlement(ledger, toBuyer, operatorFeeBps)
  const ruled = payoutOfRuling(ledger, buyerBps, { operatorFeeBps, arbiterFeeBps })
  const byDefault = payoutOfDefaultAward(ledger, { operatorFeeBps, silentAwardBps: buyerBps })
  return {
    ...ledger,
    remaining,
    operatorFeeBps: BigInt(operatorFeeBps),
    arbiterFeeBps: BigInt(arbiterFeeBps),
    buyerBps: BigInt(buyerBps),
    part,
    releaseFee: release.operatorFee,
    releaseToSeller: release.toSeller,
    settleToBuyer: toBuyer,
    settleFee: settled.operatorFee,
    settleToSeller: settled.toSeller,
    ruleArbiterFee: ruled.arbiterFee,
    ruleToBuyer: ruled.toBuyer,
    ruleFee: ruled.operatorFee,
    ruleToSeller: ruled.toSeller,
    defaultToBuyer: byDefault.toBuyer,
    defaultFee: byDefault.operatorFee,
    defaultToSeller: byDefault.toSeller,
  }
}

/** Small prices, where rounding shows most, ordinary ones, and the highest. */
function priceFor(index: number): bigint {
  if (index < 20) return BigInt(index + 1)
  if (index === AMOUNT_VECTORS - 1) return MAX_PRICE
  return 1n + below(`price of amounts ${index}`, index < 40 ? 10n ** 9n : 10n ** 24n)
}
