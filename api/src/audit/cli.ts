import { parseArgs } from 'node:util'
import { createContext } from '../context.ts'
import { readEnv } from '../env.ts'
import type { Auditor } from './auditor.ts'
import { type AuditReport, type Check, verifyLog } from './verify.ts'

const PATIENCE_SECONDS = 300
const MARKS = new Map([
  [true, '✔'],
  [false, '✖'],
  [null, '–'],
])

const HELP = `npm run audit:verify -- [options]
  --log NAME          which log; AUDIT_LOG, or main
  --key HEX           the public key that it should be kept with; else that of AUDIT_KEY or DATA_DIR
  --no-anchors        do not ask the chain
  --patience SECONDS  how long an entry may wait for its seal: ${PATIENCE_SECONDS}
  --json              the whole report as one JSON object
Exit code: 0 all is well, 1 something was found, 2 it could not be checked.`

/** `npm run audit:verify`. Returns the exit code. */
export async function main(args: readonly string[], variables: Record<string, string | undefined>): Promise<number> {
  let report: AuditReport
  const { values } = parseArgs({
    args: [...args],
    options: {
      log: { type: 'string' },
      key: { type: 'string' },
      'no-anchors': { type: 'boolean' },
      patience: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) return say(HELP, 0)
  try {
    report = await verify({ ...values, withAnchors: values['no-anchors'] !== true }, variables)
  } catch (error) {
    const why = error instanceof Error ? (error.message.trim().split('\n')[0] ?? '') : String(error)
    if (values.json) return say(JSON.stringify({ ok: null, error: why }), 2)
    console.error(`The audit log could not be checked: ${why}`)
    return 2
  }
  const text = values.json ? JSON.stringify(report, null, 2) : [...report.checks.map(lineOf), verdictOf(report)].join('\n')
  return say(text, report.ok ? 0 : 1)
}

interface Wishes {
  log?: string | undefined
  key?: string | undefined
  patience?: string | undefined
  withAnchors: boolean
}

async function verify(
  { log, key, patience, withAnchors }: Wishes,
  variables: Record<string, string | undefined>,
): Promise<AuditReport> {
  const seconds = Number(patience ?? PATIENCE_SECONDS)
  if (!(seconds >= 0)) throw new Error('--patience must be a number of seconds')
  const env = readEnv({ ...variables, ...(log && { AUDIT_LOG: log }) })
  const context = createContext(env)
  const { deployment, auditor, db, chain } = context
  try {
    if (withAnchors && deployment.auditAnchor === undefined)
      throw new Error(`there is no anchor on chain ${env.chainId}; leave it out with --no-anchors`)
    const query = deployment.auditAnchor && {
      contract: deployment.auditAnchor,
      anchorers: env.audit.anchorers,
      fromBlock: deployment.deployBlock,
    }
    return await verifyLog({
      ...{ db, log: auditor.log, logId: auditor.logId, now: new Date(), patienceMs: seconds * 1000 },
      publicKey: key?.toLowerCase().replace(/^0x/, '') ?? ownKey(context.auditor),
      anchors: withAnchors && query ? { chain, query } : null,
    })
  } finally {
    await db.$disconnect()
  }
}

/** The public key of this machine, if it has one. Looking must not make one. */
function ownKey(auditor: Auditor): string | null {
  return auditor.hasKey() ? auditor.key().publicKey : null
}

function lineOf({ name, ok, line }: Check): string {
  return `${MARKS.get(ok)} ${name.padEnd(8)} ${line}`
}

function verdictOf({ ok, log, size, head, findings }: AuditReport): string {
  const [first] = findings
  if (ok) return `The log ${log} is whole. Entry ${size}: ${head}`
  const where = first?.seq ? `entry ${first.seq}` : first?.id ? `row ${first.id}` : 'its key'
  return `The log ${log} is NOT whole. First: ${where} (${first?.what}). What now: docs/operations/audit.md`
}

function say(text: string, code: number): number {
  console.log(text)
  return code
}
