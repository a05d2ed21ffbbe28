/** One small change of a source file: the text from `start` to `end` becomes `replacement`. */
export interface Mutation {
  readonly file: string
  readonly line: number
  readonly kind: MutationKind
  readonly start: number
  readonly end: number
  readonly before: string
  readonly replacement: string
}

export const mutationKinds = ['guard', 'comparison', 'arithmetic', 'logic', 'event', 'write', 'reentrancy'] as const
export type MutationKind = (typeof mutationKinds)[number]

interface Operator {
  readonly kind: MutationKind
  readonly pattern: RegExp
  readonly replacement: (match: string) => string
}

const swaps: Record<string, string> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '==': '!=',
  '!=': '==',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '+=': '-=',
  '-=': '+=',
  '&&': '||',
  '||': '&&',
}
const swapped = (match: string): string => match.replace(match.trim(), swaps[match.trim()] ?? match.trim())
const removed = (): string => ''
/** The rest of a statement, over several lines, without another statement in it. */
const REST = '[^;{}]*?;'

/** What is tried on every place it fits: drop a statement, or turn an operator into its neighbour. */
const operators: readonly Operator[] = [
  {
    kind: 'guard',
    pattern: new RegExp(`(?<=^ +|\\) )if \\([^{};]*\\) (?:revert|_refuse\\w+\\()${REST}`, 'gm'),
    replacement: removed,
  },
  { kind: 'guard', pattern: new RegExp(`(?<=^ +|\\) |else )(?:_require|_check)\\w*\\(${REST}`, 'gm'), replacement: () => '{}' },
  { kind: 'event', pattern: new RegExp(`(?<=^ +|\\) |else )emit \\w+\\(${REST}`, 'gm'), replacement: () => '{}' },
  {
    kind: 'write',
    pattern: new RegExp(
      `(?<=^ +|\\) |else )(?:_\\w+(?:\\[[^;=]*\\])+(?:\\.\\w+)?|_budget|[a-z]\\w*\\.\\w+) [+|-]?= ${REST}`,
      'gm',
    ),
    replacement: () => '{}',
  },
  { kind: 'write', pattern: /(?<=^ +)(?:delete [^;]+;|\+\+\w+(?:\.\w+|\[[^;]*\])+;)/gm, replacement: () => '{}' },
  { kind: 'write', pattern: new RegExp(`(?<=^ +|\\) |else )_pay\\(${REST}`, 'gm'), replacement: () => '{}' },
  { kind: 'comparison', pattern: / (?:<=|>=|<|>|==|!=) /g, replacement: swapped },
  { kind: 'arithmetic', pattern: / (?:\+=|-=|\+|-|\*|\/) /g, replacement: swapped },
  { kind: 'logic', pattern: / (?:&&|\|\|) /g, replacement: swapped },
  { kind: 'reentrancy', pattern: /\bnonReentrant\b ?/g, replacement: removed },
]

/** Every mutation of a Solidity source, in the order of its text. Comments, imports, assembly and constants are left alone. */
export function mutationsOf(file: string, source: string): Mutation[] {
  const code = blanked(source)
  const found = operators.flatMap(({ kind, pattern, replacement }) =>
    [...code.matchAll(pattern)].map((match): Mutation => {
      const start = match.index
      const before = source.slice(start, start + match[0].length)
      const line = source.slice(0, start).split('\n').length
      return { file, line, kind, start, end: start + before.length, before, replacement: replacement(before) }
    }),
  )
  return found.sort((a, b) => a.start - b.start)
}

/** The source with the mutation made. */
export function applyMutation(source: string, { start, end, replacement }: Mutation): string {
  return source.slice(0, start) + replacement + source.slice(end)
}

/** Blanks what must not be mutated, keeping every offset. */
function blanked(source: string): string {
  const blank = (text: string): string => text.replace(/[^\n]/g, ' ')
  return source
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, blank)
    .replace(/"(?:[^"\\\n]|\\.)*"/g, blank)
    .replace(/^import [\s\S]*?;|^pragma [^\n]*|^using [\s\S]*?;/gm, blank)
    .replace(/assembly [^{]*\{(?:[^{}]|\{[^{}]*\})*\}/g, blank)
    .replace(/^ *(?:\w+ )+(?:constant|immutable) [\s\S]*?;/gm, blank)
}
