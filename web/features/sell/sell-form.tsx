'use client'

import { type FormEvent, useRef, useState } from 'react'
import { sendWords } from '@/features/deals/copy'
import { useSession } from '@/features/identity/session'
import { useMarketConfig } from '@/lib/chain'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { sellCopy as copy } from './copy'
import { ItemFields, PriceFields } from './item-fields'
import { PaymentFields } from './payment-fields'
import { PhotoPicker } from './photo-picker'
import { Preview } from './preview'
import { ProtectionFields } from './protection-fields'
import { Summary } from './summary'
import { type ChangeDraft, useDraft } from './use-draft'
import { type PublishState, usePublish } from './use-publish'
import { checkDraft, type DraftErrors } from './validate'

/** Everything between having something to sell and its listing. */
export function SellForm() {
  const market = useMarketConfig()
  const { draft, change, forget } = useDraft()
  const { state, publish, busy, reset } = usePublish(forget)
  const [found, setFound] = useState<DraftErrors>({})
  const [uploading, setUploading] = useState(0)
  const form = useRef<HTMLFormElement>(null)
  const errors = state.at === 'failed' ? { ...state.errors, ...found } : found

  const edit: ChangeDraft = (made) => {
    change(made)
    if (typeof made === 'function') return
    setFound((shown) => Object.fromEntries(Object.entries(shown).filter(([field]) => !(field in made))))
    if (state.at === 'failed') reset()
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const checked = checkDraft(draft, market)
    setFound(checked.errors)
    if (checked.sale) return publish(checked.sale)
    reset()
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }

  const fields = { draft, errors, change: edit }
  return (
    <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
      <form ref={form} noValidate onSubmit={submit} className="flex min-w-0 flex-col gap-6">
        <SignInPrompt />
        <Card>
          <CardHeader title={copy.item.title} hint={copy.item.hint} />
          <div className="flex flex-col gap-5">
            <PhotoPicker
              photos={draft.photos}
              change={edit}
              uploading={uploading}
              setUploading={setUploading}
              error={errors.photos}
            />
            <ItemFields {...fields} />
          </div>
        </Card>
        <Card>
          <CardHeader title={copy.offer.title} />
          <div className="flex flex-col gap-6">
            <PriceFields {...fields} />
            <PaymentFields {...fields} />
          </div>
        </Card>
        <Card>
          <CardHeader title={copy.protection.title} hint={copy.protection.hint} />
          <div className="flex flex-col gap-6">
            <ProtectionFields {...fields} />
          </div>
        </Card>
        <Summary draft={draft} />
        <PublishStatus state={state} missing={Object.keys(found).length > 0} />
        <div className="flex flex-col gap-2">
          <Button type="submit" size="lg" block loading={busy} disabled={uploading > 0}>
            {copy.publish}
          </Button>
          <p className="text-center text-muted text-sm">{copy.free}</p>
        </div>
      </form>
      <Preview draft={draft} />
    </div>
  )
}

function SignInPrompt() {
  const { session, openSignIn } = useSession()
  if (session) return null
  return (
    <Alert
      tone="info"
      title={copy.prompt.title}
      action={
        <Button size="sm" onClick={openSignIn}>
          {copy.prompt.action}
        </Button>
      }
    >
      {copy.prompt.text}
    </Alert>
  )
}

function PublishStatus({ state, missing }: { state: PublishState; missing: boolean }) {
  if (missing) {
    return (
      <Alert tone="warning" title={copy.fixFields.title} live>
        {copy.fixFields.text}
      </Alert>
    )
  }
  if (state.at === 'idle') return null
  if (state.at !== 'failed') {
    return (
      <p role="status" className="text-center text-muted text-sm">
        {copy.steps[state.at]}
      </p>
    )
  }
  const { title, whatToDo, mild } = state.problem
  return (
    <Alert tone={mild ? 'neutral' : 'danger'} title={title} live>
      {sendWords.noMoneyMoved} {whatToDo}
    </Alert>
  )
}
