'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { forgetAllDrafts } from '@/features/checkout/draft'
import { useSession } from '@/features/identity/session'
import { useStepUp } from '@/features/identity/step-up'
import { Failure } from '@/features/settings/failure'
import { api, type Deletion } from '@/lib/api'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'

/** What deleting the account means, what stands in its way, and the way to do it. */
export function DeleteCard() {
  const t = useTranslations('privacy')
  const [asking, setAsking] = useState(false)
  const deletion = useQuery({ queryKey: ['deletion'], queryFn: api.privacy.deletion })
  return (
    <Card>
      <CardHeader title={t('delete.title')} hint={t('delete.hint')} />
      <WhatStays />
      {deletion.isPending && <Skeleton className="mt-5 h-11 w-48" />}
      {deletion.isError && !deletion.data && <Failure error={deletion.error} again={() => deletion.refetch()} />}
      {deletion.data && <Consequences deletion={deletion.data} />}
      {deletion.data && (
        <Button variant="danger" className="mt-5" disabled={deletion.data.refusal !== null} onClick={() => setAsking(true)}>
          {t('delete.action')}
        </Button>
      )}
      <Dialog open={asking} onOpenChange={setAsking} title={t('delete.dialog.title')} description={t('delete.dialog.text')}>
        <Confirm onCancel={() => setAsking(false)} />
      </Dialog>
    </Card>
  )
}

const reasons = ['open', 'chain', 'log', 'money'] as const

function WhatStays() {
  const t = useTranslations('privacy.delete.stays')
  return (
    <div className="rounded-xl bg-sunken p-4 text-sm">
      <h3 className="font-semibold">{t('title')}</h3>
      <ul className="mt-2 list-disc space-y-2 pl-5">
        {reasons.map((name) => (
          <li key={name}>{t(`${name}`)}</li>
        ))}
      </ul>
    </div>
  )
}

function Consequences({ deletion: { refusal, openDeals, liveOffers } }: { deletion: Deletion }) {
  const t = useTranslations('privacy')
  if (refusal !== null) {
    return (
      <Alert tone="warning" title={t('delete.refused')} className="mt-4">
        {refusal}
      </Alert>
    )
  }
  return (
    <>
      {openDeals > 0 && <Alert className="mt-4">{t('delete.openDeals', { count: openDeals })}</Alert>}
      {liveOffers > 0 && (
        <Alert tone="warning" className="mt-4">
          {t('delete.liveOffers', { count: liveOffers })}
        </Alert>
      )}
    </>
  )
}

/** Takes the words that confirm it. They are asked for so that it is no slip of the hand. */
function Confirm({ onCancel }: { onCancel: () => void }) {
  const t = useTranslations('privacy')
  const wanted = t('delete.dialog.words')
  const [words, setWords] = useState('')
  const [isWrong, setWrong] = useState(false)
  const remove = useDelete()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const isConfirmed = words.trim().toLowerCase() === wanted
    setWrong(!isConfirmed)
    if (isConfirmed) remove.mutate()
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <Field
        label={t('delete.dialog.label', { words: wanted })}
        error={isWrong ? t('delete.dialog.wrong', { words: wanted }) : undefined}
      >
        <Input value={words} autoComplete="off" autoCapitalize="off" onChange={(event) => setWords(event.target.value)} />
      </Field>
      {remove.isError && <Failure error={remove.error} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="secondary" onClick={onCancel}>
          {t('delete.dialog.cancel')}
        </Button>
        <Button type="submit" variant="danger" loading={remove.isPending}>
          {t('delete.dialog.confirm')}
        </Button>
      </div>
    </form>
  )
}

function useDelete() {
  const t = useTranslations('privacy')
  const stepUp = useStepUp()
  const toast = useToast()
  const { setSession } = useSession()
  const router = useRouter()
  return useMutation({
    mutationFn: () => stepUp(api.privacy.deleteAccount),
    onSuccess: async () => {
      forgetAllDrafts()
      router.push('/')
      setSession(null)
      toast(t('delete.done'), 'success')
    },
  })
}
