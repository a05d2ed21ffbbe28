import { setTimeout as sleep } from 'node:timers/promises'
import type { Prisma } from '@fairhold/db/client'
import type { Logger } from 'pino'
import type { Context } from '../context.ts'
import type { Auditor } from './auditor.ts'
import { type AuditSeal, entryHash, FIRST_PREV, rowHash, type SignedEntry, sealHash } from './entry.ts'
import { type AuditKey, isSignedBy } from './key.ts'
import { headOf } from './queries.ts'
import { type AuditEvent, signEntry } from './record.ts'

/** Held by whoever seals. Two can never fork the chain, as its numbers are unique; the lock keeps the second from trying. */
const LOCK = 7_233_186_749
const BATCH = 500
const PASS_MS = 60_000
const TICK_MS = 1_000
/** How far back entries are looked for at every pass; further back only now and then, for one whose transaction was that slow. */
const RECENT_MS = 60 * 60_000
/** Entries that were signed just before a change of key may come just after. */
export const OLD_KEY_MS = 60 * 60_000

type Tx = Prisma.TransactionClient
type Head = Pick<NonNullable<Awaited<ReturnType<typeof headOf>>>, 'size' | 'hash'>

export interface SealOptions {
  now: Date
  /** Looks through all entries, not only the newest. */
  everything: boolean
  /** Hears of an entry that nobody with a key of this log signed. It stays outside of the chain. */
  onForged?: (id: string) => void
}

/**
 * Gives the entries that wait their places in the chain, oldest first. Returns how many; 0, too, while another process seals.
 * Entries are written without a lock and become visible when their transaction commits: whatever is committed and has no seal is
 * what waits, so none can be left out, however long its transaction took.
 * @throws Error if our key is not the log's: a chain with a strange key would be worth nothing.
 */
export async function sealEntries(context: Context, options: SealOptions): Promise<number> {
  return context.db.$transaction((tx) => sealIn(tx, context.auditor, options), { timeout: PASS_MS, maxWait: PASS_MS })
}

async function sealIn(tx: Tx, auditor: Auditor, { now, everything, onForged }: SealOptions): Promise<number> {
  const [lock] = await tx.$queryRaw<{ free: boolean }[]>`SELECT pg_try_advisory_xact_lock(${LOCK}) AS free`
  if (!lock?.free) return 0
  const chain = await ChainEnd.open(tx, auditor, now)
  const keys = await keysOf(tx, auditor, now)
  const from = everything ? new Date(0) : new Date(now.getTime() - RECENT_MS)
  let [after, id] = [from, '00000000-0000-0000-0000-000000000000']
  for (let full = true; full; ) {
    const waiting = await waitingAfter(tx, auditor.log, after, id)
    const [good, forged] = [[] as SignedEntry[], [] as SignedEntry[]]
    for (const entry of waiting) (isGenuine(auditor.logId, keys, entry) ? good : forged).push(entry)
    for (const entry of forged) onForged?.(entry.id)
    await chain.append(good)
    full = waiting.length === BATCH
    const last = waiting.at(-1)
    if (last) [after, id] = [last.at, last.id]
  }
  return chain.appended
}

async function waitingAfter(tx: Tx, log: string, at: Date, id: string): Promise<SignedEntry[]> {
  return tx.$queryRaw<SignedEntry[]>`
    SELECT id, at, kind, actor, subject, details, key, signature FROM app.audit_entry AS entry
    WHERE log = ${log} AND at >= ${at} AND (at, id) > (${at}, ${id}::uuid)
      AND NOT EXISTS (SELECT FROM app.audit_seal AS seal WHERE seal.entry_id = entry.id)
    ORDER BY at, id LIMIT ${BATCH}`
}

/** Whose entries are sealed: the log's key, and for an hour the ones before it. */
async function keysOf(tx: Tx, { log, key }: Auditor, now: Date): Promise<ReadonlySet<string>> {
  const since = new Date(now.getTime() - OLD_KEY_MS)
  const changes = await tx.$queryRaw<{ key: string }[]>`
    SELECT entry.key FROM app.audit_entry AS entry JOIN app.audit_seal AS seal ON seal.entry_id = entry.id
    WHERE entry.log = ${log} AND entry.kind = 'audit.key-changed' AND seal.sealed_at > ${since}`
  return new Set([key().publicKey, ...changes.map((change) => change.key)])
}

function isGenuine(logId: string, keys: ReadonlySet<string>, entry: SignedEntry): boolean {
  return keys.has(entry.key) && isSignedBy(entry.key, { hash: hashOrNothing(logId, entry), signature: entry.signature })
}

