'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Failure } from '@/features/settings/failure'
import { api, type Connection } from '@/lib/api'
import { dateOf, dateTime } from '@/lib/format'
import { Card, CardHeader } from '@/ui/card'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import { ConfirmDialog } from './confirm-dialog'
import { oauthCopy } from './copy'
import { ScopeList } from './scope-list'

const copy = oauthCopy.connections
const CONNECTIONS_KEY = ['oauth-connections'] as const

/** When something was last used, in words. */
export function lastUsed(iso: string | null): string {
  return iso === null ? copy.never : copy.last(dateTime(Date.parse(iso) / 1000))
}

/** The apps of others that may use the account. */
export function ConnectionsCard() {
  const connections = useQuery({ queryKey: CONNECTIONS_KEY, queryFn: api.oauth.connections })
  return (
    <Card>
      <CardHeader title={copy.title} hint={copy.hint} />
      {connections.isPending && <Skeleton className="h-20" />}
      {connections.isError && !connections.data && <Failure error={connections.error} again={() => connections.refetch()} />}
      {connections.data?.length === 0 && <p className="text-muted text-sm">{copy.none}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {connections.data?.map((connection) => (
          <ConnectionRow key={connection.clientId} connection={connection} />
        ))}
      </ul>
    </Card>
  )
}

function ConnectionRow({ connection }: { connection: Connection }) {
  const queries = useQueryClient()
  const toast = useToast()
  const { clientId, name, homepage, scopes, since, lastUsedAt } = connection
  const end = async () => {
    await api.oauth.disconnect(clientId)
    toast(copy.ended, 'success')
    await queries.invalidateQueries({ queryKey: CONNECTIONS_KEY })
  }
  return (
    <li className="py-5 first:pt-0 last:pb-0">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="break-words font-medium">
            <q>{name}</q>
          </p>
          <p className="text-muted text-sm">
            <a href={homepage} target="_blank" rel="noreferrer nofollow" className="break-all underline">
              {new URL(homepage).host}
            </a>
            {' · '}
            {copy.times(dateOf(since), lastUsed(lastUsedAt))}
          </p>
        </div>
        <ConfirmDialog action={copy.end} label={copy.endLabel(name)} title={copy.endTitle(name)} text={copy.endText} run={end} />
      </div>
      <ScopeList scopes={scopes} />
    </li>
  )
}
