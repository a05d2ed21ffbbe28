import type { ListingCard } from '@fairhold/api/contract/listings'
import { listings } from '@/lib/api/listings'

const SHOWN = 8

/** What is like a listing, and what else its seller has. The listing itself is worth its page without them. */
export async function loadExtras(id: string, seller: string): Promise<{ similar: ListingCard[]; ofSeller: ListingCard[] }> {
  const [similar, ofSeller] = await Promise.all([
    listings.similar(id).catch(() => []),
    listings.search({ seller, limit: SHOWN + 1 }).then(
      ({ items }) => items,
      () => [],
    ),
  ])
  const others = ofSeller.filter((one) => one.id !== id).slice(0, SHOWN)
  const shown = new Set(others.map((one) => one.id))
  return { similar: similar.filter((one) => one.id !== id && !shown.has(one.id)).slice(0, SHOWN), ofSeller: others }
}
