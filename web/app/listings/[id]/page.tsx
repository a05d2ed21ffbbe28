import { MapPin, Truck } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { BuyPanel } from '@/features/deals/buy-panel'
import { AfterListing } from '@/features/discovery/after-listing'
import { Heart } from '@/features/discovery/heart'
import { categoryWords, conditionWords } from '@/features/listings/copy'
import { Gallery } from '@/features/listings/gallery'
import { Proof } from '@/features/listings/proof'
import { Protection } from '@/features/listings/protection'
import { WithdrawListing } from '@/features/listings/withdraw-button'
import { PriceIn } from '@/features/rates/approx'
import { loadRates } from '@/features/rates/load'
import { PersonLine } from '@/features/reputation/person-line'
import { Words } from '@/i18n/words'
import { api } from '@/lib/api'
import { tokenOf } from '@/lib/chain-tokens'
import { notListed, pageMetadata } from '@/lib/seo'
import { Badge } from '@/ui/badge'
import { Card } from '@/ui/card'
import Link from '@/ui/link'

const ID = /^0x[0-9a-fA-F]{64}$/
const load = cache(async (id: string) => (ID.test(id) ? api.listings.get(id) : null))

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const listing = await load((await params).id)
  if (!listing) return { robots: notListed }
  const { title, description } = listing
  return pageMetadata({ title, description, path: `/listings/${listing.id}`, type: 'article' })
}

export default async function ListingPage({ params }: Props) {
  const [listing, config, rates] = await Promise.all([load((await params).id), api.meta.config(), loadRates()])
  if (!listing) notFound()
  const token = tokenOf(config, listing.token)
  return (
    <main id="main" className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <nav aria-label="Where you are" className="mb-4 text-muted text-sm">
        <Link href="/" className="underline underline-offset-4 hover:text-ink">
          Market
        </Link>{' '}
        /{' '}
        <Link href={`/?category=${listing.category}`} className="underline underline-offset-4 hover:text-ink">
          {categoryWords[listing.category]}
        </Link>
      </nav>
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <Gallery photos={listing.photos} title={listing.title} />
          <section aria-labelledby="description">
            <h2 id="description" className="mb-2 font-semibold text-lg">
              Description
            </h2>
            <p className="whitespace-pre-line break-words leading-relaxed">{listing.description}</p>
          </section>
          <Proof listing={listing} />
        </div>
        <aside className="flex min-w-0 flex-col gap-6">
          <Card>
            <div className="float-right -mt-2 -mr-2 ml-2">
              <Words of={['goods']}>
                <Heart id={listing.id} title={listing.title} />
              </Words>
            </div>
            <h1 className="break-words font-semibold text-2xl tracking-tight">{listing.title}</h1>
            <p className="mt-2 font-semibold text-3xl tracking-tight">
              {token ? <PriceIn amount={listing.price} token={token} rates={rates} /> : 'Unknown token'}
            </p>
            <p className="mt-3 flex flex-wrap gap-2">
              <Badge tone="success">{conditionWords[listing.condition]}</Badge>
              {listing.quantity > 1 && (
                <Badge>
                  {listing.available} of {listing.quantity} left
                </Badge>
              )}
            </p>
            <ul className="mt-3 mb-5 flex flex-col gap-1.5 text-muted text-sm">
              {listing.place && (
                <li className="flex items-center gap-2">
                  <MapPin aria-hidden="true" className="size-4" /> From {listing.place}
                </li>
              )}
              {listing.content.v === 1 && listing.content.shipsTo && (
                <li className="flex items-center gap-2">
                  <Truck aria-hidden="true" className="size-4" /> Ships to {listing.content.shipsTo}, included in the price
                </li>
              )}
            </ul>
            <Words of={['buy', 'bids', 'checkout', 'send', 'receipt']}>
              <BuyPanel listing={listing} />
            </Words>
          </Card>
          <Words of={['send', 'receipt']}>
            <WithdrawListing listing={listing} />
          </Words>
          <Card>
            <PersonLine person={listing.seller} label="Sold by" />
          </Card>
          <Protection listing={listing} config={config} />
        </aside>
      </div>
      <AfterListing listing={listing} config={config} rates={rates} />
    </main>
  )
}
