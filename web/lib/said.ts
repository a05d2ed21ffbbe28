/** What the API says in particular, in another language: kinds of faults of fields, and its sentences, where `{}` stands for what varies. */
export interface Said {
  faults: Readonly<Record<string, string>>
  sentences: Readonly<Record<string, string>>
}

export interface SaidField {
  path: string
  message: string
  fault?: string
  limit?: number
}

/** An English sentence of the API in the words of `said`; undefined where they do not have it. */
export function sentenceIn({ sentences }: Said, english: string): string | undefined {
  const whole = sentences[english]
  if (whole !== undefined) return whole
  for (const [pattern, words] of Object.entries(sentences)) {
    if (!pattern.includes('{}')) continue
    const found = patternOf(pattern).exec(english)
    if (found) return words.replace(/\{(\d)\}/g, (_, at: string) => found[Number(at) + 1] ?? '')
  }
  return undefined
}

/** What is wrong with a field: in the sentence that the API has for it, or else by its kind. Never in English. */
export function fieldIn(said: Said, { message, fault = 'wrong', limit }: SaidField): string {
  const words = sentenceIn(said, message) ?? said.faults[limit === undefined && needsLimit(said, fault) ? 'wrong' : fault]
  return (words ?? said.faults.wrong ?? '').replace('{limit}', String(limit))
}

/** What happened, in particular: what is wrong with each field, or the API's sentence. Empty where there are no words for it. */
export function detailIn(said: Said, detail: string, fields: readonly SaidField[] = []): string {
  if (fields.length > 0) return [...new Set(fields.map((field) => fieldIn(said, field)))].join(' ')
  return sentenceIn(said, detail) ?? ''
}

const needsLimit = ({ faults }: Said, fault: string): boolean => faults[fault]?.includes('{limit}') ?? false

function patternOf(pattern: string): RegExp {
  const parts = pattern.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('([^]+?)')}$`)
}
