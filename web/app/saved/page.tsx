import { Eye } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { AlertList } from '@/features/discovery/alert-list'
import { ReadAlerts } from '@/features/discovery/read-alerts'
import { SavedListings } from '@/features/discovery/saved-listings'
import { SavedSearches } from '@/features/discovery/saved-searches'
import { SignInFirst } from '@/features/discovery/sign-in-first'
import { loadRates } from '@/features/rates/load'
import { Words } from '@/i18n/words'
import { orNull } from '@/lib/api/client'
import { discovery } from '@/lib/api/discovery'
import { meta } from '@/lib/api/meta'
import { cookieHeader } from '@/lib/session'
import { ButtonLink } from '@/ui/button'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('saved')
  return { title: t('title') }
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function SavedPage({ searchParams }: Props) {
  const t = await getTranslations('saved')
  const [params, cookie, config, rates] = await Promise.all([searchParams, cookieHeader(), meta.config(), loadRates()])
  const cursorOf = (name: string) => (typeof params[name] === 'string' ? params[name].slice(0, 400) : null)
  const saved = await orNull(
    401,
    Promise.all([
      discovery.alerts(cursorOf('alerts'), cookie),
      discovery.searches(cookie),
      discovery.savedListings(cursorOf('listings'), cookie),
    ]),
  )
  return (
    <main id="main" className="mx-auto flex w-full max-w-7xl flex-col gap-8 px-4 py-8 sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-3xl tracking-tight">{t('title')}</h1>
        <ButtonLink variant="secondary" size="sm" href="/seen">
          <Eye aria-hidden="true" className="size-4" /> {t('seen.title')}
        </ButtonLink>
      </div>
      <Words of={['saved', 'goods']}>
        {saved === null ? (
          <SignInFirst />
        ) : (
          <>
            <AlertList alerts={saved[0]} config={config} />
            <SavedSearches searches={saved[1]} config={config} />
            <SavedListings listings={saved[2]} config={config} rates={rates} />
            <ReadAlerts unread={saved[0].items.some(({ read }) => !read)} />
          </>
        )}
      </Words>
    </main>
  )
}
