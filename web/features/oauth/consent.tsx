'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useSession } from '@/features/identity/session'
import { useStepUp } from '@/features/identity/step-up'
import { Failure } from '@/features/settings/failure'
import { api, type ConsentRequest, type Session } from '@/lib/api'
import { shortHex } from '@/lib/format'
import { isolated } from '@/lib/isolated'
import { useFormat } from '@/lib/use-format'
import { Alert } from '@/ui/alert'
import { Avatar } from '@/ui/avatar'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import Link from '@/ui/link'
import { Spinner } from '@/ui/spinner'
import { OauthProblemView } from './problem-view'
import { ScopeList } from './scope-list'

/** Who asks, for what, and the two ways to answer. Everything that the app says of itself is shown as its own words. */
export function Consent({ uid, initial }: { uid: string; initial: ConsentRequest | null }) {
  const t = useTranslations('oauth')
  const { session } = useSession()
  const request = useQuery({
    queryKey: ['oauth-request', uid, session?.id ?? null],
    queryFn: () => api.oauth.request(uid),
    initialData: initial,
  })
  if (!request.data) return <OauthProblemView why="expired" />
  return (
    <Card className="flex flex-col gap-6">
      <WhoAsks client={request.data.client} />
      <section aria-labelledby="could">
        <h2 id="could" className="mb-3 font-semibold">
          {t('consent.could')}
        </h2>
        {request.data.scopes.length === 0 ? <p>{t('consent.nothing')}</p> : <ScopeList scopes={request.data.scopes} />}
        <p className="mt-4 text-muted text-sm">{t('consent.never')}</p>
      </section>
      {session ? <Decision uid={uid} request={request.data} session={session} /> : <SignInFirst />}
    </Card>
  )
}

function WhoAsks({ client }: { client: ConsentRequest['client'] }) {
  const format = useFormat()
  const t = useTranslations('oauth')
  const { address, name } = client.registeredBy
  const owner = isolated(name) || (address ? shortHex(address) : t('consent.nobody'))
  return (
    <header className="flex flex-col gap-4">
      <div>
        <h1 className="break-words font-semibold text-2xl tracking-tight">
          <q dir="auto">{client.name}</q> {t('consent.asks')}
        </h1>
        <p className="mt-1 text-muted text-sm">{t('consent.chosen')}</p>
      </div>
      <p className="text-sm">
        {address ? (
          <Link href={`/people/${address}`} target="_blank" className="font-medium underline">
            {t('consent.by', { name: owner })}
          </Link>
        ) : (
          t('consent.by', { name: owner })
        )}{' '}
        {t('consent.since', { day: format.date(client.registeredAt) })}
        <br />
        {t('consent.homepage')}:{' '}
        <a href={client.homepage} target="_blank" rel="noreferrer nofollow" className="break-all underline">
          {new URL(client.homepage).host}
        </a>
      </p>
      <div className="rounded-xl border border-line-strong bg-sunken p-4">
        <p className="text-muted text-sm">{t('consent.sentTo')}</p>
        <p className="break-all font-mono font-semibold text-lg">{client.redirectHost}</p>
        <p className="mt-1 text-sm">{t('consent.check')}</p>
      </div>
    </header>
  )
}

function SignInFirst() {
  const t = useTranslations('oauth')
  const { openSignIn } = useSession()
  return (
    <div className="flex flex-col gap-3 border-line border-t pt-5">
      <p className="text-muted text-sm">{t('consent.signInHint')}</p>
      <Button block onClick={openSignIn}>
        {t('consent.signIn')}
      </Button>
    </div>
  )
}

function Decision({ uid, request, session }: { uid: string; request: ConsentRequest; session: Session }) {
  const t = useTranslations('oauth')
  const stepUp = useStepUp()
  const { openSignIn } = useSession()
  const decide = useMutation({
    mutationFn: (allow: boolean) => stepUp(() => api.oauth.decide(uid, allow)),
    onSuccess: ({ location }) => window.location.assign(location),
  })
  const busy = decide.isPending || decide.isSuccess
  return (
    <div className="flex flex-col gap-4 border-line border-t pt-5">
      <div className="flex items-center gap-3">
        <Avatar address={session.address} name={session.name} size="sm" />
        <p className="min-w-0 flex-1 text-sm">
          {t('consent.as')} <span className="font-medium">{session.name || shortHex(session.address)}</span>{' '}
          <span className="whitespace-nowrap font-mono text-muted text-xs">{shortHex(session.address)}</span>
        </p>
        <Button size="sm" variant="ghost" disabled={busy} onClick={openSignIn}>
          {t('consent.other')}
        </Button>
      </div>
      {request.proofNeeded && <Alert tone="info">{t('consent.proof')}</Alert>}
      {decide.isError && <Failure error={decide.error} />}
      <div className="grid gap-3 sm:grid-cols-2">
        <Button variant="secondary" disabled={busy} onClick={() => decide.mutate(false)}>
          {t('consent.refuse')}
        </Button>
        <Button disabled={busy} onClick={() => decide.mutate(true)}>
          {t('consent.allow')}
        </Button>
      </div>
      {decide.isSuccess && (
        <p role="status" className="flex items-center gap-2 text-sm">
          <Spinner /> {t('consent.leaving', { host: request.client.redirectHost })}
        </p>
      )}
      <p className="text-muted text-sm">
        {t('consent.end')}{' '}
        <Link href="/settings/apps" target="_blank" className="underline">
          {t('consent.endLink')}
        </Link>
        .
      </p>
    </div>
  )
}
