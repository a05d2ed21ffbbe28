'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useSession } from '@/features/identity/session'
import { useStepUp } from '@/features/identity/step-up'
import { Failure } from '@/features/settings/failure'
import { api, type ConsentRequest, type Session } from '@/lib/api'
import { dateOf, shortHex } from '@/lib/format'
import { Alert } from '@/ui/alert'
import { Avatar } from '@/ui/avatar'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Spinner } from '@/ui/spinner'
import { oauthCopy } from './copy'
import { OauthProblemView } from './problem-view'
import { ScopeList } from './scope-list'

const copy = oauthCopy.consent

/** Who asks, for what, and the two ways to answer. Everything that the app says of itself is shown as its own words. */
export function Consent({ uid, initial }: { uid: string; initial: ConsentRequest | null }) {
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
          {copy.could}
        </h2>
        {request.data.scopes.length === 0 ? <p>{copy.nothing}</p> : <ScopeList scopes={request.data.scopes} />}
        <p className="mt-4 text-muted text-sm">{copy.never}</p>
      </section>
      {session ? <Decision uid={uid} request={request.data} session={session} /> : <SignInFirst />}
    </Card>
  )
}

function WhoAsks({ client }: { client: ConsentRequest['client'] }) {
  const { address, name } = client.registeredBy
  const owner = name || (address ? shortHex(address) : copy.nobody)
  return (
    <header className="flex flex-col gap-4">
      <div>
        <h1 className="break-words font-semibold text-2xl tracking-tight">
          <q>{client.name}</q> {copy.asks}
        </h1>
        <p className="mt-1 text-muted text-sm">{copy.chosen}</p>
      </div>
      <p className="text-sm">
        {address ? (
          <Link href={`/people/${address}`} target="_blank" className="font-medium underline">
            {copy.by(owner)}
          </Link>
        ) : (
          copy.by(owner)
        )}{' '}
        {copy.since(dateOf(client.registeredAt))}
        <br />
        {copy.homepage}:{' '}
        <a href={client.homepage} target="_blank" rel="noreferrer nofollow" className="break-all underline">
          {new URL(client.homepage).host}
        </a>
      </p>
      <div className="rounded-xl border border-line-strong bg-sunken p-4">
        <p className="text-muted text-sm">{copy.sentTo}</p>
        <p className="break-all font-mono font-semibold text-lg">{client.redirectHost}</p>
        <p className="mt-1 text-sm">{copy.check}</p>
      </div>
    </header>
  )
}

function SignInFirst() {
  const { openSignIn } = useSession()
  return (
    <div className="flex flex-col gap-3 border-line border-t pt-5">
      <p className="text-muted text-sm">{copy.signInHint}</p>
      <Button block onClick={openSignIn}>
        {copy.signIn}
      </Button>
    </div>
  )
}

function Decision({ uid, request, session }: { uid: string; request: ConsentRequest; session: Session }) {
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
          {copy.as} <span className="font-medium">{session.name || shortHex(session.address)}</span>{' '}
          <span className="whitespace-nowrap font-mono text-muted text-xs">{shortHex(session.address)}</span>
        </p>
        <Button size="sm" variant="ghost" disabled={busy} onClick={openSignIn}>
          {copy.other}
        </Button>
      </div>
      {request.proofNeeded && <Alert tone="info">{copy.proof}</Alert>}
      {decide.isError && <Failure error={decide.error} />}
      <div className="grid gap-3 sm:grid-cols-2">
        <Button variant="secondary" disabled={busy} onClick={() => decide.mutate(false)}>
          {copy.refuse}
        </Button>
        <Button disabled={busy} onClick={() => decide.mutate(true)}>
          {copy.allow}
        </Button>
      </div>
      {decide.isSuccess && (
        <p role="status" className="flex items-center gap-2 text-sm">
          <Spinner /> {copy.leaving(request.client.redirectHost)}
        </p>
      )}
      <p className="text-muted text-sm">
        {copy.end}{' '}
        <Link href="/settings/apps" target="_blank" className="underline">
          {copy.endLink}
        </Link>
        .
      </p>
    </div>
  )
}
