'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useSession } from '@/features/identity/session'
import type { Words } from '@/i18n/words-of'
import { api, type SessionItem } from '@/lib/api'
import { faultAt } from '@/lib/faults'
import { useFormat } from '@/lib/use-format'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import { browserOf } from './browser-name'
import { Failure } from './failure'

const SESSIONS_KEY = ['sessions'] as const

/** Where the person is signed in, with the ways to end that. */
export function SessionsCard() {
  const t = useTranslations('settings')
  const sessions = useQuery({ queryKey: SESSIONS_KEY, queryFn: api.identity.sessions })
  const endAll = useEndAll()
  const everywhere = (
    <Button size="sm" variant="secondary" loading={endAll.isPending} onClick={() => endAll.mutate()}>
      {t('sessions.everywhere')}
    </Button>
  )
  return (
    <Card>
      <CardHeader title={t('sessions.title')} hint={t('sessions.hint')} action={everywhere} />
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
  const format = useFormat()
  const t = useTranslations('settings')
  const queries = useQueryClient()
  const { reloadSession } = useSession()
  const [naming, setNaming] = useState(false)
  const end = useMutation({
    mutationFn: () => api.identity.endSession(session.id),
    onSuccess: () => (session.current ? reloadSession() : queries.invalidateQueries({ queryKey: SESSIONS_KEY })),
  })
  const name = session.name || browserName(session.userAgent, t)
  return (
    <li className="py-4 first:pt-0">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {name}
            {session.current && <Badge tone="success">{t('sessions.current')}</Badge>}
          </p>
          <p className="mt-1 text-muted text-sm">
            {t('sessions.times', { from: format.time(session.createdAt), last: format.time(session.seenAt) })}
          </p>
        </div>
        <div className="flex gap-2">
          <Button size="sm" variant="ghost" aria-label={t('sessions.renameLabel', { name })} onClick={() => setNaming(true)}>
            {t('sessions.rename')}
          </Button>
          <Button
            size="sm"
            variant="secondary"
            aria-label={t('sessions.endLabel', { name })}
            loading={end.isPending}
            onClick={() => end.mutate()}
          >
            {t('sessions.end')}
          </Button>
        </div>
      </div>
      {end.isError && <Failure error={end.error} />}
      <NameDialog key={session.name} session={session} open={naming} onClose={() => setNaming(false)} />
    </li>
  )
}

function NameDialog({ session, open, onClose }: { session: SessionItem; open: boolean; onClose: () => void }) {
  const t = useTranslations('settings')
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
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={t('sessions.renameTitle')}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-5">
        <Field label={t('sessions.name')} hint={t('sessions.nameHint')} error={faultAt(save.error, 'name')}>
          <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </Field>
        {save.isError && <Failure error={save.error} fields={['name']} />}
        <Button type="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  )
}

function useEndAll() {
  const t = useTranslations('settings')
  const { reloadSession } = useSession()
  const toast = useToast()
  return useMutation({
    mutationFn: api.identity.endSessions,
    onSuccess: async ({ ended }) => {
      toast(t('sessions.ended', { count: ended }))
      await reloadSession()
    },
  })
}

function browserName(userAgent: string, t: Words<'settings'>): string {
  const { browser, system } = browserOf(userAgent)
  if (!browser) return t('sessions.program')
  return system ? t('sessions.browserOn', { browser, system }) : browser
}
