/** What the audit log signs: JSON without fractions, so that each value has exactly one text. */
export type Canonical = string | number | boolean | null | readonly Canonical[] | { readonly [name: string]: Canonical }

/**
 * The one text of a value, as in RFC 8785 (JCS): names sorted by UTF-16 code units, no white space, strings as ECMAScript writes
 * them. Numbers are whole and within ±(2⁵³ − 1), so the RFC's rules for fractions are not needed.
 * @throws TypeError for what would have no text, or more than one: fractions, −0, halves of surrogate pairs, undefined.
 */
export function canonical(value: Canonical): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return textOf(value)
  if (typeof value === 'number') return numberOf(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`${typeof value} has no canonical text`)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${textOf(name)}:${canonical(member)}`).join(',')}}`
}

function textOf(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('half of a surrogate pair has no canonical text')
  return JSON.stringify(text)
}

function numberOf(value: number): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError(`${value} has no canonical text`)
  return String(value)
}
