import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { loadRates } from '@/features/rates/load'
import { emptyDraft } from '@/features/sell/draft'
import { EditGate } from '@/features/sell/edit-gate'
import { draftOfListing } from '@/features/sell/listing-draft'
import { SellForm } from '@/features/sell/sell-form'
import { Words } from '@/i18n/words'
import { api } from '@/lib/api'
import { tokenOf } from '@/lib/chain-tokens'

const ID = /^0x[0-9a-fA-F]{64}$/

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sell')
  return { title: t('edit.title'), robots: { index: false } }
}

export default async function EditPage({ params }: Props) {
  const { id } = await params
  const [listing, config, rates, locale, t] = await Promise.all([
    ID.test(id) ? api.listings.get(id) : null,
    api.meta.config(),
    loadRates(),
    getLocale(),
    getTranslations('sell'),
  ])
  const token = listing && tokenOf(config, listing.token)
  if (!listing || !token) notFound()
  const draft = draftOfListing(listing, { token, locale }, emptyDraft(config, locale))
  return (
    <main id="main" className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <h1 className="font-semibold text-3xl tracking-tight">{t('edit.heading')}</h1>
      <p className="mt-2 mb-6 text-muted">{t('edit.lead')}</p>
      <Words of={['sell', 'goods', 'attributes', 'rates']}>
        <EditGate listing={listing}>
          <SellForm key={listing.id} empty={draft} draftId={null} replaces={listing.id} rates={rates} />
        </EditGate>
      </Words>
    </main>
  )
}
