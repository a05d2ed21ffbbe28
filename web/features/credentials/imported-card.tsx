'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type ChangeEvent, type FormEvent, useState } from 'react'
import { api, type ShownCredential } from '@/lib/api'
import { Button, buttonClass } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Skeleton } from '@/ui/skeleton'
import { Textarea } from '@/ui/textarea'
import { useToast } from '@/ui/toast'
import { nameOf } from './credential-name'
import { ShowFailure } from './show-failure'
import { ShownFacts } from './shown-facts'

const IMPORTED_KEY = ['imported-credentials'] as const
const MAX_FILE_BYTES = 64 * 1024

/** Proofs of other issuers that the person shows. */
export function ImportedCard() {
  const t = useTranslations('credentials')
  const imported = useQuery({ queryKey: IMPORTED_KEY, queryFn: api.credentials.imported })
  const [adding, setAdding] = useState(false)
  const add = (
    <Button variant="secondary" onClick={() => setAdding(true)}>
      {t('others.add')}
    </Button>
  )
  return (
    <Card>
      <CardHeader title={t('others.title')} hint={t('others.hint')} action={add} />
      {imported.isPending && <Skeleton className="h-20" />}
      {imported.isError && !imported.data && <ShowFailure error={imported.error} again={() => imported.refetch()} />}
      {imported.data?.length === 0 && <p className="text-muted text-sm">{t('others.none')}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {imported.data?.map((credential) => (
          <ImportedRow key={credential.id} credential={credential} />
        ))}
      </ul>
      {adding && <AddDialog onClose={() => setAdding(false)} />}
    </Card>
  )
}

function ImportedRow({ credential }: { credential: ShownCredential }) {
  const t = useTranslations('credentials')
  const toast = useToast()
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: () => api.credentials.remove(credential.id),
    onSuccess: async () => {
      toast(t('others.removed'))
      await queries.invalidateQueries({ queryKey: IMPORTED_KEY })
    },
  })
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-4 first:pt-0">
      <div className="min-w-0 flex-1">
        <ShownFacts credential={credential} />
      </div>
      <Button
        size="sm"
        variant="ghost"
        aria-label={t('others.removeLabel', { what: nameOf(credential, t) })}
        loading={remove.isPending}
        onClick={() => remove.mutate()}
      >
        {t('others.remove')}
      </Button>
      {remove.isError && <ShowFailure error={remove.error} />}
    </li>
  )
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('credentials')
  const toast = useToast()
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const [missing, setMissing] = useState(false)
  const add = useMutation({
    mutationFn: () => api.credentials.import(text.trim()),
    onSuccess: async () => {
      onClose()
      toast(t('others.added'), 'success')
      await queries.invalidateQueries({ queryKey: IMPORTED_KEY })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(text.trim() === '')
    if (text.trim() !== '') add.mutate()
  }
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    if (file) setText(await file.slice(0, MAX_FILE_BYTES).text())
  }
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()} title={t('others.addTitle')} description={t('others.addText')}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        <Field label={t('others.field')} hint={t('others.fieldHint')} error={missing ? t('others.empty') : undefined}>
          <Textarea
            value={text}
            spellCheck={false}
            className="break-all font-mono text-sm"
            onChange={({ target }) => setText(target.value)}
          />
        </Field>
        <label className={`${buttonClass({ variant: 'secondary' })} cursor-pointer focus-within:outline-2`}>
          {t('others.file')}
          <input type="file" accept=".jwt,.txt,.json,application/vc+jwt,text/plain" className="sr-only" onChange={choose} />
        </label>
        {add.isError && <ShowFailure error={add.error} />}
        <Button type="submit" loading={add.isPending}>
          {t('others.submit')}
        </Button>
      </form>
    </Dialog>
  )
}
