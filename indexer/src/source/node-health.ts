import { InconsistentNode, Permanent } from '../errors.ts'
import type { Header } from './wire.ts'

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 30_000
const FIRST_QUARANTINE_MS = 5 * 60_000 // long enough to matter, short enough for a node that was blamed for a reorg
const LONGEST_QUARANTINE_MS = 2 * 3_600_000
const LONGEST_RETRY_AFTER_MS = 10 * 60_000 // a header of nonsense must not put a node out of use for days
const LATENCY_WEIGHT = 0.2 // of the newest measurement
const TROUBLE_HALVES_MS = 30_000
const TROUBLE_MS = 1_000 // what a fresh failure weighs in the score
const LIE_TROUBLE = 10
const BLOCK_BEHIND_MS = 100 // what a block behind the others weighs in the score
const LONGEST_REASON = 200
const SHORTEST_SECRET = 4 // shorter parts of a path, such as v1, say nothing

/** The longest that a call waits for a node that asked for a pause; above that the node counts as failed. */
export const LONGEST_WAIT_MS = 5_000

export type NodeState = 'up' | 'resting' | 'quarantined'

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

/** What one node is worth, from what it answered. Times in milliseconds, from any fixed point. */
export type Health = ReturnType<typeof createHealth>

export function createHealth(now: () => number) {
  let [failures, lies, sentences, limits, lag, trouble, era] = [0, 0, 0, 0, 0, 0, 0]
  let [restingUntil, notBefore, quarantinedUntil, troubleAt] = [-Infinity, -Infinity, -Infinity, 0]
  let latencyMs: number | null = null
  let head: { number: number; hash: string } | null = null
  let answeredAt = -Infinity

  const state = (): NodeState => (now() < quarantinedUntil ? 'quarantined' : now() < restingUntil ? 'resting' : 'up')
  const troubleNow = (): number => trouble * 0.5 ** ((now() - troubleAt) / TROUBLE_HALVES_MS)
  const addTrouble = (more: number): void => {
    trouble = troubleNow() + more
    troubleAt = now()
  }
  const lied = (): number => {
    lies += 1
    if (state() !== 'quarantined') sentences += 1 // many lies at once are one offence
    addTrouble(LIE_TROUBLE)
    const pause = Math.min(FIRST_QUARANTINE_MS * 2 ** (sentences - 1), LONGEST_QUARANTINE_MS)
    quarantinedUntil = now() + pause
    return pause
  }
  return {
    state,
    lies: () => lies,
    head: () => head,
    answeredAt: () => answeredAt,
    /** How long the node still wants to be left alone. */
    waitMs: () => Math.max(0, notBefore - now()),
    /** Milliseconds, roughly, that the next answer may take; lower is better. */
    score: () => (latencyMs ?? 0) + troubleNow() * TROUBLE_MS + lag * BLOCK_BEHIND_MS,
    /** To be handed back with the outcome: of many requests that fail together only one counts. */
    began: () => era,
    /** `tookMs` is null for questions whose length depends on what is asked. */
    succeeded: (begun: number, tookMs: number | null): void => {
      answeredAt = now()
      if (begun === era) failures = 0
      if (tookMs !== null) latencyMs = latencyMs === null ? tookMs : latencyMs + LATENCY_WEIGHT * (tookMs - latencyMs)
    },
    /** Returns how long the node is rested, or null where this was counted already or is no fault of the node. */
    failed: (begun: number, { kind, retryAfterMs }: NodeRefused): number | null => {
      if (begun !== era || kind === 'tooLarge') return null
      era += 1
      failures += 1
      if (kind === 'wrongChain') return lied()
      addTrouble(1)
      const growing = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS)
      const pause = retryAfterMs ?? growing
      restingUntil = now() + pause
      if (kind !== 'limited') return pause
      limits += 1
      notBefore = now() + (retryAfterMs ?? Math.min(growing, LONGEST_WAIT_MS))
      return pause
    },
    /** Returns how long the node is quarantined. */
    lied,
    /** `best` is the highest head known, of any node. */
    sawHead: (seen: Header, best: number): void => {
      head = { number: seen.number, hash: seen.hash }
      lag = Math.max(0, best - seen.number)
    },
    /** What the node answered until now is no longer under suspicion. */
    forgetAnswers: (): void => {
      answeredAt = -Infinity
    },
    figures: () => ({ state: state(), failures, lies, limits, latencyMs, head }),
  }
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
