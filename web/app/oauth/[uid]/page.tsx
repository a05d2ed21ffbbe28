import type { Metadata } from 'next'
import { Consent } from '@/features/oauth/consent'
import { oauthCopy } from '@/features/oauth/copy'
import { api } from '@/lib/api'
import { Queries } from '@/lib/queries'
import { cookieHeader } from '@/lib/session'

export const metadata: Metadata = { title: oauthCopy.consent.title, robots: { index: false } }

type Props = { params: Promise<{ uid: string }> }

export default async function ConsentPage({ params }: Props) {
  const { uid } = await params
  const request = await api.oauth.request(uid, await cookieHeader())
  return (
    <main id="main" className="mx-auto w-full max-w-xl px-4 py-8 sm:px-6">
      <Queries>
        <Consent uid={uid} initial={request} />
      </Queries>
    </main>
  )
}
