'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useStepUp } from '@/features/identity/step-up'
import { Failure } from '@/features/settings/failure'
import { api, type OauthClient } from '@/lib/api'
import { dateOf } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import { ClientDialog } from './client-dialog'
import { ConfirmDialog } from './confirm-dialog'
import { oauthCopy } from './copy'
import { SecretOnce } from './secret-once'

const copy = oauthCopy.clients
const CLIENTS_KEY = ['oauth-clients'] as const

/** The apps that a person makes, which log others in. */
export function ClientsCard() {
  const queries = useQueryClient()
  const clients = useQuery({ queryKey: CLIENTS_KEY, queryFn: api.oauth.clients })
  const [editing, setEditing] = useState<OauthClient | 'new' | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const onSaved = async (shown: string | null) => {
    setEditing(null)
    setSecret(shown)
    await queries.invalidateQueries({ queryKey: CLIENTS_KEY })
  }
  const register = <Button onClick={() => setEditing('new')}>{copy.register}</Button>
  return (
    <Card>
      <CardHeader title={copy.title} hint={copy.hint} action={register} />
      {clients.isPending && <Skeleton className="h-20" />}
      {clients.isError && !clients.data && <Failure error={clients.error} again={() => clients.refetch()} />}
      {clients.data?.length === 0 && <p className="text-muted text-sm">{copy.none}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {clients.data?.map((client) => (
          <ClientRow key={client.id} client={client} onEdit={() => setEditing(client)} onSaved={onSaved} />
        ))}
      </ul>
      <ClientDialog client={editing} onClose={() => setEditing(null)} onSaved={onSaved} />
      <SecretOnce title={copy.onceTitle} secret={secret} onDone={() => setSecret(null)} />
    </Card>
  )
}

type ClientRowProps = { client: OauthClient; onEdit: () => void; onSaved: (secret: string | null) => Promise<void> }

function ClientRow({ client, onEdit, onSaved }: ClientRowProps) {
  const stepUp = useStepUp()
  const toast = useToast()
  const { id, name, redirectUris, confidential, people, createdAt, disabledAt } = client
  const renew = async () => onSaved((await stepUp(() => api.oauth.renewSecret(id))).secret)
  const remove = async () => {
    await stepUp(() => api.oauth.remove(id))
    toast(copy.removed, 'success')
    await onSaved(null)
  }
  return (
    <li className="flex flex-col gap-3 py-4 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 break-words font-medium">
          {name}
          <Badge>{confidential ? copy.confidential : copy.public}</Badge>
          {disabledAt && <Badge tone="danger">{copy.stopped}</Badge>}
        </p>
        <p className="mt-1 text-muted text-sm">
          {dateOf(createdAt)} · {copy.people(people)}
        </p>
        <p className="mt-2 text-sm">
          {copy.id} <code className="select-all break-all">{id}</code>
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
        <Button size="sm" variant="secondary" aria-label={copy.editLabel(name)} onClick={onEdit}>
          {copy.edit}
        </Button>
        {confidential && (
          <ConfirmDialog
            action={copy.secret}
            label={`${copy.secret}: ${name}`}
            title={copy.secretTitle}
            text={copy.secretText}
            danger={false}
            run={renew}
          />
        )}
        <ConfirmDialog
          action={copy.remove}
          label={`${copy.remove}: ${name}`}
          title={copy.removeTitle(name)}
          text={copy.removeText}
          run={remove}
        />
      </div>
    </li>
  )
}
