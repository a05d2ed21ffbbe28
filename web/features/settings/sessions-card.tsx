'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useSession } from '@/features/identity/session'
import { api, type SessionItem } from '@/lib/api'
import { dateTime } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import { browserName } from './browser-name'
import { settingsCopy } from './copy'
import { Failure } from './failure'

const copy = settingsCopy.sessions
const SESSIONS_KEY = ['sessions'] as const

/** Where the person is signed in, with the ways to end that. */
export function SessionsCard() {
  const sessions = useQuery({ queryKey: SESSIONS_KEY, queryFn: api.identity.sessions })
  const endAll = useEndAll()
  const everywhere = (
    <Button size="sm" variant="secondary" loading={endAll.isPending} onClick={() => endAll.mutate()}>
      {copy.everywhere}
    </Button>
  )
  return (
    <Card>
      <CardHeader title={copy.title} hint={copy.hint} action={everywhere} />
      {sessions.isPending && <Skeleton className="h-28" />}
      {sessions.isError && !sessions.data && <Failure error={sessions.error} again={() => sessions.refetch()} />}
      {endAll.isError && <Failure error={endAll.error} />}
      <ul className="flex flex-col divide-y divide-line">
        {sessions.data?.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </Card>
  )
}

function SessionRow({ session }: { session: SessionItem }) {
  const queries = useQueryClient()
  const { reloadSession } = useSession()
  const [naming, setNaming] = useState(false)
  const end = useMutation({
    mutationFn: () => api.identity.endSession(session.id),
    onSuccess: () => (session.current ? reloadSession() : queries.invalidateQueries({ queryKey: SESSIONS_KEY })),
  })
  const name = session.name || browserName(session.userAgent)
  return (
    <li className="py-4 first:pt-0">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {name}
            {session.current && <Badge tone="success">{copy.current}</Badge>}
          </p>
          <p className="mt-1 text-muted text-sm">{copy.times(timeOf(session.createdAt), timeOf(session.seenAt))}</p>
        </div>
        <div className="flex gap-2">
          <Button size="sm" variant="ghost" aria-label={copy.renameLabel(name)} onClick={() => setNaming(true)}>
            {copy.rename}
          </Button>
          <Button
            size="sm"
            variant="secondary"
            aria-label={copy.endLabel(name)}
            loading={end.isPending}
            onClick={() => end.mutate()}
          >
            {copy.end}
          </Button>
        </div>
      </div>
      {end.isError && <Failure error={end.error} />}
      <NameDialog key={session.name} session={session} open={naming} onClose={() => setNaming(false)} />
    </li>
  )
}

function NameDialog({ session, open, onClose }: { session: SessionItem; open: boolean; onClose: () => void }) {
  const queries = useQueryClient()
  const [name, setName] = useState(session.name)
  const save = useMutation({
    mutationFn: () => api.identity.nameSession(session.id, name.trim()),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: SESSIONS_KEY })
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={copy.renameTitle}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        <Field label={copy.name} hint={copy.nameHint}>
          <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </Field>
        {save.isError && <Failure error={save.error} />}
        <Button type="submit" loading={save.isPending}>
          {settingsCopy.save}
        </Button>
      </form>
    </Dialog>
  )
}

function useEndAll() {
  const { reloadSession } = useSession()
  const toast = useToast()
  return useMutation({
    mutationFn: api.identity.endSessions,
    onSuccess: async ({ ended }) => {
      toast(copy.ended(ended))
      await reloadSession()
    },
  })
}

function timeOf(iso: string): string {
  return dateTime(Date.parse(iso) / 1000)
}
