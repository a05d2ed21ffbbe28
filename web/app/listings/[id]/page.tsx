import { MapPin } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { BuyPanel } from '@/features/deals/buy-panel'
import { AfterListing } from '@/features/discovery/after-listing'
import { Heart } from '@/features/discovery/heart'
import { Details } from '@/features/listings/details'
import { GoneLabel } from '@/features/listings/gone-label'
import { categoryName, conditionName, countryName } from '@/features/listings/goods'
import { inParts } from '@/features/listings/in-parts'
import { ListingPhotos } from '@/features/listings/listing-photos'
import { OwnListing } from '@/features/listings/own-listing'
import { ProofSection } from '@/features/listings/proof-section'
import { Protection } from '@/features/listings/protection'
import { ShareButton } from '@/features/listings/share-button'
import { structuredData } from '@/features/listings/structured-data'
import { Successor } from '@/features/listings/successor'
import { Ways } from '@/features/listings/ways'
import { PriceIn } from '@/features/rates/approx'
import { loadRates } from '@/features/rates/load'
import { PersonLine } from '@/features/reputation/person-line'
import { townName } from '@/i18n/towns'
import { Words } from '@/i18n/words'
import { api } from '@/lib/api'
import { tokenOf } from '@/lib/chain-tokens'
import { dateOf } from '@/lib/format'
import { JsonLd, notListed, pageMetadata, siteOrigin } from '@/lib/seo'
import { Badge } from '@/ui/badge'
import { Card } from '@/ui/card'
import Link from '@/ui/link'

const ID = /^0x[0-9a-fA-F]{64}$/
const load = cache(async (id: string) => (ID.test(id) ? api.listings.get(id) : null))

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const listing = await load((await params).id)
  if (!listing) return { title: (await getTranslations('site'))('notFound.heading'), robots: notListed }
  const { title, description } = listing
  return pageMetadata({ title, description, path: `/listings/${listing.replacedBy ?? listing.id}`, type: 'article' })
}

export default async function ListingPage({ params }: Props) {
  const [listing, config, rates] = await Promise.all([load((await params).id), api.meta.config(), loadRates()])
  if (!listing) notFound()
  const t = await getTranslations('listing')
  const goods = await getTranslations('goods')
  const [locale, zone, origin] = await Promise.all([getLocale(), getTimeZone(), siteOrigin()])
  const buy = await getTranslations('buy')
  const token = tokenOf(config, listing.token)
  const isGone = listing.status !== 'active' || listing.available === 0
  const until = dateOf(new Date(listing.expiry * 1000).toISOString(), locale, zone)
  const parts = token && !isGone ? inParts(listing, token, locale) : null
  const { town, content } = listing
  const place = town ? `${townName(town, locale)}, ${countryName(town.country, locale)}` : listing.place
  const photos = content.v === 1 ? content.photos.map((sha256) => ({ sha256, alt: '' })) : content.photos
  return (
    <main id="main" className="mx-auto w-full max-w-6xl px-4 py-4 sm:px-6 sm:py-8">
      {structuredData({ listing, token, origin, market: t('market'), category: categoryName(goods, listing.category) }).map(
        (data) => (
          <JsonLd key={JSON.stringify(data).slice(0, 60)} data={data} />
        ),
      )}
      <nav aria-label={t('where')} className="mb-4 text-muted text-sm">
        <Link href="/" className="underline underline-offset-4 hover:text-ink">
          {t('market')}
        </Link>{' '}
        /{' '}
        <Link href={`/?category=${listing.category}`} className="underline underline-offset-4 hover:text-ink">
          {categoryName(goods, listing.category)}
        </Link>
      </nav>
      <Successor listing={listing} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8 max-lg:gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-8 max-lg:contents">
          <div className="relative max-lg:order-1">
            <ListingPhotos photos={photos} title={listing.title} />
            {isGone && <GoneLabel>{buy(`gone.${listing.status === 'active' ? 'sold' : listing.status}.title`)}</GoneLabel>}
          </div>
          <section aria-labelledby="description" className="max-lg:order-3">
            <h2 id="description" className="mb-2 font-semibold text-lg">
              {t('description')}
            </h2>
            <p className="whitespace-pre-line break-words leading-relaxed" dir="auto" lang={listing.language}>
              {listing.description}
            </p>
          </section>
          <div className="max-lg:order-4">
            <Details listing={listing} />
          </div>
          <div className="max-lg:order-7">
            <Words of={['listing']}>
              <ProofSection listing={listing} />
            </Words>
          </div>
        </div>
        <aside className="flex min-w-0 flex-col gap-6 max-lg:contents">
          <Card className="max-lg:order-2">
            <div className="float-right -mt-2 -mr-2 ml-2 flex gap-1.5">
              <Words of={['goods']}>
                <ShareButton title={listing.title} />
                <Heart id={listing.id} title={listing.title} />
              </Words>
            </div>
            <h1 className="overflow-hidden break-words font-semibold text-2xl tracking-tight" dir="auto" lang={listing.language}>
              {listing.title}
            </h1>
            <p className="mt-2 font-semibold text-3xl tracking-tight">
              {token ? <PriceIn amount={listing.price} token={token} rates={rates} /> : t('unknownToken')}
            </p>
            <p className="mt-3 flex flex-wrap gap-2">
              <Badge tone="success">{conditionName(goods, listing.condition)}</Badge>
              {listing.quantity > 1 && <Badge>{t('left', { available: listing.available, quantity: listing.quantity })}</Badge>}
            </p>
            <ul className="mt-3 mb-5 flex flex-col gap-1.5 text-muted text-sm">
              {place && (
                <li className="flex items-center gap-2" dir="auto">
                  <MapPin aria-hidden="true" className="size-4" /> {t('from', { place })}
                </li>
              )}
              {parts && <li>{t('parts', parts)}</li>}
              {!isGone && <li>{t('expires', { from: dateOf(listing.createdAt, locale, zone), date: until })}</li>}
            </ul>
            <Words of={['buy', 'bids', 'checkout', 'send', 'receipt']}>
              <BuyPanel listing={listing} />
            </Words>
          </Card>
          <div className="empty:hidden max-lg:order-2">
            <Words of={['listing', 'send', 'receipt']}>
              <OwnListing listing={listing} />
            </Words>
          </div>
          <div className="max-lg:order-5">
            <Ways listing={listing} token={token} rates={rates} />
          </div>
          <Card className="max-lg:order-5">
            <PersonLine person={listing.seller} label={t('soldBy')} />
          </Card>
          <div className="max-lg:order-6">
            <Protection listing={listing} config={config} />
          </div>
        </aside>
      </div>
      <AfterListing listing={listing} config={config} rates={rates} />
    </main>
  )
}
