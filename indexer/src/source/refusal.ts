import { InconsistentNode, Permanent } from '../errors.ts'

const LONGEST_RETRY_AFTER_MS = 10 * 60_000 // a header of nonsense must not put a node out of use for days
const LONGEST_REASON = 200
const SHORTEST_SECRET = 4 // shorter parts of a path, such as v1, say nothing

/** What a node's refusal was about: only `fault` and `limited` say something about the node's health. */
export type RefusalKind = 'fault' | 'limited' | 'tooLarge' | 'inconsistent' | 'wrongChain'

/** A node did not answer, or not with an answer. The message names the host and no more of the URL. */
export class NodeRefused extends Error {
  override readonly name = 'NodeRefused'
  readonly kind: RefusalKind
  /** Milliseconds for which the node asked to be left alone; null if it did not say. */
  readonly retryAfterMs: number | null

  constructor(host: string, reason: string, { kind, retryAfterMs = null }: { kind: RefusalKind; retryAfterMs?: number | null }) {
    super(`${host}: ${reason}`)
    this.kind = kind
    this.retryAfterMs = retryAfterMs
  }
}

/** No node answered, or fewer than are needed. `refusals` are safe to log. */
export class NodesFailed extends Error {
  override readonly name = 'NodesFailed'
  readonly refusals: readonly NodeRefused[]

  constructor(what: string, refusals: readonly NodeRefused[]) {
    super(`${what}: ${refusals.map(({ message }) => message).join('; ')}`)
    this.refusals = refusals
  }
}

/** What to throw where too few nodes answered: what all of them failed of, if that is one thing. */
export function failureOf(what: string, refusals: readonly NodeRefused[]): Error {
  const failed = new NodesFailed(what, refusals)
  const isAll = (kind: RefusalKind): boolean => refusals.length > 0 && refusals.every((one) => one.kind === kind)
  if (isAll('inconsistent')) return new InconsistentNode(failed.message)
  return isAll('wrongChain') ? new Permanent(failed.message) : failed
}

/** Turns whatever a request threw into a refusal: what kind, how long to wait, and a line without secrets. */
export function refusalOf(error: unknown, host: string, url: string): NodeRefused {
  const chain = causesOf(error)
  const status = numbersOf(chain, 'status')
  const reason = reasonFrom(chain, status)
  const kind = kindOf(chain, [...status, ...numbersOf(chain, 'code')])
  const retryAfterMs = kind === 'limited' ? retryAfterOf(chain) : null
  return new NodeRefused(host, withoutSecrets(reason, url).slice(0, LONGEST_REASON), { kind, retryAfterMs })
}

function kindOf(chain: readonly object[], codes: readonly number[]): RefusalKind {
  if (chain.some((error) => error instanceof InconsistentNode)) return 'inconsistent'
  if (codes.includes(429)) return 'limited'
  const text = chain.map(textOf).join(' ')
  // Nodes give a range that is too large the same code as a rate limit: -32005, "limit exceeded".
  if (/\brange|too (many|large)(?! requests)|more than \d+|response size|max(imum)? (results|logs)/i.test(text)) return 'tooLarge'
  return codes.includes(-32005) || /\blimit|too many requests|throttl/i.test(text) ? 'limited' : 'fault'
}

/** Seconds, or a date: that is compared with the date of the same answer, so that our clock does not matter. */
function retryAfterOf(chain: readonly object[]): number | null {
  const headers = chain.map((error) => ('headers' in error ? error.headers : undefined)).find((one) => one instanceof Headers)
  const value = headers?.get('retry-after')
  if (!value) return null
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.parse(headers?.get('date') ?? '')
  return Number.isNaN(ms) ? null : Math.min(Math.max(0, ms), LONGEST_RETRY_AFTER_MS)
}

function causesOf(error: unknown): object[] {
  const chain: object[] = []
  for (let one = error; typeof one === 'object' && one !== null && chain.length < 8; one = 'cause' in one ? one.cause : null) {
    chain.push(one)
  }
  return chain.length > 0 ? chain : [new Error(String(error))]
}

function numbersOf(chain: readonly object[], key: 'status' | 'code'): number[] {
  return chain.map((error) => (error as Record<string, unknown>)[key]).filter((value) => typeof value === 'number')
}

function textOf(error: object): string {
  const { shortMessage, message, details } = error as Record<string, unknown> // viem's messages have the URL, its short ones not
  const text = String(shortMessage ?? message ?? '')
  return typeof details === 'string' && details !== text ? `${text} ${details}` : text
}

function reasonFrom(chain: readonly object[], status: readonly number[]): string {
  const lines = new Set(chain.map((error) => textOf(error).replaceAll(/\s+/g, ' ').trim()))
  return [...lines, ...status.slice(0, 1).map((code) => `status ${code}`)].filter((line) => line !== '').join(', ')
}

/** Keys hide in paths, queries and credentials, and error texts like to repeat them. */
function withoutSecrets(text: string, url: string): string {
  const { pathname, searchParams, username, password } = new URL(url)
  const parts = [username, password, ...pathname.split('/'), ...searchParams.values()]
  const secrets = parts.flatMap((part) => [part, unescaped(part)]).filter((part) => part.length >= SHORTEST_SECRET)
  const plain = text.replaceAll(/\b(?:https?|wss?):\/\/[^\s"')]+/gi, '[url]')
  return secrets.reduce((safe, secret) => safe.replaceAll(secret, '***'), plain)
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part // a percent sign that begins no escape
  }
}
