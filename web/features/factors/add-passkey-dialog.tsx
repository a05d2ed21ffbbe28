'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Failure } from '@/features/settings/failure'
import { faultAt } from '@/lib/faults'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { createPasskey } from './passkey'
import { useChangeFactors } from './use-factors'

type AddPasskeyDialogProps = { open: boolean; onClose: () => void; onAdded: () => void }

/** Names a passkey and has the browser make it. */
export function AddPasskeyDialog({ open, onClose, onAdded }: AddPasskeyDialogProps) {
  const t = useTranslations('factors')
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('newPasskey.title')}
      description={t('newPasskey.text')}
    >
      <PasskeyForm onAdded={onAdded} />
    </Dialog>
  )
}

function PasskeyForm({ onAdded }: { onAdded: () => void }) {
  const t = useTranslations('factors')
  const [name, setName] = useState('')
  const [missing, setMissing] = useState(false)
  const add = useChangeFactors(createPasskey, t('newPasskey.added'), onAdded)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(name.trim() === '')
    if (name.trim() !== '') add.mutate(name.trim())
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <Field
        label={t('newPasskey.name')}
        hint={t('newPasskey.nameHint')}
        error={missing ? t('newPasskey.missing') : faultAt(add.error, 'name')}
      >
        <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
      {add.isError && <Failure error={add.error} fields={['name']} />}
      <Button type="submit" block loading={add.isPending}>
        {t('newPasskey.make')}
      </Button>
    </form>
  )
}
