import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { logIdOf } from './entry.ts'
import { type AuditKey, auditKeyOf } from './key.ts'

/** What a process needs to write the audit log: which log, and its key. */
export interface Auditor {
  /** The log's name here. */
  readonly log: string
  /** The log's name everywhere, on chain too: 64 hex digits. */
  readonly logId: string
  /** Read, or made, when it is first needed. @throws Error if what is configured is no key. */
  key: () => AuditKey
  /** Whether there is a key without making one. */
  hasKey: () => boolean
  /** The key before this one, while a change is under way. */
  previousKey: () => AuditKey | undefined
}

export interface AuditorOptions {
  caip2: string
  escrow: string
  /** Name of the log. */
  log: string
  dataDir: string
  /** Seeds in hex; without one there is a file `audit-key` in `dataDir`. */
  key: string | undefined
  previousKey: string | undefined
}

/** The writer of one log. Every process that shares the log has to have the same key: by AUDIT_KEY, or by sharing DATA_DIR. */
export function createAuditor(options: AuditorOptions): Auditor {
  const { caip2, escrow, log, dataDir } = options
  let key: AuditKey | undefined
  return {
    log,
    logId: logIdOf({ chain: caip2, escrow, name: log }),
    key: () => {
      key ??= auditKeyOf(options.key ?? seedIn(dataDir))
      return key
    },
    hasKey: () => key !== undefined || options.key !== undefined || readIfThere(fileIn(dataDir)) !== undefined,
    previousKey: () => (options.previousKey === undefined ? undefined : auditKeyOf(options.previousKey)),
  }
}

/** The seed in the file, made if there is none. Of two processes that make it at once, both use what the first wrote. */
function seedIn(dataDir: string): string {
  const file = fileIn(dataDir)
  const found = readIfThere(file)
  if (found !== undefined) return found
  mkdirSync(dataDir, { recursive: true })
  const draft = `${file}-${randomBytes(6).toString('hex')}`
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file) // whole or not at all, and never over another
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return readFileSync(file, 'utf8')
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'audit-key')
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
