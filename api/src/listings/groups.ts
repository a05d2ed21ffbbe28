import { MAX_NONCE } from '@fairhold/protocol/deal/terms'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import type { Group } from './contract.ts'

/**
 * The groups that a wallet's offers are in: offers of one group can be voided on chain together, so a new listing belongs into one
 * without others. Listings that are off the market count while they could still be taken by who saved their offer.
 */
export async function groupsOf(context: Context, account: Account, wallet: string): Promise<Group[]> {
  if (!account.wallets.includes(wallet)) throw new AppError('FORBIDDEN', 'That is none of your wallets.')
  const now = BigInt(await context.chainNow())
  const rows = await context.db.listing.groupBy({
    by: ['nonce'],
    where: { seller: wallet, expiry: { gte: now } },
    _count: { _all: true },
  })
  const counts = new Map(rows.map(({ nonce, _count }) => [nonce, _count._all]))
  return Array.from({ length: MAX_NONCE + 1 }, (_, nonce) => ({ nonce, listings: counts.get(nonce) ?? 0 }))
}
