import {
  payoutOfDefaultAward,
  payoutOfRelease,
  payoutOfRuling,
  payoutOfSettlement,
  remainingOf,
} from '../../protocol/src/deal/amount.ts'
import { dealId } from '../../protocol/src/deal/id.ts'
import { MAX_PRICE, termsToJson } from '../../protocol/src/deal/terms.ts'
import { below, bpsOf, domainOf, indices, termsOf, VECTORS } from './samples.ts'
import { typedDataVectors } from './typed-data.ts'

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

function dealIdVectors(): unknown {
  return indices(VECTORS).map((index) => {
    const domain = domainOf(index)
    const terms = termsOf(index)
    return { ...domain, terms: termsToJson(terms), dealId: dealId(terms, domain) }
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
