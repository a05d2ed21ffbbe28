'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useStepUp } from '@/features/identity/step-up'
import { ConfirmDialog } from '@/features/oauth/confirm-dialog'
import { ScopeChoice } from '@/features/oauth/key-dialog'
import { Failure } from '@/features/settings/failure'
import { type AgentKeyItem, api } from '@/lib/api'
import { faultAt } from '@/lib/faults'
import { useFormat } from '@/lib/use-format'
import { Address } from '@/ui/address'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'

const AGENTS_KEY = ['agent-keys'] as const
const DID_KEY = /^did:key:z[1-9A-HJ-NP-Za-km-z]{20,80}$/

/** Programs that may act for the person with keys of their own. */
export function AgentKeysCard() {
  const t = useTranslations('keys.agents')
  const keys = useQuery({ queryKey: AGENTS_KEY, queryFn: api.agents.list })
  const [adding, setAdding] = useState(false)
  const add = <Button onClick={() => setAdding(true)}>{t('add')}</Button>
  return (
    <Card>
      <CardHeader title={t('title')} hint={t('hint')} action={add} />
      {keys.isPending && <Skeleton className="h-20" />}
      {keys.isError && !keys.data && <Failure error={keys.error} again={() => keys.refetch()} />}
      {keys.data?.length === 0 && <p className="text-muted text-sm">{t('none')}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {keys.data?.map((key) => (
          <AgentRow key={key.did} agent={key} />
        ))}
      </ul>
      <Dialog open={adding} onOpenChange={setAdding} title={t('add')} description={t('addText')}>
        <AgentForm onDone={() => setAdding(false)} />
      </Dialog>
    </Card>
  )
}

function AgentRow({ agent: { did, name, scopes, expiresAt, usedAt } }: { agent: AgentKeyItem }) {
  const t = useTranslations('keys.agents')
  const words = useTranslations('oauth')
  const format = useFormat()
  const queries = useQueryClient()
  const toast = useToast()
  const remove = async () => {
    await api.agents.remove(did)
    toast(t('removed'), 'success')
    await queries.invalidateQueries({ queryKey: AGENTS_KEY })
  }
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-4 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="break-words font-medium">{name}</p>
        <p className="mt-1 text-muted">
          <Address value={did} label={t('didCopy')} />
        </p>
        <p className="mt-1 text-muted text-sm">
          {t('times', {
            until: format.date(expiresAt),
            last: usedAt === null ? t('unused') : t('used', { when: format.date(usedAt) }),
          })}
        </p>
        <p className="mt-2 flex flex-wrap gap-1.5">
          {scopes.map((scope) => (
            <Badge key={scope}>{words(`scopes.${scope}.title`)}</Badge>
          ))}
        </p>
      </div>
      <ConfirmDialog
        action={t('remove')}
        label={t('removeLabel', { name })}
        title={t('removeTitle', { name })}
        text={t('removeText')}
        run={remove}
      />
    </li>
  )
}

function AgentForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations('keys.agents')
  const allow = useAllow(onDone)
  const [did, setDid] = useState('')
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<AgentKeyItem['scopes']>([])
  const [checked, setChecked] = useState(false)
  const body = { did: did.trim(), name: name.trim(), scopes, days: 90 }
  const wrong = { did: !DID_KEY.test(body.did), name: body.name === '', scopes: scopes.length === 0 }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (!Object.values(wrong).includes(true)) allow.mutate(body)
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      <Field label={t('did')} hint={t('didHint')} error={checked && wrong.did ? t('didMissing') : faultAt(allow.error, 'did')}>
        <Input value={did} spellCheck={false} onChange={(event) => setDid(event.target.value)} />
      </Field>
      <Field
        label={t('name')}
        hint={t('nameHint')}
        error={checked && wrong.name ? t('nameMissing') : faultAt(allow.error, 'name')}
      >
        <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
      <ScopeChoice
        chosen={scopes}
        onChange={(next) => setScopes([...next])}
        error={checked && wrong.scopes ? t('scopesMissing') : faultAt(allow.error, 'scopes')}
      />
      {allow.isError && <Failure error={allow.error} fields={['did', 'name', 'scopes']} />}
      <Button type="submit" loading={allow.isPending}>
        {t('add')}
      </Button>
    </form>
  )
}

function useAllow(onDone: () => void) {
  const t = useTranslations('keys.agents')
  const stepUp = useStepUp()
  const toast = useToast()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Parameters<typeof api.agents.allow>[0]) => stepUp(() => api.agents.allow(body)),
    onSuccess: async () => {
      onDone()
      toast(t('added'), 'success')
      await queries.invalidateQueries({ queryKey: AGENTS_KEY })
    },
  })
}
