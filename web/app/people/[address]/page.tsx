import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { ProfileCredentials } from '@/features/credentials/profile-credentials'
import { ListingCard } from '@/features/listings/listing-card'
import { loadRates } from '@/features/rates/load'
import { Words } from '@/i18n/words'
import { api } from '@/lib/api'
import { shortHex } from '@/lib/format'
import { notListed, pageMetadata } from '@/lib/seo'
import { formatOf } from '@/lib/use-format'
import { Address } from '@/ui/address'
import { Avatar } from '@/ui/avatar'
import { Card } from '@/ui/card'
import { EmptyState } from '@/ui/empty-state'
import Link from '@/ui/link'
import { Score, Stars } from '@/ui/stars'

const ADDRESS = /^0x[0-9a-fA-F]{40}$/
const load = cache(async (address: string) => (ADDRESS.test(address) ? api.identity.profile(address) : null))

type Props = { params: Promise<{ address: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const profile = await load((await params).address)
  if (!profile) return { title: (await getTranslations('site'))('notFound.heading'), robots: notListed }
  const title = profile.name || shortHex(profile.address)
  return pageMetadata({ title, description: profile.bio || title, path: `/people/${profile.address}`, type: 'profile' })
}

export default async function PersonPage({ params }: Props) {
  const { address } = await params
  const profile = await load(address)
  if (!profile) notFound()
  const t = await getTranslations('people')
  const format = formatOf(await getLocale(), await getTimeZone())
  const [config, reputation, listings, credentials, rates] = await Promise.all([
    api.meta.config(),
    api.reputation.of(address),
    api.listings.search({ seller: address, limit: 12 }),
    api.credentials.of(address).catch(() => []), // what cannot be checked now is not shown now
    loadRates(),
  ])
  const { sold, bought, disputed } = profile.deals
  return (
    <main id="main" className="mx-auto flex w-full max-w-6xl flex-col gap-8 px-4 py-8 sm:px-6">
      <Card className="flex flex-col gap-5 sm:flex-row">
        <Avatar address={profile.address} name={profile.name} size="lg" />
        <div className="min-w-0">
          <h1 className="font-semibold text-3xl tracking-tight" dir="auto">
            {profile.name || shortHex(profile.address)}
          </h1>
          <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
            <Stars {...profile.rating} />
            <Address value={profile.address} />
          </p>
          {profile.bio && (
            <p className="mt-3 max-w-2xl whitespace-pre-line break-words leading-relaxed" dir="auto">
              {profile.bio}
            </p>
          )}
          <p className="mt-3 text-muted text-sm">
            {profile.joinedAt ? t('since', { day: format.date(profile.joinedAt) }) : t('unknown')}{' '}
            {t('deals', { sold, bought, disputed })}
          </p>
          <details className="mt-2 max-w-2xl text-muted text-sm">
            <summary className="min-h-11 cursor-pointer content-center sm:min-h-9">{t('did.title')}</summary>
            <p className="mb-1">{t('did.text')}</p>
            <Address value={profile.did} label={t('did.copy')} />
          </details>
        </div>
      </Card>
      <section aria-labelledby="reviews">
        <h2 id="reviews" className="mb-4 font-semibold text-xl tracking-tight">
          {t('reviews')}
        </h2>
        {reputation.items.length === 0 ? (
          <EmptyState title={t('noReviews.title')}>{t('noReviews.text')}</EmptyState>
        ) : (
          <ul className="grid gap-4 sm:grid-cols-2">
            {reputation.items.map((review) => (
              <li
                key={`${review.dealId}-${review.author.address}`}
                className="rounded-2xl border border-line bg-surface p-5 shadow-card"
              >
                <p className="flex items-center justify-between gap-3">
                  <Link href={`/people/${review.author.address}`} className="truncate font-semibold underline underline-offset-4">
                    <bdi>{review.author.name || shortHex(review.author.address)}</bdi>
                  </Link>
                  <Score score={review.score} />
                </p>
                {review.text && (
                  <p className="mt-2 whitespace-pre-line break-words text-sm leading-relaxed" dir="auto">
                    {review.text}
                  </p>
                )}
                <p className="mt-2 text-muted text-xs">
                  {review.title && (
                    <>
                      <bdi>{review.title}</bdi>
                      {' · '}
                    </>
                  )}
                  {format.dateTime(review.revealedAt)}
                </p>
              </li>
            ))}
          </ul>
        )}
      </section>
      <ProfileCredentials credentials={credentials} />
      {listings.items.length > 0 && (
        <section aria-labelledby="listings">
          <h2 id="listings" className="mb-4 font-semibold text-xl tracking-tight">
            {t('forSale')}
          </h2>
          <Words of={['goods']}>
            <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-4">
              {listings.items.map((listing) => (
                <ListingCard
                  key={listing.id}
                  listing={listing}
                  config={config}
                  rates={rates}
                  sizes="(min-width: 1152px) 259px, (min-width: 1024px) calc(25vw - 29px), (min-width: 640px) calc(50vw - 36px), calc(100vw - 34px)"
                />
              ))}
            </div>
          </Words>
        </section>
      )}
    </main>
  )
}
