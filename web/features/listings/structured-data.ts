import { formatAmount } from '@fairhold/protocol/money'
import type { Listing } from '@/lib/api'
import type { TokenInfo } from '@/lib/chain-tokens'
import { photoUrl } from '@/lib/photos'
import { breadcrumbData, productData } from '@/lib/seo'

interface Facts {
  listing: Listing
  token: TokenInfo | undefined
  origin: string
  /** What the market and the category are called in the reader's language. */
  market: string
  category: string
}

/** The listing, and where it stands in the market, for search engines (schema.org). */
export function structuredData({ listing, token, origin, market, category }: Facts): object[] {
  const path = `/listings/${listing.id}`
  const { address, name, rating } = listing.seller
  const trail = breadcrumbData(origin, [
    { name: market, path: '/' },
    { name: category, path: `/?category=${listing.category}` },
    { name: listing.title, path },
  ])
  if (!token) return [trail]
  const product = productData({
    ...{ origin, path, name: listing.title, description: listing.description },
    images: listing.photos.map((photo) => photoUrl(photo, 1600)),
    ...(listing.attributes.brand ? { brand: listing.attributes.brand } : {}),
    isNew: listing.condition === 'new',
    available: listing.available > 0,
    price: formatAmount(BigInt(listing.price), token.decimals),
    currency: token.symbol,
    expiresAt: new Date(listing.expiry * 1000).toISOString().slice(0, 10),
    seller: { name: name || address, path: `/people/${address}`, rating },
  })
  return [product, trail]
}
