'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { deliverAddress } from '@/features/checkout/deliver-address'
import { api } from '@/lib/api'
import { faultAt, isAllAt } from '@/lib/faults'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Field } from '@/ui/field'
import { Textarea } from '@/ui/textarea'
import type { DealPart } from './deal-part'
import { type Problem, problemOf } from './problem'

/** Where it goes and how it travels: for the two parties, and the arbiter in a dispute. */
export function Shipping({ deal, viewer, refresh }: DealPart) {
  const t = useTranslations('deals')
  const { shipping } = deal
  const wantsAddress = viewer === 'buyer' && shipping?.isReadable === true && shipping.address === null
  // What was written at the checkout, where it could not be handed over when the deal opened.
  useEffect(() => {
    if (wantsAddress) void deliverAddress(deal.id).then((delivered) => (delivered ? refresh() : undefined))
  }, [wantsAddress, deal.id, refresh])
  if (!shipping) return null
  const canWrite = shipping.isReadable && viewer === 'buyer' && (deal.state === 'funded' || deal.state === 'partlyFunded')
  return (
    <Card>
      <CardHeader title={t('shipping.title')} hint={t('shipping.hint')} />
      {!shipping.isReadable && (
        <Alert tone="warning" title={t('shipping.unreadable.title')} className="mb-4">
          {t('shipping.unreadable.text')}
        </Alert>
      )}
      <dl className="flex flex-col gap-2 text-sm">
        {shipping.isReadable && <Row label={t('shipping.to')} value={shipping.address ?? t('shipping.notGiven')} />}
        {shipping.carrier && <Row label={t('shipping.carrier')} value={shipping.carrier} />}
        {shipping.trackingNumber && <Row label={t('shipping.number')} value={shipping.trackingNumber} />}
      </dl>
      {canWrite && <AddressForm dealId={deal.id} initial={shipping.address ?? ''} onSaved={refresh} />}
    </Card>
  )
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[9rem_1fr]">
      <dt className="text-muted">{label}</dt>
      <dd className="whitespace-pre-line break-words">{value}</dd>
    </div>
  )
}

function AddressForm({ dealId, initial, onSaved }: { dealId: string; initial: string; onSaved: () => Promise<void> }) {
  const t = useTranslations('deals')
  const [open, setOpen] = useState(initial === '')
  const [text, setText] = useState(initial)
  const [failure, setFailure] = useState<Problem | null>(null)
  if (!open) {
    return (
      <Button variant="secondary" size="sm" className="mt-4" onClick={() => setOpen(true)}>
        {t('shipping.change')}
      </Button>
    )
  }
  const save = async () => {
    try {
      await api.deals.setAddress(dealId, text)
      setOpen(false)
      setFailure(null)
      await onSaved()
    } catch (error) {
      setFailure(problemOf(error))
    }
  }
  return (
    <div className="mt-4 flex flex-col gap-3">
      <Field label={t('shipping.address')} error={faultAt(failure, 'text')}>
        <Textarea rows={3} value={text} onChange={(event) => setText(event.target.value)} maxLength={500} />
      </Field>
      {failure && !isAllAt(failure, ['text']) && (
        <Alert tone="danger" title={failure.title} live>
          {failure.detail} {failure.whatToDo}
        </Alert>
      )}
      <Button size="sm" className="self-start" onClick={save}>
        {t('shipping.save')}
      </Button>
    </div>
  )
}
