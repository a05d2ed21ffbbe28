import { type AuditEntry, type AuditSeal, entryHash, FIRST_PREV, rowHash, type SignedEntry, sealHash } from './entry.ts'
import { isSignedBy } from './key.ts'
import type { Placed } from './log-reader.ts'
import { OLD_KEY_MS } from './sealer.ts'

/** Where the chain does not hold, and in which respect. */
export interface Fault {
  /** The place that is not filled as it should be. */
  seq: number
  /** The row found there, or after it where there is none. */
  placed: Placed
  stage: 'gap' | 'seal' | 'link' | 'gone' | 'entry' | 'author'
}

/** How far the chain holds. */
export interface Walk {
  /** The log's entries up to the fault, or all of them. */
  size: number
  /** Hash of the last of these. */
  head: string
  /** Hashes at the sizes that were asked for. */
  heads: Map<number, string>
  keys: LogKeys
  fault: Fault | null
}

/** Goes along the chain from its first entry until it does not hold. `sizes`: where to remember the hash. */
export async function walkChain(
  chain: AsyncIterable<Placed>,
  { log, logId, sizes }: { log: string; logId: string; sizes: ReadonlySet<number> },
): Promise<Walk> {
  const walk: Walk = { size: 0, head: FIRST_PREV, heads: new Map(), keys: new LogKeys(logId), fault: null }
  for await (const placed of chain) {
    const seq = walk.size + 1
    const stage = stageOf(placed, seq, { walk, log, logId })
    if (stage !== null) {
      walk.fault = { seq, placed, stage }
      return walk
    }
    walk.size = seq
    walk.head = placed.seal.hash
    if (sizes.has(seq)) walk.heads.set(seq, walk.head)
  }
  return walk
}

function stageOf({ seal, entry }: Placed, seq: number, at: { walk: Walk; log: string; logId: string }): Fault['stage'] | null {
  const { keys, head } = at.walk
  if (seal.seq !== seq) return 'gap'
  if (seq === 1) keys.open(seal.key)
  if (!keys.sealed(seal)) return 'seal'
  if (seal.prev !== head) return 'link'
  if (entry === null) return 'gone'
  if (entry.log !== at.log || rowHashOrNull(at.logId, entry) !== seal.entryHash) return 'entry'
  return keys.wrote(entry, seal) ? null : 'author'
}

/** `rowHash`; null for a row that nobody could have signed, such as one with a fraction in its details. */
export function rowHashOrNull(logId: string, entry: SignedEntry): string | null {
  try {
    return rowHash(logId, entry)
  } catch {
    return null
  }
}

/** Whether the key that an entry names signed it. */
export function isSignedEntry(logId: string, entry: SignedEntry): boolean {
  try {
    return isSignedBy(entry.key, { hash: entryHash(logId, entry), signature: entry.signature })
  } catch {
    return false
  }
}

/** The keys of a log, as its own entries name them one after the other. */
export class LogKeys {
  readonly #logId: string
  readonly #before = new Map<string, Date>()
  #current = ''

  constructor(logId: string) {
    this.#logId = logId
  }

  /** The key that the log is kept with, as far as it was walked. */
  get current(): string {
    return this.#current
  }

  open(key: string): void {
    this.#current = key
  }

  /** Whether the sealer made this seal for this place. */
  sealed(seal: AuditSeal): boolean {
    return seal.key === this.#current && sealHash(this.#logId, seal) === seal.hash && isSignedBy(seal.key, seal)
  }

  /** Whether an entry was written by who may. Follows what it says of keys. */
  wrote(entry: SignedEntry, { seq, sealedAt }: AuditSeal): boolean {
    if (!this.accepts(entry, sealedAt)) return false
    if (seq === 1 || entry.kind === 'audit.opened') return seq === 1 && saysKey(entry, 'audit.opened', 'key') === this.#current
    if (entry.kind !== 'audit.key-changed') return true
    const next = saysKey(entry, 'audit.key-changed', 'to')
    if (next === null || entry.key !== this.#current || entry.details.from !== this.#current) return false
    this.#before.set(this.#current, sealedAt)
    this.#current = next
    return true
  }

  /** Whether a key of the log signed this, and not long after it was replaced. */
  accepts(entry: SignedEntry, now: Date): boolean {
    const replaced = this.#before.get(entry.key)
    const known = entry.key === this.#current || (replaced !== undefined && now.getTime() - replaced.getTime() <= OLD_KEY_MS)
    return known && isSignedEntry(this.#logId, entry)
  }
}

/** The key that an entry about keys names; null if it is no such entry. */
export function saysKey({ kind, details }: AuditEntry, wanted: string, name: string): string | null {
  const key = details[name]
  return kind === wanted && typeof key === 'string' ? key : null
}
