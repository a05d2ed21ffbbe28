import type { Listing } from '@/lib/api'
import type { TokenInfo } from '@/lib/chain'

/** One deal that a cart would open: one unit of a listing, in one of its ways. */
export interface CartDeal {
  dealId: string
  listingId: string
  seller: string
  /** The seller's name; empty where there is none. */
  sellerName: string
  title: string
  /** Whether it needs an address. */
  isShipped: boolean
  token: TokenInfo
  /** Everything included, in base units. */
  price: bigint
  offer: Listing['offer']
  signature: string
  unit: number
  /** Deals that would sell the same unit in another way, and this one. */
  siblings: readonly string[]
}

export interface TokenTotal {
  token: TokenInfo
  total: bigint
  deals: readonly CartDeal[]
}

/** What leaves the wallet, by token, in the order in which the tokens come. */
export function byToken(deals: readonly CartDeal[]): TokenTotal[] {
  const addresses = [...new Set(deals.map(({ token }) => token.address))]
  return addresses.map((address) => {
    const some = deals.filter(({ token }) => token.address === address)
    const [first] = some as [CartDeal, ...CartDeal[]] // the address is of one of them
    return { token: first.token, total: some.reduce((sum, { price }) => sum + price, 0n), deals: some }
  })
}

export interface SellerTotal {
  seller: string
  name: string
  totals: TokenTotal[]
}

/** What goes to the deals of each seller. */
export function bySeller(deals: readonly CartDeal[]): SellerTotal[] {
  const sellers = [...new Set(deals.map(({ seller }) => seller))]
  return sellers.map((seller) => {
    const some = deals.filter((deal) => deal.seller === seller)
    return { seller, name: some[0]?.sellerName ?? '', totals: byToken(some) }
  })
}

/** So many signatures are less trouble than a transaction for the allowance; more are not. */
const FEW = 3

/** Whether each deal in a token is paid by a signature of its own, and no allowance is needed. */
export function signsEach({ authorization }: Pick<TokenInfo, 'authorization'>, deals: readonly unknown[]): boolean {
  return authorization && deals.length <= FEW
}
