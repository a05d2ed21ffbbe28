import { attributeOf, attributeProblem } from './attributes.ts'
import { isCountry } from './countries.ts'
import { type Category, contentLimits, EVERYWHERE } from './vocabulary.ts'

/** Something that is no listing; `field` says where, with dots and numbers for what is inside, such as `shipping.1.price`. */
export class InvalidListing extends Error {
  override readonly name = 'InvalidListing'
  readonly field: string

  constructor(field: string, problem: string) {
    super(`${field} ${problem}`)
    this.field = field
  }
}

/** The members of an object. Ones that are not expected are refused, as no page would show them. */
export function membersOf(value: unknown, field: string, expected: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new InvalidListing(field, 'is not an object')
  const from: Record<string, unknown> = { ...value }
  const path = field === 'content' ? '' : `${field}.`
  const foreign = Object.keys(from).find((key) => !expected.includes(key))
  if (foreign !== undefined) throw new InvalidListing(`${path}${foreign}`, 'is not a member of a listing')
  return from
}

/** Text of a length. @throws InvalidListing for half a surrogate pair, which two readers could hash differently */
export function textIn(value: unknown, field: string, { min, max }: { min: number; max: number }): string {
  if (typeof value !== 'string') throw new InvalidListing(field, 'is not text')
  if (value.length < min || value.length > max) throw new InvalidListing(field, `is not ${min} to ${max} characters long`)
  if (!value.isWellFormed()) throw new InvalidListing(field, 'is not well-formed Unicode')
  return value
}

/** Text that a person can read: no control characters (but line breaks where there may be several lines), not blank. */
export function wordsIn(value: unknown, field: string, limits: { min: number; max: number }, lines: 'line' | 'lines'): string {
  const text = textIn(value, field, limits)
  const controls = lines === 'lines' ? /[^\P{Cc}\n\r\t]/u : /\p{Cc}/u
  if (controls.test(text)) throw new InvalidListing(field, 'has control characters')
  if (limits.min > 0 && !/[\p{L}\p{N}\p{P}\p{S}]/u.test(text)) throw new InvalidListing(field, 'has nothing that can be read')
  if (text !== text.trim()) throw new InvalidListing(field, 'begins or ends with white space')
  return text
}

export function oneOf<T extends string>(known: readonly T[], value: unknown, field: string): T {
  const found = known.find((candidate) => candidate === value)
  if (found === undefined) throw new InvalidListing(field, `is none of ${known.join(', ')}`)
  return found
}

export function sha256In(value: unknown, field: string): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) {
    throw new InvalidListing(field, 'holds something that is no SHA-256 in lower-case hex')
  }
  return value
}

export function listIn(value: unknown, field: string, max: number): unknown[] {
  if (!Array.isArray(value) || value.length > max) throw new InvalidListing(field, `is not a list of at most ${max}`)
  return value
}

export function countIn(value: unknown, field: string, { min, max }: { min: number; max: number }): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw new InvalidListing(field, `is not a whole number from ${min} to ${max}`)
  }
  return value === 0 ? 0 : value // minus nought is written as nought
}

/** Countries that something is sent to: codes, each once, or everywhere. */
export function destinationsIn(value: unknown, field: string): string[] {
  const codes = listIn(value, field, 250)
  if (codes.length === 0) throw new InvalidListing(field, 'names no country')
  if (codes.length === 1 && codes[0] === EVERYWHERE) return [EVERYWHERE]
  if (!codes.every(isCountry)) throw new InvalidListing(field, `holds something that is no country, nor ${EVERYWHERE} alone`)
  if (new Set(codes).size < codes.length) throw new InvalidListing(field, 'names a country twice')
  return codes
}

/** The attributes that a category has, by key. */
export function attributesIn(value: unknown, category: Category): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidListing('attributes', 'is not an object')
  }
  const read = Object.entries(value).map(([key, given]): [string, string] => {
    const field = `attributes.${key}`
    const attribute = attributeOf(category, key)
    if (!attribute) throw new InvalidListing(field, `is not an attribute of ${category}`)
    const words = wordsIn(given, field, contentLimits.attribute, 'line')
    const problem = attributeProblem(attribute, words)
    if (problem) throw new InvalidListing(field, problem)
    return [key, words]
  })
  return Object.fromEntries(read)
}
