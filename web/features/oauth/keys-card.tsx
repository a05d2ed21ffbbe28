'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Failure } from '@/features/settings/failure'
import { type ApiKey, api } from '@/lib/api'
import { useFormat } from '@/lib/use-format'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import { ConfirmDialog } from './confirm-dialog'
import { lastUsed } from './connections-card'
import { KeyDialog } from './key-dialog'
import { SecretOnce } from './secret-once'

const KEYS_KEY = ['api-keys'] as const

/** Keys for programs of one's own. */
export function KeysCard() {
  const t = useTranslations('oauth')
  const queries = useQueryClient()
  const keys = useQuery({ queryKey: KEYS_KEY, queryFn: api.keys.list })
  const [creating, setCreating] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const onCreated = async (key: string) => {
    setCreating(false)
    setSecret(key)
    await queries.invalidateQueries({ queryKey: KEYS_KEY })
  }
  return (
    <Card>
      <CardHeader
        title={t('keys.title')}
        hint={t('keys.hint')}
        action={<Button onClick={() => setCreating(true)}>{t('keys.create')}</Button>}
      />
      {keys.isPending && <Skeleton className="h-20" />}
      {keys.isError && !keys.data && <Failure error={keys.error} again={() => keys.refetch()} />}
      {keys.data?.length === 0 && <p className="text-muted text-sm">{t('keys.none')}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {keys.data?.map((key) => (
          <KeyRow key={key.id} apiKey={key} />
        ))}
      </ul>
      <KeyDialog open={creating} onClose={() => setCreating(false)} onCreated={onCreated} />
      <SecretOnce title={t('keys.onceTitle')} secret={secret} onDone={() => setSecret(null)} />
    </Card>
  )
}

function KeyRow({ apiKey: { id, name, hint, scopes, expiresAt, lastUsedAt } }: { apiKey: ApiKey }) {
  const format = useFormat()
  const t = useTranslations('oauth')
  const queries = useQueryClient()
  const toast = useToast()
  const revoke = async () => {
    await api.keys.revoke(id)
    toast(t('keys.revoked'), 'success')
    await queries.invalidateQueries({ queryKey: KEYS_KEY })
  }
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 py-4 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="break-words font-medium">
          {name} <span className="font-mono font-normal text-muted text-xs">{hint}</span>
        </p>
        <p className="mt-1 text-muted text-sm">
          {t('keys.times', { until: format.date(expiresAt), last: lastUsed(lastUsedAt, t, format) })}
        </p>
        <p className="mt-2 flex flex-wrap gap-1.5">
          {scopes.map((scope) => (
            <Badge key={scope}>{t(`scopes.${scope}.title`)}</Badge>
          ))}
        </p>
      </div>
      <ConfirmDialog
        action={t('keys.revoke')}
        label={t('keys.revokeLabel', { name })}
        title={t('keys.revokeTitle', { name })}
        text={t('keys.revokeText')}
        run={revoke}
      />
    </li>
  )
}
