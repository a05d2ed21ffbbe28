'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { useSession } from '@/features/identity/session'
import type { RateView } from '@/features/rates/rate-view'
import { useMarketConfig } from '@/lib/chain'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { focusInvalid } from '@/ui/focus-invalid'
import type { Draft } from './draft'
import { DraftList } from './draft-list'
import { DraftConflict, DraftStatus } from './draft-status'
import { ItemFields } from './item-fields'
import { PaymentFields } from './payment-fields'
import { PhotoPicker } from './photo-picker'
import { PlaceField } from './place-field'
import { Preview } from './preview'
import { PriceFields } from './price-fields'
import { ProtectionFields } from './protection-fields'
import { PublishStatus } from './publish-status'
import { ShippingFields } from './shipping-fields'
import { Summary } from './summary'
import { type ChangeDraft, useDraft } from './use-draft'
import { usePublish } from './use-publish'
import { useUploads } from './use-uploads'
import { checkDraft, type DraftErrors } from './validate'

interface SellFormProps {
  /** What the form begins with, where nothing was written yet. */
  empty: Draft
  draftId: string | null
  /** The listing that is edited; null for a new one. */
  replaces: string | null
  rates: RateView | null
  /** Told the id that a new draft has got. */
  onNamed?: (id: string) => void
}

/** Everything between having something to sell, or an edit to make, and its listing. */
export function SellForm({ empty, draftId, replaces, rates, onNamed }: SellFormProps) {
  const t = useTranslations('sell')
  const locale = useLocale()
  const market = useMarketConfig()
  const { draft, change, forget, status, settle, currentId } = useDraft({ empty, draftId, listingId: replaces, onNamed })
  const { state, publish, busy, reset } = usePublish({ replaces, onPublished: forget })
  const [found, setFound] = useState<DraftErrors>({})
  const form = useRef<HTMLFormElement>(null)
  const errors = state.at === 'failed' ? { ...state.errors, ...found } : found

  const edit: ChangeDraft = (made) => {
    change(made)
    if (state.at === 'failed' && state.signed === 0) reset()
    if (typeof made === 'function') return
    setFound((shown) => Object.fromEntries(Object.entries(shown).filter(([field]) => !((field.split('.')[0] ?? '') in made))))
  }
  const uploads = useUploads(draft.photos.length, edit)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const checked = checkDraft(t, draft, { market, locale })
    setFound(checked.errors)
    if (checked.sale) return void publish(checked.sale)
    reset()
    focusInvalid(form.current)
  }

  const fields = { draft, errors, change: edit }
  const ways = Math.max(1, draft.shipping.length + (draft.pickup ? 1 : 0))
  const begun = state.at === 'failed' && state.signed > 0
  return (
    <>
      {replaces === null && <DraftList currentId={currentId} />}
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <form ref={form} noValidate onSubmit={submit} className="flex min-w-0 flex-col gap-6">
          <SignInPrompt />
          <DraftConflict status={status} settle={settle} />
          <Section title={t('sections.item')} hint={t('sections.itemHint')} action={<DraftStatus status={status} />}>
            <PhotoPicker {...fields} uploads={uploads} />
            <ItemFields {...fields} />
          </Section>
          <Section title={t('sections.price')}>
            <PriceFields {...fields} rates={rates} />
            <PaymentFields {...fields} />
          </Section>
          <Section title={t('sections.delivery')} hint={t('sections.deliveryHint')}>
            <PlaceField {...fields} />
            <ShippingFields {...fields} />
          </Section>
          <Section title={t('sections.protection')} hint={t('sections.protectionHint')}>
            <ProtectionFields {...fields} />
          </Section>
          <Summary draft={draft} rates={rates} />
          <PublishStatus state={state} missing={found} />
          <div className="flex flex-col gap-2">
            <Button type="submit" size="lg" block loading={busy} disabled={uploads.running.length > 0}>
              {begun ? t('goOn') : replaces === null ? t('publish') : t('edit.publish')}
            </Button>
            <p className="text-center text-muted text-sm">{t('prompts', { count: ways })}</p>
          </div>
        </form>
        <Preview draft={draft} rates={rates} />
      </div>
    </>
  )
}

function Section({ title, hint, action, children }: { title: string; hint?: string; action?: ReactNode; children: ReactNode }) {
  return (
    <Card>
      <CardHeader title={title} hint={hint} action={action} />
      <div className="flex flex-col gap-6">{children}</div>
    </Card>
  )
}

function SignInPrompt() {
  const t = useTranslations('sell')
  const { session, openSignIn } = useSession()
  if (session) return null
  return (
    <Alert
      tone="info"
      title={t('prompt.title')}
      action={
        <Button size="sm" onClick={openSignIn}>
          {t('prompt.action')}
        </Button>
      }
    >
      {t('prompt.text')}
    </Alert>
  )
}
