import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SeenHere } from '@/features/discovery/seen-here'
import { SeenHistory } from '@/features/discovery/seen-history'
import { loadRates } from '@/features/rates/load'
import { Words } from '@/i18n/words'
import { orNull } from '@/lib/api/client'
import { discovery } from '@/lib/api/discovery'
import { meta } from '@/lib/api/meta'
import { notListed } from '@/lib/seo'
import { cookieHeader } from '@/lib/session'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('saved')
  return { title: t('seen.title'), robots: notListed }
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** What somebody looked at: on all of their devices if they want that kept, else in this browser. */
export default async function SeenPage({ searchParams }: Props) {
  const t = await getTranslations('saved')
  const [{ before }, cookie] = await Promise.all([searchParams, cookieHeader()])
  const cursor = typeof before === 'string' ? before.slice(0, 400) : null
  const state = await orNull(401, discovery.personal(cookie))
  const history = state?.wanted ? await Promise.all([discovery.views(cursor, cookie), meta.config(), loadRates()]) : null
  return (
    <main id="main" className="mx-auto flex w-full max-w-7xl flex-col gap-6 px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-3xl tracking-tight">{t('seen.title')}</h1>
      <Words of={['saved', 'goods']}>
        {history ? (
          <SeenHistory seen={history[0]} config={history[1]} rates={history[2]} since={state?.since ?? ''} />
        ) : (
          <SeenHere signedIn={state !== null} />
        )}
      </Words>
    </main>
  )
}
