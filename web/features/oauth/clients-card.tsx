'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useStepUp } from '@/features/identity/step-up'
import { Failure } from '@/features/settings/failure'
import { api, type OauthClient } from '@/lib/api'
import { useFormat } from '@/lib/use-format'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import { ClientDialog } from './client-dialog'
import { ConfirmDialog } from './confirm-dialog'
import { SecretOnce } from './secret-once'

const CLIENTS_KEY = ['oauth-clients'] as const

/** The apps that a person makes, which log others in. */
export function ClientsCard() {
  const t = useTranslations('oauth')
  const queries = useQueryClient()
  const clients = useQuery({ queryKey: CLIENTS_KEY, queryFn: api.oauth.clients })
  const [editing, setEditing] = useState<OauthClient | 'new' | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const onSaved = async (shown: string | null) => {
    setEditing(null)
    setSecret(shown)
    await queries.invalidateQueries({ queryKey: CLIENTS_KEY })
  }
  const register = <Button onClick={() => setEditing('new')}>{t('clients.register')}</Button>
  return (
    <Card>
      <CardHeader title={t('clients.title')} hint={t('clients.hint')} action={register} />
      {clients.isPending && <Skeleton className="h-20" />}
      {clients.isError && !clients.data && <Failure error={clients.error} again={() => clients.refetch()} />}
      {clients.data?.length === 0 && <p className="text-muted text-sm">{t('clients.none')}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {clients.data?.map((client) => (
          <ClientRow key={client.id} client={client} onEdit={() => setEditing(client)} onSaved={onSaved} />
        ))}
      </ul>
      <ClientDialog client={editing} onClose={() => setEditing(null)} onSaved={onSaved} />
      <SecretOnce title={t('clients.onceTitle')} secret={secret} onDone={() => setSecret(null)} />
    </Card>
  )
}

type ClientRowProps = { client: OauthClient; onEdit: () => void; onSaved: (secret: string | null) => Promise<void> }

function ClientRow({ client, onEdit, onSaved }: ClientRowProps) {
  const format = useFormat()
  const t = useTranslations('oauth')
  const stepUp = useStepUp()
  const toast = useToast()
  const { id, name, redirectUris, confidential, people, createdAt, disabledAt } = client
  const renew = async () => onSaved((await stepUp(() => api.oauth.renewSecret(id))).secret)
  const remove = async () => {
    await stepUp(() => api.oauth.remove(id))
    toast(t('clients.removed'), 'success')
    await onSaved(null)
  }
  return (
    <li className="flex flex-col gap-3 py-4 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 break-words font-medium">
          {name}
          <Badge>{confidential ? t('clients.confidential') : t('clients.public')}</Badge>
          {disabledAt && <Badge tone="danger">{t('clients.stopped')}</Badge>}
        </p>
        <p className="mt-1 text-muted text-sm">
          {format.date(createdAt)} · {t('clients.people', { count: people })}
        </p>
        <p className="mt-2 text-sm">
          {t('clients.id')} <code className="select-all break-all">{id}</code>
        </p>
        <ul className="mt-1 text-muted text-sm">
          {redirectUris.map((uri) => (
            <li key={uri} className="break-all font-mono text-xs">
              {uri}
            </li>
          ))}
        </ul>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" variant="secondary" aria-label={t('clients.editLabel', { name })} onClick={onEdit}>
          {t('clients.edit')}
        </Button>
        {confidential && (
          <ConfirmDialog
            action={t('clients.secret')}
            label={`${t('clients.secret')}: ${name}`}
            title={t('clients.secretTitle')}
            text={t('clients.secretText')}
            danger={false}
            run={renew}
          />
        )}
        <ConfirmDialog
          action={t('clients.remove')}
          label={`${t('clients.remove')}: ${name}`}
          title={t('clients.removeTitle', { name })}
          text={t('clients.removeText')}
          run={remove}
        />
      </div>
    </li>
  )
}
