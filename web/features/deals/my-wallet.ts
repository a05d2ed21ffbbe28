import type { DealCard, Session } from '@/lib/api'

/** Which of the person's wallets has a part in the deal; undefined for a stranger to it. */
export function myWalletIn(
  deal: Pick<DealCard, 'seller' | 'buyer' | 'arbiter'>,
  session: Pick<Session, 'wallets'> | null,
): string | undefined {
  return [deal.seller.address, deal.buyer.address, deal.arbiter].find((address) => session?.wallets.includes(address))
}
