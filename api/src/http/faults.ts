/** What can be wrong with a field, for readers who say it in words of their own. `limit` goes along where there is one. */
export const faults = [
  'missing',
  'tooShort',
  'tooLong',
  'tooSmall',
  'tooBig',
  'tooFew',
  'tooMany',
  'format',
  'choice',
  'unknown',
  'wrong',
] as const
export type Fault = (typeof faults)[number]

/** What zod found, as fastify-type-provider-zod hands it on. */
interface Issue {
  keyword?: string | undefined
  message?: string | undefined
  params?: { origin?: unknown; minimum?: unknown; maximum?: unknown } | undefined
}

const tooLittle: Readonly<Record<string, Fault>> = { string: 'tooShort', array: 'tooFew', set: 'tooFew', file: 'tooSmall' }
const tooMuch: Readonly<Record<string, Fault>> = { string: 'tooLong', array: 'tooMany', set: 'tooMany', file: 'tooBig' }

const ofKeyword: Readonly<Record<string, Fault>> = {
  invalid_type: 'wrong',
  invalid_format: 'format',
  invalid_value: 'choice',
  invalid_union: 'choice',
  not_multiple_of: 'wrong',
  unrecognized_keys: 'unknown',
}

/** The fault that an issue of zod is, with the bound that was crossed. */
export function faultOf({ keyword = '', message = '', params = {} }: Issue): { fault: Fault; limit?: number } {
  const origin = String(params.origin)
  if (keyword === 'too_small') return { fault: tooLittle[origin] ?? 'tooSmall', limit: Number(params.minimum) }
  if (keyword === 'too_big') return { fault: tooMuch[origin] ?? 'tooBig', limit: Number(params.maximum) }
  if (keyword === 'invalid_type' && message.endsWith('received undefined')) return { fault: 'missing' }
  return { fault: ofKeyword[keyword] ?? 'wrong' }
}
