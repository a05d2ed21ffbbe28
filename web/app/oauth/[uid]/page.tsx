import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Consent } from '@/features/oauth/consent'
import { Words } from '@/i18n/words'
import { api } from '@/lib/api'
import { Queries } from '@/lib/queries'
import { cookieHeader } from '@/lib/session'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('oauth')
  return { title: t('consent.title'), robots: { index: false } }
}

type Props = { params: Promise<{ uid: string }> }

export default async function ConsentPage({ params }: Props) {
  const { uid } = await params
  const request = await api.oauth.request(uid, await cookieHeader())
  return (
    <main id="main" className="mx-auto w-full max-w-xl px-4 py-8 sm:px-6">
      <Words of={['oauth']}>
        <Queries>
          <Consent uid={uid} initial={request} />
        </Queries>
      </Words>
    </main>
  )
}
