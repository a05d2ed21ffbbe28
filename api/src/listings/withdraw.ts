import { listingWithdrawalTypedData, WITHDRAWAL_LASTS } from '@fairhold/protocol/listing/withdrawal'
import { type Address, type Hex, hashTypedData } from 'viem'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError, invalid } from '../http/errors.ts'
import { isSigned } from '../http/signatures.ts'
import type { Withdrawal } from './contract.ts'
import { findListing, type ListingRow, takeOff } from './stored.ts'

/** How far the clock of who signs may be ahead of the chain's, in seconds. */
const AHEAD = 120

/**
 * Takes a listing off the market as its seller signed it, whoever hands that in, and keeps the proof. The first one that is taken in
 * stays: asked again, with the same or another, it is the answer.
 * @throws AppError NOT_FOUND, WRONG_SIGNATURE, or INVALID where it was signed too long ago or in the future
 */
export async function withdrawSigned(context: Context, id: string, { issuedAt, signature }: Withdrawal): Promise<Withdrawal> {
  const row = await requireListing(context, id)
  const given = { seller: row.seller as Address, listing: id as Hex, issuedAt }
  const hash = hashTypedData(listingWithdrawalTypedData(given, context.domain))
  if (!(await isSigned(context, { address: row.seller, hash, signature })))
    throw new AppError('WRONG_SIGNATURE', 'The withdrawal was not signed by the seller of this listing.')
  const earlier = withdrawalOf(row)
  if (earlier) return earlier
  const now = await context.chainNow()
  if (issuedAt > now + AHEAD) throw invalid('issuedAt', 'is in the future')
  if (issuedAt < now - WITHDRAWAL_LASTS) throw invalid('issuedAt', 'is more than a day ago: sign it anew')
  await context.db.$transaction((tx) => takeOff(tx, id, { issuedAt, signature }))
  return withdrawalOf(await requireListing(context, id)) ?? { issuedAt, signature }
}

/**
 * Takes a listing off the market for its seller, who cannot sign just now: a program of theirs, or a person without the wallet. Who
 * saved the signed offer can still take it, as after the above: voiding it on chain is the seller's.
 * @throws AppError NOT_FOUND or FORBIDDEN
 */
export async function withdraw(context: Context, account: Account, id: string): Promise<void> {
  const { seller, status } = await requireListing(context, id)
  if (!account.wallets.includes(seller)) throw new AppError('FORBIDDEN', 'Only the seller can take a listing off the market.')
  if (status === 'withdrawn') return
  await context.db.$transaction((tx) => takeOff(tx, id))
}

async function requireListing(context: Context, id: string): Promise<ListingRow> {
  const row = await findListing(context, id)
  if (!row) throw new AppError('NOT_FOUND', 'There is no such listing.')
  return row
}

/** What the seller signed to take it off the market; null if nothing. */
export function withdrawalOf({ withdrawn_at, withdrawal }: Pick<ListingRow, 'withdrawn_at' | 'withdrawal'>): Withdrawal | null {
  return withdrawn_at === null || withdrawal === null ? null : { issuedAt: Number(withdrawn_at), signature: withdrawal }
}
