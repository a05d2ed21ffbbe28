import type { Listing } from '@fairhold/api/contract/listings'
import type { RateView } from '@/features/rates/rate-view'
import { Words } from '@/i18n/words'
import type { MarketConfig } from '@/lib/chain-tokens'
import { ListingExtras } from './listing-extras'
import { loadExtras } from './load-extras'
import { RecordView } from './record-view'

/** What a listing's page has below the listing: more like it, more of its seller; and the note that it was looked at. */
export async function AfterListing({
  listing,
  config,
  rates,
}: {
  listing: Listing
  config: MarketConfig
  rates: RateView | null
}) {
  const { id, seller, title, photo } = listing
  const extras = await loadExtras(id, seller.address)
  return (
    <Words of={['goods']}>
      <ListingExtras {...extras} seller={seller} config={config} rates={rates} />
      <RecordView id={id} title={title} photo={photo} />
    </Words>
  )
}
