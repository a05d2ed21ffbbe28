import { parseOffer } from '@fairhold/protocol/deal/terms'
import type { Address, Hex } from 'viem'
import type { Context } from '../context.ts'
import type { Bid } from './contract.ts'
import type { BidRow } from './queries.ts'
import { whyRefused } from './simulate.ts'

type Payable = NonNullable<Bid['payable']>

const FRESH_SECONDS = 30
const MOST = 2_000

/** Answers of the last half minute, so that an inbox that is looked at often does not ask the node each time. */
const known = new Map<string, Payable>()

/** Whether the bidder's money would come if the seller accepted now, as the contract itself answers. */
export async function payableOf(context: Context, row: BidRow, now: number): Promise<Payable | null> {
  const earlier = known.get(row.id)
  if (earlier && now - earlier.at < FRESH_SECONDS && now >= earlier.at) return earlier
  const payment = row.payment ?? { method: 'allowance' as const }
  const options = { offer: parseOffer(row.offer), unit: 0, signature: row.signature as Hex, buyer: row.buyer as Address, payment }
  try {
    const why = await whyRefused(context, row.seller as Address, options as Parameters<typeof whyRefused>[2])
    const answer = { ok: why === null, reason: why?.title ?? null, code: why?.code ?? null, at: now }
    if (known.size >= MOST) known.clear()
    known.set(row.id, answer)
    return answer
  } catch {
    return null // the node is away: nothing can be said
  }
}
