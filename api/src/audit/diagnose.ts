import { type AuditSeal, type SignedEntry, sealHash } from './entry.ts'
import { isSignedBy } from './key.ts'
import type { LogReader } from './log-reader.ts'
import { type Fault, isSignedEntry, rowHashOrNull, saysKey } from './walk.ts'

/** What became of an entry. */
export interface Finding {
  what: 'altered' | 'missing' | 'reordered' | 'inserted' | 'truncated' | 'rewritten' | 'unsealed' | 'strange-key'
  /** Number of the first entry that it is true of; null for an entry that has none, and for the log as a whole. */
  seq: number | null
  /** Number of the last, where there are several. */
  to?: number
  /** Id of the entry's row, where there is one. */
  id?: string
  /** In a sentence. */
  why: string
}

/** A seal may have been moved further than the log is long, where others were taken out. */
const BEYOND = 10_000

/** Finds out what was done at the place where the chain does not hold. `publicKey` is the log's, where it is known from elsewhere. */
export async function diagnose(
  reader: LogReader,
  { logId, publicKey }: { logId: string; publicKey: string | null },
  fault: Fault,
): Promise<Finding> {
  const { seq, placed, stage } = fault
  const { seal, entry } = placed
  const finding = (what: Finding['what'], why: string): Finding => ({ what, seq, id: seal.entryId, why })
  if (stage === 'link') {
    const before = Math.max(seq - 1, 1)
    return {
      what: 'rewritten',
      seq: before,
      why: `entry ${seq} was linked to another entry ${before} than the one that is there now`,
    }
  }
  if (stage === 'author') return finding('inserted', `entry ${seq} is not signed by a key that the log had then`)
  if (stage === 'gone') {
    const renamed = (await reader.waiting()).some((one) => isRowOf(logId, one, seal))
    if (renamed) return finding('altered', `the id of entry ${seq} was changed`)
    return finding('missing', `entry ${seq} was taken out; its seal is left`)
  }
  const known = await knownKeys(reader, logId, { publicKey, fallback: seal.key })
  const search = await searchSeals(reader, { logId, known, seq, wanted: entry && rowHashOrNull(logId, entry) })
  if (stage === 'entry') {
    if (search.sealsWanted !== null && search.sealsWanted !== seq)
      return finding('reordered', `at place ${seq} stands what was sealed as entry ${search.sealsWanted}`)
    if (search.movedTo !== null)
      return finding('inserted', `what stands at place ${seq} was put in; entry ${seq} was moved to place ${search.movedTo}`)
    return finding('altered', `entry ${seq} is not what was sealed`)
  }
  if (stage === 'gap') {
    if (search.movedTo === null)
      return { what: 'missing', seq, why: `entry ${seq} was taken out; after ${seq - 1} comes ${seal.seq}` }
    return { what: 'reordered', seq, why: `entry ${seq} was moved to place ${search.movedTo}` }
  }
  const own = ownPlace(seal, { logId, known, last: search.last })
  if (search.movedTo !== null) {
    if (own !== null)
      return finding('reordered', `entry ${own} stands at place ${seq}, and entry ${seq} at place ${search.movedTo}`)
    return finding('inserted', `what stands at place ${seq} was put in; entry ${seq} was moved to place ${search.movedTo}`)
  }
  if (own !== null) return { what: 'missing', seq, why: `entry ${seq} was taken out; entry ${own} was moved to its place` }
  // Nothing after it says that there was another entry before.
  const added = seq === search.last && entry !== null && !(known.has(entry.key) && isSignedEntry(logId, entry))
  if (added)
    return finding('inserted', `entry ${seq} was put in at the end; neither it nor its seal is signed by a key of the log`)
  return finding('altered', `the seal of entry ${seq} was changed`)
}

interface Search {
  /** Where the true seal of `seq` stands now, if not at its place. */
  movedTo: number | null
  /** Number of the seal whose entry has the hash `wanted`. */
  sealsWanted: number | null
  /** Highest number of all. */
  last: number
}

async function searchSeals(
  reader: LogReader,
  { logId, known, seq, wanted }: { logId: string; known: ReadonlySet<string>; seq: number; wanted: string | null },
): Promise<Search> {
  const found: Search = { movedTo: null, sealsWanted: null, last: 0 }
  for await (const { seal } of reader.chain()) {
    found.last = seal.seq
    if (seal.entryHash === wanted) found.sealsWanted = seal.seq
    if (seal.seq !== seq && isSealFor(seal, seq, { logId, known })) found.movedTo = seal.seq
  }
  return found
}

/** The place that this seal was made for, if it is a true one; null for one that was made up or changed. */
function ownPlace(
  seal: AuditSeal,
  { logId, known, last }: { logId: string; known: ReadonlySet<string>; last: number },
): number | null {
  if (!known.has(seal.key) || !isSignedBy(seal.key, seal)) return null
  for (let seq = 1; seq <= last + BEYOND; seq++) if (sealHash(logId, { ...seal, seq }) === seal.hash) return seq
  return null
}

function isSealFor(seal: AuditSeal, seq: number, { logId, known }: { logId: string; known: ReadonlySet<string> }): boolean {
  return known.has(seal.key) && sealHash(logId, { ...seal, seq }) === seal.hash && isSignedBy(seal.key, seal)
}

/**
 * Every key that the log ever had, as far as can be told now that something was done to it. That something was done is certain
 * by then; this is only to call it by its name. So a change of keys counts in both directions: one that names a key we know as
 * the new one tells the old one.
 */
async function knownKeys(
  reader: LogReader,
  logId: string,
  { publicKey, fallback }: { publicKey: string | null; fallback: string },
): Promise<ReadonlySet<string>> {
  const known = new Set<string>(publicKey === null ? [] : [publicKey])
  for await (const { seal, entry } of reader.chain()) {
    const opened = entry && saysKey(entry, 'audit.opened', 'key')
    if (opened && opened === entry.key && isSignedEntry(logId, entry)) known.add(opened)
    if (seal.seq > 2) break // it is the first or, with one put in before it, the second
  }
  if (known.size === 0) known.add(fallback)
  const changes = (await reader.keyChanges()).filter((change) => isSignedEntry(logId, change))
  for (const change of [...changes, ...changes.toReversed()]) {
    const to = saysKey(change, 'audit.key-changed', 'to')
    if (to !== null && (known.has(change.key) || known.has(to))) known.add(change.key).add(to)
  }
  return known
}

/** Whether this row is the seal's own, but for an id that one of the two was given since. */
function isRowOf(logId: string, row: SignedEntry, seal: AuditSeal): boolean {
  return [row, { ...row, id: seal.entryId }].some((one) => rowHashOrNull(logId, one) === seal.entryHash)
}
