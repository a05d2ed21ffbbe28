import { endedStates, isOpen } from '@fairhold/protocol/deal/state'
import { rulingTypedData } from '@fairhold/protocol/eip712/types'
import { textHash } from '@fairhold/protocol/text'
import { type Hex, hashTypedData } from 'viem'
import { audit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import type { DealPage } from '../deals/contract.ts'
import { listDealCards, requireDeal, requireParty } from '../deals/service.ts'
import type { Account } from '../http/auth.ts'
import { AppError, invalid } from '../http/errors.ts'
import { notifyDeal } from '../http/notify.ts'
import { isSigned } from '../http/signatures.ts'
import type { DisputeQuery, RulingIn } from './contract.ts'

/** Disputed deals: open cases, or those that have ended. */
export function listDisputes(context: Context, { arbiter, status, cursor, limit }: DisputeQuery): Promise<DealPage> {
  const states = status === 'open' ? (['disputed'] as const) : endedStates
  return listDealCards(context, {
    accounts: arbiter,
    role: arbiter ? 'arbiter' : undefined,
    states,
    disputed: true,
    cursor,
    limit,
  })
}

/** Keeps what a party says happened. Its hash goes on chain with the dispute. */
export async function addStatement(
  context: Context,
  account: Account,
  { dealId, text }: { dealId: string; text: string },
): Promise<{ textHash: string }> {
  const row = await requireDeal(context, dealId)
  const author = row[requireParty(row, account)]
  if (!isOpen(row.state)) throw new AppError('WRONG_STATE', 'This deal has ended.')
  const hash = textHash(text)
  await context.db.$transaction(async (tx) => {
    await tx.statement.createMany({ data: { dealId, author, text, textHash: hash }, skipDuplicates: true })
    await notifyDeal(tx, dealId, [row.buyer, row.seller, row.arbiter])
  })
  return { textHash: hash }
}

/** Keeps the arbiter's signed ruling; the relayer, or either party, brings it to the chain. Until then the arbiter may sign another. */
export async function addRuling(
  context: Context,
  account: Account,
  { dealId, ruling }: { dealId: string; ruling: RulingIn },
): Promise<void> {
  const row = await requireDeal(context, dealId)
  if (!account.wallets.includes(row.arbiter)) throw new AppError('FORBIDDEN', 'Only the arbiter of this deal can rule.')
  if (row.state !== 'disputed') throw new AppError('WRONG_STATE', 'This deal is not in dispute.')
  if (Number(row.deadline) < (await context.chainNow())) throw new AppError('WRONG_STATE', 'The time to rule is over.')
  const { buyerBps, reason, reasonHash, signature } = ruling
  if (textHash(reason) !== reasonHash) throw invalid('reasonHash', 'is not the hash of the reason')
  const hash = hashTypedData(rulingTypedData({ dealId: dealId as Hex, buyerBps, reasonHash: reasonHash as Hex }, context.domain))
  if (!(await isSigned(context, { address: row.arbiter, hash, signature })))
    throw new AppError('WRONG_SIGNATURE', 'The ruling was not signed by the arbiter.')
  const data = { arbiter: row.arbiter, buyerBps, reason, reasonHash, signature, createdAt: new Date(), submittedTx: null }
  await context.db.$transaction(async (tx) => {
    await tx.ruling.upsert({ where: { dealId }, create: { dealId, ...data }, update: data })
    const details = { arbiter: row.arbiter, buyerBps, reasonHash }
    await audit(context, { kind: 'ruling.submitted', actor: account.id, subject: dealId, details }, tx)
    await notifyDeal(tx, dealId, [row.buyer, row.seller, row.arbiter])
  })
}
