'use client'

import { useState } from 'react'
import type { Address } from 'viem'
import { problemOf } from '@/features/deals/problem'
import { useSession } from '@/features/identity/session'
import { Alert } from '@/ui/alert'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Dialog } from '@/ui/dialog'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import { keysCopy as copy } from './copy'
import { PassphraseRefused, usePassphrase } from './passphrase-dialog'
import { type KeyAct, useKeys } from './use-keys'

const done = { create: copy.done.created, open: copy.done.opened, rotate: copy.done.rotated, forget: copy.done.forgotten }

/** The key that private messages to the wallet are encrypted to: set up, unlock on this device, replace, remove. */
export function EncryptionCard() {
  const { session } = useSession()
  return session && <WalletKeys key={session.address} account={session.address as Address} />
}

function WalletKeys({ account }: { account: Address }) {
  const passphrase = usePassphrase()
  const { published, device, act } = useKeys(account, passphrase.ask)
  const toast = useToast()
  const [asking, setAsking] = useState<'rotate' | 'forget' | null>(null)
  const run = (what: KeyAct) => {
    setAsking(null)
    act.mutate(what, { onSuccess: () => toast(done[what], 'success') })
  }
  const current = published.data?.current
  const isHere = current !== undefined && current !== null && (device.data ?? []).includes(current.sequence)
  const state = current ? (isHere ? 'here' : 'away') : 'none'
  const isLoading = published.isPending || device.isPending
  return (
    <Card>
      <CardHeader
        title={copy.title}
        hint={copy.hint}
        action={!isLoading && current !== undefined && <Badge tone={isHere ? 'success' : 'neutral'}>{copy.badge[state]}</Badge>}
      />
      {isLoading && <Skeleton className="h-24" />}
      {published.isError && !published.data && <KeyFailure error={published.error} again={() => published.refetch()} />}
      {!isLoading && published.data && (
        <div className="flex flex-col gap-4">
          <p className="max-w-prose text-sm leading-relaxed">{copy[state].text}</p>
          {current && (
            <KeyFacts
              publicKey={current.publicKey}
              sequence={current.sequence}
              origin={current.origin}
              former={published.data.former.length}
            />
          )}
          <div className="flex flex-wrap gap-2">
            {state === 'none' && <Act what="create" label={copy.none.action} {...{ act, run }} />}
            {state === 'away' && <Act what="open" label={copy.away.action} {...{ act, run }} />}
            {state === 'here' && (
              <>
                <Button variant="secondary" loading={act.isPending} onClick={() => setAsking('rotate')}>
                  {copy.here.rotate}
                </Button>
                <Button variant="ghost" disabled={act.isPending} onClick={() => setAsking('forget')}>
                  {copy.here.forget}
                </Button>
              </>
            )}
          </div>
          {act.isPending && (
            <p role="status" className="text-muted text-sm">
              {copy.working}
            </p>
          )}
          {act.isError && <KeyFailure error={act.error} />}
          <p className="text-muted text-sm">{copy.warning}</p>
        </div>
      )}
      <Confirm what={asking} onClose={() => setAsking(null)} onYes={run} />
      {passphrase.dialog}
    </Card>
  )
}

interface ActProps {
  what: KeyAct
  label: string
  act: { isPending: boolean }
  run: (what: KeyAct) => void
}

function Act({ what, label, act, run }: ActProps) {
  return (
    <Button loading={act.isPending} onClick={() => run(what)}>
      {label}
    </Button>
  )
}

interface KeyFactsProps {
  publicKey: string
  sequence: number
  origin: 'signature' | 'random'
  former: number
}

function KeyFacts({ publicKey, sequence, origin, former }: KeyFactsProps) {
  return (
    <div className="rounded-xl bg-sunken p-4 text-sm">
      <p className="font-medium">{copy.number(sequence)}</p>
      <p className="mt-1 text-muted">
        {copy.origin[origin]} {former > 0 && copy.here.former(former)}
      </p>
      <p className="mt-2 break-all text-muted text-xs">
        {copy.publicKey}: <span className="font-mono">{publicKey}</span>
      </p>
    </div>
  )
}

function Confirm({
  what,
  onClose,
  onYes,
}: {
  what: 'rotate' | 'forget' | null
  onClose: () => void
  onYes: (what: KeyAct) => void
}) {
  const isRotate = what === 'rotate'
  return (
    <Dialog
      open={what !== null}
      onOpenChange={(open) => !open && onClose()}
      title={isRotate ? copy.rotateTitle : copy.forgetTitle}
      description={isRotate ? copy.rotateText : copy.forgetText}
    >
      <div className="mt-4 flex justify-end gap-2">
        <Button variant="secondary" onClick={onClose}>
          {copy.keep}
        </Button>
        <Button variant={isRotate ? 'primary' : 'danger'} onClick={() => what && onYes(what)}>
          {isRotate ? copy.here.rotate : copy.here.forget}
        </Button>
      </div>
    </Dialog>
  )
}

function KeyFailure({ error, again }: { error: unknown; again?: () => void }) {
  if (error instanceof PassphraseRefused) return null
  const name = error instanceof Error ? error.name : ''
  const { title, whatToDo } = name in copy.failures ? copy.failures[name as keyof typeof copy.failures] : problemOf(error)
  const action = again && (
    <Button size="sm" variant="secondary" onClick={again}>
      {copy.again}
    </Button>
  )
  return (
    <Alert tone="danger" title={title} action={action} live>
      {whatToDo}
    </Alert>
  )
}
