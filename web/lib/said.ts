/**
 * What the API says in particular, as people read it: kinds of faults of fields, its sentences, where `{}` stands for what varies, and
 * what forms call the fields.
 */
export interface Said {
  faults: Readonly<Record<string, string>>
  sentences: Readonly<Record<string, string>>
  /** By the last part of a path, or by all of it, with `*` for a number: `price`, `content.shipping.*.name`. */
  fields: Readonly<Record<string, string>>
  /** The language that the API speaks itself: what has no words of its own is said as it says it. */
  asSaid?: boolean
}

export interface SaidField {
  path: string
  message: string
  fault?: string
  limit?: number
}

/** What zod says of itself, for programs. */
const OF_SCHEMA = /^(Invalid|Too (small|big)|Unrecognized|Expected|is not right)/
/** In a sentence of the API: what only its programmers can read. */
const OF_PROGRAMS = /\b[a-z]+([A-Z][a-z]+)+\b|\b\w+\.\w+\.\w+|\b0x[0-9a-f]+|\d{10,}/

/** An English sentence of the API in the words of `said`; undefined where they do not have it. */
export function sentenceIn({ sentences, asSaid = false }: Said, english: string): string | undefined {
  const whole = sentences[english]
  if (whole !== undefined) return whole
  // Of several that fit, the one with the most words of its own: `must be {}` fits much.
  const patterns = Object.keys(sentences).filter((pattern) => pattern.includes('{}') && patternOf(pattern).test(english))
  const [best] = patterns.sort((a, b) => b.length - a.length)
  if (best !== undefined) {
    const found = patternOf(best).exec(english) ?? []
    return sentences[best]?.replace(/\{(\d)\}/g, (_, at: string) => found[Number(at) + 1] ?? '')
  }
  return asSaid && english !== '' && !OF_SCHEMA.test(english) && !OF_PROGRAMS.test(english) ? asSentence(english) : undefined
}

/** What is wrong with a field: in the sentence that the API has for it, or else by its kind. Never in another language. */
export function fieldIn(said: Said, { message, fault = 'wrong', limit }: SaidField): string {
  const words = sentenceIn(said, message) ?? said.faults[limit === undefined && needsLimit(said, fault) ? 'wrong' : fault]
  return (words ?? said.faults.wrong ?? '').replace('{limit}', String(limit))
}

/** What the form calls the field of a path; undefined where people do not meet it. */
export function nameIn({ fields }: Said, path: string): string | undefined {
  const parts = path.split('.').map((part) => (/^\d+$/.test(part) ? '*' : part))
  return fields[parts.join('.')] ?? fields[parts.findLast((part) => part !== '*') ?? '']
}

/** What happened, in particular: what is wrong with each field, by its name, or the API's sentence. Empty where there are no words for it. */
export function detailIn(said: Said, detail: string, fields: readonly SaidField[] = []): string {
  if (fields.length === 0) return sentenceIn(said, detail) ?? ''
  const faults = fields.map((field) => {
    const name = nameIn(said, field.path)
    return name ? `${name}: ${fieldIn(said, field)}` : fieldIn(said, field)
  })
  return [...new Set(faults)].join(' ')
}

const needsLimit = ({ faults }: Said, fault: string): boolean => faults[fault]?.includes('{limit}') ?? false

/** `must be 1` as `Must be 1.` */
function asSentence(text: string): string {
  const begun = text.slice(0, 1).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(begun) ? begun : `${begun}.`
}

function patternOf(pattern: string): RegExp {
  const parts = pattern.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('([^]+?)')}$`)
}
