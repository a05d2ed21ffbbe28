import type { Database } from '@fairhold/db/client'
import type { PublicClient } from 'viem'
import { type Anchor, type AnchorQuery, readAnchors } from './anchors.ts'
import { diagnose, type Finding } from './diagnose.ts'
import { createLogReader, type LogReader } from './log-reader.ts'
import { isSignedEntry, type Walk, walkChain } from './walk.ts'

export interface VerifyOptions {
  db: Database
  log: string
  logId: string
  /** The public key that the log should be kept with; null where it is not known here. */
  publicKey: string | null
  /** Where the anchors are; null to leave them out. */
  anchors: { chain: PublicClient; query: Omit<AnchorQuery, 'logId'> } | null
  now: Date
  /** How long an entry may wait for its seal. */
  patienceMs: number
}

export interface Check {
  name: 'chain' | 'key' | 'sealing' | 'anchors'
  /** Null: not checked. */
  ok: boolean | null
  line: string
}

export interface AuditReport {
  ok: boolean
  log: string
  /** Entries that are as they were sealed, from the first on. */
  size: number
  head: string
  checks: Check[]
  /** What was found, first what happened to the earliest entry. */
  findings: Finding[]
}

const SNAPSHOT_MS = 30 * 60_000

/**
 * Recomputes a log from its rows, and holds it against the anchors on chain: never against what the database says of those. Reads
 * the anchors first: what is anchored is in the database, so a log that grows meanwhile is no shorter than its anchors.
 * @throws what Prisma or viem throw where the database or the node is away.
 */
export async function verifyLog(options: VerifyOptions): Promise<AuditReport> {
  const { db, log, logId } = options
  const anchors = options.anchors && (await readAnchors(options.anchors.chain, { ...options.anchors.query, logId }))
  return db.$transaction(
    async (tx) => {
      const reader = createLogReader(tx, log)
      const walk = await walkChain(reader.chain(), { log, logId, sizes: new Set(anchors?.map(({ size }) => size)) })
      return reportOf(options, walk, [
        await checkChain(reader, walk, options),
        checkKey(walk, options.publicKey),
        await checkSealing(reader, walk, options),
        checkAnchors(walk, anchors),
      ])
    },
    { isolationLevel: 'RepeatableRead', timeout: SNAPSHOT_MS, maxWait: SNAPSHOT_MS },
  )
}

type Outcome = Check & { findings: Finding[] }

function reportOf({ log }: VerifyOptions, { size, head }: Walk, outcomes: Outcome[]): AuditReport {
  const findings = outcomes.flatMap((outcome) => outcome.findings)
  findings.sort((a, b) => (a.seq ?? Number.POSITIVE_INFINITY) - (b.seq ?? Number.POSITIVE_INFINITY) || 0)
  const checks = outcomes.map(({ name, ok, line }) => ({ name, ok, line }))
  return { ok: findings.length === 0, log, size, head, checks, findings }
}

async function checkChain(reader: LogReader, { fault, size }: Walk, options: VerifyOptions): Promise<Outcome> {
  if (fault === null) {
    const line = `${count(size)}: every one is there, unaltered, signed and in its place`
    return { name: 'chain', ok: true, line, findings: [] }
  }
  const finding = await diagnose(reader, options, fault)
  return { name: 'chain', ok: false, line: `${finding.what}: ${finding.why}`, findings: [finding] }
}

function checkKey({ keys, size, fault }: Walk, publicKey: string | null): Outcome {
  if (publicKey === null || size === 0 || fault !== null)
    return { name: 'key', ok: null, line: 'not compared with a key kept elsewhere', findings: [] }
  if (keys.current === publicKey) return { name: 'key', ok: true, line: `the log is kept with ${publicKey}`, findings: [] }
  const why = `the log is kept with key ${keys.current}, which is not ${publicKey}`
  return { name: 'key', ok: false, line: why, findings: [{ what: 'strange-key', seq: null, why }] }
}

/** Where the chain does not hold, the log's keys are not known to the end: then only signatures are looked at, not whose. */
async function checkSealing(reader: LogReader, { keys, fault, size }: Walk, options: VerifyOptions): Promise<Outcome> {
  const { now, patienceMs, logId } = options
  const waiting = await reader.waiting()
  const findings = waiting.flatMap((entry): Finding[] => {
    const genuine = fault === null && size > 0 ? keys.accepts(entry, now) : isSignedEntry(logId, entry)
    if (!genuine) {
      return [
        { what: 'inserted', seq: null, id: entry.id, why: `row ${entry.id} is not signed by a key of the log, and has no seal` },
      ]
    }
    const seconds = Math.round((now.getTime() - entry.at.getTime()) / 1000)
    if (seconds * 1000 <= patienceMs) return []
    return [{ what: 'unsealed', seq: null, id: entry.id, why: `row ${entry.id} has waited ${seconds} s for its seal` }]
  })
  const [first] = findings
  const line = first ? `${first.what}: ${first.why}` : `${count(waiting.length)} waiting, none for long`
  return {
    name: 'sealing',
    ok: first === undefined,
    line: findings.length > 1 ? `${line} (and ${findings.length - 1} more)` : line,
    findings,
  }
}

function checkAnchors({ heads, size, fault }: Walk, anchors: Anchor[] | null): Outcome {
  if (anchors === null) return { name: 'anchors', ok: null, line: 'not compared with the chain', findings: [] }
  let good = 0 // size up to which the log is as it was anchored
  const findings: Finding[] = []
  for (const { size: at, head, block } of anchors.toSorted((a, b) => a.size - b.size)) {
    if (at <= size && heads.get(at) === head) good = Math.max(good, at)
    else if (at <= size) {
      const why = `in block ${block} entry ${at} had another hash: it, or one before it down to ${good + 1}, was rewritten`
      findings.push({ what: 'rewritten', seq: good + 1, to: at, why })
    } else if (fault === null) {
      const why = `in block ${block} the log had ${at} entries; from ${size + 1} on they were cut off`
      findings.push({ what: 'truncated', seq: size + 1, to: at, why })
    }
  }
  const [first] = findings
  const last = anchors.at(-1)
  const held = last
    ? `${count(anchors.length, 'anchor')} on chain, the last of entry ${good} in block ${last.block}`
    : 'none on chain yet'
  return { name: 'anchors', ok: first === undefined, line: first ? `${first.what}: ${first.why}` : held, findings }
}

function count(number: number, what = 'entry'): string {
  const words = what === 'entry' ? ['entry', 'entries'] : [what, `${what}s`]
  return `${number.toLocaleString('en-US')} ${number === 1 ? words[0] : words[1]}`
}