/** Somebody else may have put anything at all into the row, such as a fraction, which has no canonical text. */
function hashOrNothing(logId: string, entry: SignedEntry): string {
  try {
    return entryHash(logId, entry)
  } catch {
    return FIRST_PREV
  }
}

/** The end of the chain, to which seals are added. */
class ChainEnd {
  appended = 0
  readonly #tx: Tx
  readonly #auditor: Auditor
  readonly #now: Date
  #head: Head | null

  private constructor(tx: Tx, auditor: Auditor, now: Date, head: Head | null) {
    this.#tx = tx
    this.#auditor = auditor
    this.#now = now
    this.#head = head
  }

  /** Opens the log if it is new, and changes its key if we have a new one and the one before. */
  static async open(tx: Tx, auditor: Auditor, now: Date): Promise<ChainEnd> {
    const head = await headOf(tx, auditor.log)
    const end = new ChainEnd(tx, auditor, now, head)
    const key = auditor.key()
    if (!head) await end.#tell(key, { kind: 'audit.opened', actor: 'system', details: { key: key.publicKey } })
    else if (head.key !== key.publicKey) await end.#changeKey(head.key, key.publicKey)
    return end
  }

  async append(entries: readonly SignedEntry[], key: AuditKey = this.#auditor.key()): Promise<void> {
    if (entries.length === 0) return
    const { log, logId } = this.#auditor
    const seals = entries.map((entry) => this.#next(logId, entry, key))
    const column = <K extends keyof AuditSeal>(name: K): AuditSeal[K][] => seals.map((seal) => seal[name])
    await this.#tx.$executeRaw`
      INSERT INTO app.audit_seal (log, seq, entry_id, prev, entry_hash, sealed_at, hash, key, signature)
      SELECT ${log}, * FROM unnest(${column('seq')}::bigint[], ${column('entryId')}::uuid[], ${column('prev')}::text[],
        ${column('entryHash')}::text[], ${column('sealedAt')}::timestamptz[], ${column('hash')}::text[], ${column('key')}::text[],
        ${column('signature')}::text[])`
    this.appended += seals.length
  }

  #next(logId: string, entry: SignedEntry, key: AuditKey): AuditSeal {
    const place = { seq: (this.#head?.size ?? 0) + 1, prev: this.#head?.hash ?? FIRST_PREV, sealedAt: this.#now }
    const hash = sealHash(logId, { ...place, entryHash: rowHash(logId, entry) })
    this.#head = { size: place.seq, hash }
    return { ...place, entryHash: rowHash(logId, entry), entryId: entry.id, hash, key: key.publicKey, signature: key.sign(hash) }
  }

  /** The old key vouches for the new one: it signs and seals the entry that names it. */
  async #changeKey(from: string, to: string): Promise<void> {
    const previous = this.#auditor.previousKey()
    if (previous?.publicKey !== from)
      throw new Error(
        `the audit log ${this.#auditor.log} is kept with key ${from}, ours is ${to}: give the old one too, to change it`,
      )
    await this.#tell(previous, { kind: 'audit.key-changed', actor: 'system', details: { from, to } })
  }

  /** An entry about the log itself, sealed at once. */
  async #tell(key: AuditKey, event: AuditEvent): Promise<void> {
    const entry = signEntry(this.#auditor, key, event)
    const { id, at, kind, actor, details, signature } = entry
    await this.#tx.$executeRaw`
      INSERT INTO app.audit_entry (id, log, at, kind, actor, details, key, signature)
      VALUES (${id}::uuid, ${this.#auditor.log}, ${at}, ${kind}, ${actor}, ${JSON.stringify(details)}::jsonb, ${entry.key}, ${signature})`
    await this.append([entry], key)
  }
}

/** Seals what comes, every second, until the signal aborts. Several processes may do so; one at a time has its way. */
export async function runSealer(context: Context, log: Logger, signal: AbortSignal): Promise<void> {
  const told = new Set<string>()
  const onForged = (id: string): void => {
    if (!told.has(id))
      log.error({ id }, 'an audit entry is not signed by a key of the log; it is left out. See docs/operations/audit.md')
    told.add(id)
  }
  let looked = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    const now = new Date()
    const everything = now.getTime() - looked > RECENT_MS / 2
    try {
      await sealEntries(context, { now, everything, onForged })
      if (everything) looked = now.getTime()
    } catch (err) {
      log.error({ err }, 'the audit log is not sealed; it will be tried again')
    }
    await sleep(TICK_MS, undefined, { signal }).catch(() => undefined)
  }
}
