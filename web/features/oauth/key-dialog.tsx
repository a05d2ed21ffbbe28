'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useStepUp } from '@/features/identity/step-up'
import { Failure } from '@/features/settings/failure'
import { api, type NewKey } from '@/lib/api'
import { faultAt } from '@/lib/faults'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { scopes } from './scopes'

/** Days that a key may last, as the api takes them. */
const keyLifetimes = [30, 90, 365] as const satisfies readonly NewKey['days'][]

type Scope = NewKey['scopes'][number]
type Lifetime = NewKey['days']

/** The scopes of the api, which are those of apps but for what is about logging in. */
const apiScopes = scopes.filter((scope): scope is Scope => scope.includes(':'))

type KeyDialogProps = { open: boolean; onClose: () => void; onCreated: (key: string) => Promise<void> }

/** Asks what a new key is for, and makes it. */
export function KeyDialog({ open, onClose, onCreated }: KeyDialogProps) {
  const t = useTranslations('oauth')
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={t('keys.create')} description={t('keys.hint')}>
      <KeyForm onCreated={onCreated} />
    </Dialog>
  )
}

function KeyForm({ onCreated }: Pick<KeyDialogProps, 'onCreated'>) {
  const t = useTranslations('oauth')
  const stepUp = useStepUp()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<readonly Scope[]>([])
  const [days, setDays] = useState<Lifetime>(90)
  const [checked, setChecked] = useState(false)
  const create = useMutation({
    mutationFn: (body: NewKey) => stepUp(() => api.keys.create(body)),
    onSuccess: ({ key }) => onCreated(key),
  })
  const body = { name: name.trim(), scopes: [...chosen], days }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (body.name && body.scopes.length > 0) create.mutate(body)
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <Field
        label={t('keys.name')}
        hint={t('keys.nameHint')}
        error={checked && !body.name ? t('keys.nameMissing') : faultAt(create.error, 'name')}
      >
        <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
      <ScopeChoice
        chosen={chosen}
        onChange={setChosen}
        error={checked && chosen.length === 0 ? t('keys.scopesMissing') : faultAt(create.error, 'scopes')}
      />
      <Field label={t('keys.lifetime')}>
        <Select
          value={String(days)}
          options={keyLifetimes.map((count) => ({ value: String(count), label: t('keys.days', { days: count }) }))}
          onChange={(event) => setDays(keyLifetimes.find((count) => String(count) === event.target.value) ?? days)}
        />
      </Field>
      {create.isError && <Failure error={create.error} fields={['name', 'scopes']} />}
      <Button type="submit" loading={create.isPending}>
        {t('keys.create')}
      </Button>
    </form>
  )
}

type ScopeChoiceProps = { chosen: readonly Scope[]; onChange: (scopes: readonly Scope[]) => void; error: string | undefined }

/** What something may do, each in words. */
export function ScopeChoice({ chosen, onChange, error }: ScopeChoiceProps) {
  const t = useTranslations('oauth')
  return (
    <fieldset aria-describedby={error ? 'scopes-error' : undefined}>
      <legend className="mb-2 font-medium text-sm">{t('keys.scopes')}</legend>
      <div className="flex flex-col gap-1">
        {apiScopes.map((scope) => (
          <label key={scope} className="flex min-h-11 cursor-pointer items-center gap-3 rounded-xl px-2 hover:bg-sunken">
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={({ target }) =>
                onChange(apiScopes.filter((one) => (one === scope ? target.checked : chosen.includes(one))))
              }
              className="size-5 shrink-0 accent-primary"
            />
            <span className="min-w-0 text-sm">
              {t(`scopes.${scope}.title`)} <span className="font-mono text-muted text-xs">{scope}</span>
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p id="scopes-error" role="alert" className="mt-1.5 font-medium text-danger text-sm">
          {error}
        </p>
      )}
    </fieldset>
  )
}
