import { listingWithdrawalTypedData } from '@fairhold/protocol/listing/withdrawal'
import type { Address, Hex } from 'viem'
import { signTypedData } from 'wagmi/actions'
import { chainTime, type PayerOptions } from '@/features/checkout/sign-payment'
import type { Listing } from '@/lib/api'

/** The seller's word that a listing is off the market. Loaded when it is given: it takes the code of wallets. */
export async function signWithdrawal(
  { config, market, account }: Pick<PayerOptions, 'config' | 'market' | 'account'>,
  { id }: Listing,
): Promise<{ issuedAt: number; signature: Hex }> {
  const issuedAt = await chainTime({ config, market })
  const domain = { chainId: market.chainId, escrow: market.escrow as Address }
  const typed = listingWithdrawalTypedData({ seller: account, listing: id as Hex, issuedAt }, domain)
  return { issuedAt, signature: await signTypedData(config, { ...typed, account }) }
}
