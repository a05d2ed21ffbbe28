import { auditAnchorAbi } from '@fairhold/protocol/abi/audit-anchor'
import type { Hex } from 'viem'
import type { Context } from '../context.ts'
import type { ChainWriter } from '../jobs/chain-writer.ts'
import type { Job } from '../jobs/loop.ts'
import { headOf, lastAnchorOf } from './queries.ts'

interface Head {
  size: number
  hash: string
}

/**
 * Anchors the head of the audit log on chain: after so many minutes if anything is new, or after so many entries. An anchor whose
 * block is gone is made again. On a chain without the contract there is nothing to do.
 * @throws from `due` if the log no longer has what was anchored: then somebody has to look, and nothing more is anchored.
 */
export function anchorJob(context: Context, writer: ChainWriter, now: () => number): Job<Head> {
  const { auditor, db, deployment, env } = context
  const { auditAnchor } = deployment
  let looked = Number.NEGATIVE_INFINITY
  return {
    name: 'anchor',
    due: async () => {
      if (auditAnchor === undefined) return []
      const [head, last] = await Promise.all([headOf(db, auditor.log), lastAnchorOf(context)])
      if (head === null) return []
      if (last !== null) await requireStillThere(context, last)
      const grown = head.size - (last?.size ?? 0)
      if (grown >= env.audit.anchorEntries) return [head]
      if (now() - Math.max(last?.anchoredAt.getTime() ?? 0, looked) < env.audit.anchorMs) return []
      looked = now()
      return grown > 0 || (last !== null && (await isGone(context, last.txHash))) ? [head] : []
    },
    idOf: ({ size, hash }) => `${size} ${hash}`,
    work: async ({ size, hash }) => {
      if (auditAnchor === undefined) return
      const args = [`0x${auditor.logId}`, BigInt(size), `0x${hash}`] as const
      const txHash = await writer.write({ abi: auditAnchorAbi, address: auditAnchor, functionName: 'anchor', args })
      const { blockNumber } = await context.chain.getTransactionReceipt({ hash: txHash })
      const data = { txHash, log: auditor.log, size, head: hash, blockNumber, anchoredAt: new Date(now()) }
      await db.auditAnchor.create({ data, select: { txHash: true } })
    },
  }
}

async function requireStillThere({ auditor, db }: Context, { size, head }: { size: number; head: string }): Promise<void> {
  const row = await db.auditSeal.findUnique({ where: { log_seq: { log: auditor.log, seq: size } }, select: { hash: true } })
  if (row?.hash !== head)
    throw new Error(
      `entry ${size} of the audit log ${auditor.log} is not what was anchored on chain; see docs/operations/audit.md`,
    )
}

/** Whether the chain no longer has a transaction: its block was taken back. A node that does not answer says nothing. */
async function isGone({ chain }: Context, txHash: string): Promise<boolean> {
  return chain.getTransactionReceipt({ hash: txHash as Hex }).then(
    () => false,
    (error: unknown) => error instanceof Error && error.name === 'TransactionReceiptNotFoundError',
  )
}
