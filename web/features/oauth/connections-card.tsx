'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Failure } from '@/features/settings/failure'
import type { Words } from '@/i18n/words-of'
import { api, type Connection } from '@/lib/api'
import { type Format, useFormat } from '@/lib/use-format'
import { Card, CardHeader } from '@/ui/card'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import { ConfirmDialog } from './confirm-dialog'
import { ScopeList } from './scope-list'

const CONNECTIONS_KEY = ['oauth-connections'] as const

/** When something was last used, in words. */
export function lastUsed(iso: string | null, t: Words<'oauth'>, format: Format): string {
  return iso === null ? t('connections.never') : t('connections.last', { when: format.time(iso) })
}

/** The apps of others that may use the account. */
export function ConnectionsCard() {
  const t = useTranslations('oauth')
  const connections = useQuery({ queryKey: CONNECTIONS_KEY, queryFn: api.oauth.connections })
  return (
    <Card>
      <CardHeader title={t('connections.title')} hint={t('connections.hint')} />
      {connections.isPending && <Skeleton className="h-20" />}
      {connections.isError && !connections.data && <Failure error={connections.error} again={() => connections.refetch()} />}
      {connections.data?.length === 0 && <p className="text-muted text-sm">{t('connections.none')}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {connections.data?.map((connection) => (
          <ConnectionRow key={connection.clientId} connection={connection} />
        ))}
      </ul>
    </Card>
  )
}

function ConnectionRow({ connection }: { connection: Connection }) {
  const format = useFormat()
  const t = useTranslations('oauth')
  const queries = useQueryClient()
  const toast = useToast()
  const { clientId, name, homepage, scopes, since, lastUsedAt } = connection
  const end = async () => {
    await api.oauth.disconnect(clientId)
    toast(t('connections.ended'), 'success')
    await queries.invalidateQueries({ queryKey: CONNECTIONS_KEY })
  }
  return (
    <li className="py-5 first:pt-0 last:pb-0">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="break-words font-medium">
            <q dir="auto">{name}</q>
          </p>
          <p className="text-muted text-sm">
            <a href={homepage} target="_blank" rel="noreferrer nofollow" className="break-all underline">
              {new URL(homepage).host}
            </a>
            {' · '}
            {t('connections.times', { since: format.date(since), last: lastUsed(lastUsedAt, t, format) })}
          </p>
        </div>
        <ConfirmDialog
          action={t('connections.end')}
          label={t('connections.endLabel', { name })}
          title={t('connections.endTitle', { name })}
          text={t('connections.endText')}
          run={end}
        />
      </div>
      <ScopeList scopes={scopes} />
    </li>
  )
}
