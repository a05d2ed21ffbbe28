import { randomBytes } from 'node:crypto'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { anchorDeployer, DEV_CHAIN_ID } from '@fairhold/protocol/dev-accounts'
import pg from 'pg'
import type { Hex } from 'viem'
import { createAuditor } from '../../src/audit/auditor.ts'
import { type AuditEvent, audit } from '../../src/audit/record.ts'
import { sealEntries } from '../../src/audit/sealer.ts'
import { type AuditReport, type VerifyOptions, verifyLog } from '../../src/audit/verify.ts'
import type { Context } from '../../src/context.ts'
import { bytecodeOf, type TestChain } from './chain.ts'

export const someSeed = (): string => randomBytes(32).toString('hex')

/** The same context, which writes a log of this name with this key. */
export function withLog(
  context: Context,
  { log, key, previousKey }: { log: string; key: string; previousKey?: string },
): Context {
  const { caip2, deployment, env } = context
  return { ...context, auditor: createAuditor({ caip2, escrow: deployment.escrow, log, dataDir: env.dataDir, key, previousKey }) }
}

export function someEvent(number: number): AuditEvent {
  return { kind: 'identity.signed-in', actor: `account-${number}`, subject: `wallet-${number}`, details: { number, fresh: true } }
}

/** Writes that many entries. */
export async function recordMany(context: Context, entries: number): Promise<void> {
  for (let number = 1; number <= entries; number++) await audit(context, someEvent(number))
}

/** A log of `size` entries, the one that opens it among them, all sealed. */
export async function sealedLog(context: Context, size: number): Promise<void> {
  await recordMany(context, size - 1)
  await seal(context)
}

export function seal(context: Context): Promise<number> {
  return sealEntries(context, { now: new Date(), everything: true })
}

/** What `npm run audit:verify` finds; without a chain it looks for no anchors. */
export function verify(context: Context, options: Partial<VerifyOptions> & { onChain?: boolean } = {}): Promise<AuditReport> {
  const { onChain = false, ...rest } = options
  const { chain, deployment, env, auditor, db } = context
  const contract = deployment.auditAnchor
  if (contract === undefined) throw new Error('there is no anchor on this chain')
  return verifyLog({
    ...{ db, log: auditor.log, logId: auditor.logId, publicKey: auditor.key().publicKey, now: new Date(), patienceMs: 60_000 },
    anchors: onChain ? { chain, query: { contract, anchorers: env.audit.anchorers, fromBlock: 0 } } : null,
    ...rest,
  })
}

/** Puts the anchor where protocol/src/deployments says it is. */
export async function deployAnchor(chain: TestChain): Promise<void> {
  const deployed = await chain.send(anchorDeployer, { data: bytecodeOf('AuditAnchor') as Hex })
  if (deployed !== deploymentOf(DEV_CHAIN_ID).auditAnchor) throw new Error(`the anchor is at ${deployed}, not where it was to be`)
}

/** Whoever owns the tables and can do anything to them. */
export async function connectAs(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}
