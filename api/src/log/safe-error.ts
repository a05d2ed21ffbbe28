import { BaseError } from 'viem'

/** An error as it may stand in a log. */
export interface SafeError {
  type: string
  message: string
  code?: string
  /** Where it was thrown, without the message that Node repeats there. */
  stack?: string
  cause?: SafeError
}

const MAX_MESSAGE = 500
const MAX_CAUSES = 5

/**
 * What an operator needs of an error, and nothing that a person entrusted to us. Libraries put what they were given into their
 * messages: Prisma the values of a query, Postgres those of a row, viem the whole call with its signatures and the address of the
 * node with its key. So their messages are cut to the part that is about the program; all others have secrets blotted out.
 */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'what was thrown is no error' }
  const { name, code, stack, cause } = error as Error & { code?: unknown }
  const safe: SafeError = { type: name, message: messageOf(error) }
  if (typeof code === 'string' || typeof code === 'number') safe.code = String(code).slice(0, 60)
  const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line))
  if (frames?.length) safe.stack = frames.join('\n')
  if (cause instanceof Error && depth < MAX_CAUSES) safe.cause = safeError(cause, depth + 1)
  return safe
}

function messageOf(error: Error & { severity?: unknown; issues?: unknown }): string {
  if (error.name.startsWith('PrismaClient')) return prismaMessage(error)
  if (error instanceof BaseError) return blot(error.shortMessage)
  if ('severity' in error) return blot(error.message.replaceAll(/"[^"]*"/g, '"…"')) // of Postgres: names and values alike
  if (Array.isArray(error.issues)) return `${error.issues.length} values are not of the shape they should have`
  return blot(error.message)
}

/** Which query it was; what Postgres thinks of it is in the code. */
function prismaMessage({ message, ...error }: Error & { meta?: unknown }): string {
  const [, query] = /Invalid `([\w.$()]+)` invocation/.exec(message) ?? []
  const adapter = (error.meta as { driverAdapterError?: { cause?: { kind?: unknown; originalCode?: unknown } } } | undefined)
    ?.driverAdapterError?.cause
  const why = [adapter?.kind, adapter?.originalCode].filter((one) => typeof one === 'string')
  return ['a query failed', ...(query ? [query] : []), ...why].join(', ')
}

/** Takes out what looks like a secret, whoever wrote the message. */
export function blot(message: string): string {
  return message
    .replaceAll(/\b([a-z][a-z0-9+]*:\/\/)(?:[^\s/@]*@)?([^\s/?#"'`)]+)[^\s"'`)]*/gi, '$1$2/…') // keys stand in paths and queries
    .replaceAll(/0x[0-9a-fA-F]{65,}/g, '0x…') // signatures and calldata; hashes and addresses are shorter
    .replaceAll(/\b(Bearer|Basic)\s+\S+/gi, '$1 …')
    .replaceAll(/\beyJ[\w-]+\.[\w-]*\.?[\w-]*/g, 'eyJ…') // JWTs
    .replaceAll(/\bfh[a-z]_[\w-]+/g, 'fh?_…') // our API keys
    .slice(0, MAX_MESSAGE)
}
