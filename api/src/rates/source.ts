import { REFERENCE_WORTH, WORTH_DECIMALS } from '@fairhold/protocol/rate'
import { z } from 'zod'
import type { FetchLimits, Outside } from '../http/fetch-public.ts'

/** What somebody says that one whole unit is worth. */
export interface Quote {
  /** ISO 4217 code of a currency, or address of a token in lower case. */
  asset: string
  /** In trillionths of a US dollar. */
  worth: bigint
  asOf: Date
}

/** Somebody to ask. An answer of no use is an error; quotes that are missing are left out. */
export interface RateSource {
  name: string
  everyMs: number
  ask: () => Promise<Quote[]>
}

/** Where a source is asked, if not where it usually is, and through what. */
export interface Site {
  url?: string
  through?: Outside
}

export const MINUTE_MS = 60_000
/** All answers are far smaller, and come within a second. */
export const LIMITS: FetchLimits = { maxBytes: 64 * 1024, timeoutMs: 8_000, contentTypes: ['application/json'] }

const DECIMAL = /^(\d{1,20})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/

/** Trillionths from a decimal number as JSON writes it. Rounded down; null for what is no number above nothing. */
export function worthFrom(text: string): bigint | null {
  const match = DECIMAL.exec(text)
  if (!match) return null
  const [, whole = '', fraction = '', exponent = '0'] = match
  const shift = WORTH_DECIMALS + Number(exponent) - fraction.length
  const digits = BigInt(whole + fraction)
  const worth = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift)
  return worth > 0n ? worth : null
}

/** What a unit is worth of which one dollar buys so much. */
export function inverseWorth(perDollar: bigint): bigint {
  return (REFERENCE_WORTH * REFERENCE_WORTH) / perDollar
}

/** A number of JSON as its text: as a JavaScript number it would lose digits. */
export const decimalText = z.string().max(64)

/** JSON with its numbers as they are written. @throws SyntaxError */
export function parseExactJson(text: string): unknown {
  // The third argument has the source text (ES2025); TypeScript's library does not know it yet.
  const reviver = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value
  return JSON.parse(text, reviver as (key: string, value: unknown) => unknown)
}
