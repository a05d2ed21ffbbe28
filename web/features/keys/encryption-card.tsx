'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Address } from 'viem'
import { problemOf } from '@/features/deals/problem'
import { useSession } from '@/features/identity/session'
import { Address as AddressText } from '@/ui/address'
import { Alert } from '@/ui/alert'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Dialog } from '@/ui/dialog'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import { PassphraseRefused, usePassphrase } from './passphrase-dialog'
import { type KeyAct, useKeys } from './use-keys'

const done = { create: 'created', open: 'opened', rotate: 'rotated', forget: 'forgotten' } as const
const failures = ['WrongPassphrase', 'KeyExists', 'KeyDiffers', 'CannotOpen'] as const

/** The key that private messages to the wallet are encrypted to: set up, unlock on this device, replace, remove. */
export function EncryptionCard() {
  const { session } = useSession()
  return session && <WalletKeys key={session.address} account={session.address as Address} />
}

function WalletKeys({ account }: { account: Address }) {
  const t = useTranslations('keys')
  const passphrase = usePassphrase()
  const { published, device, act } = useKeys(account, passphrase.ask)
  const toast = useToast()
  const [asking, setAsking] = useState<'rotate' | 'forget' | null>(null)
  const run = (what: KeyAct) => {
    setAsking(null)
    act.mutate(what, { onSuccess: () => toast(t(`done.${done[what]}`), 'success') })
  }
  const current = published.data?.current
  const isHere = current !== undefined && current !== null && (device.data ?? []).includes(current.sequence)
  const state = current ? (isHere ? 'here' : 'away') : 'none'
  const isLoading = published.isPending || device.isPending
  return (
    <Card>
      <CardHeader
        title={t('title')}
        hint={t('hint')}
        action={
          !isLoading &&
          current !== undefined && (
            <Badge tone={isHere ? 'success' : 'neutral'} className="shrink-0 whitespace-nowrap">
              {t(`badge.${state}`)}
            </Badge>
          )
        }
      />
      {isLoading && <Skeleton className="h-24" />}
      {published.isError && !published.data && <KeyFailure error={published.error} again={() => published.refetch()} />}
      {!isLoading && published.data && (
        <div className="flex flex-col gap-4">
          <p className="max-w-prose text-sm leading-relaxed">{t(`${state}.text`)}</p>
          {current && (
            <KeyFacts
              publicKey={current.publicKey}
              sequence={current.sequence}
              origin={current.origin}
              former={published.data.former.length}
            />
          )}
          <div className="flex flex-wrap gap-2">
            {state === 'none' && <Act what="create" label={t('none.action')} {...{ act, run }} />}
            {state === 'away' && <Act what="open" label={t('away.action')} {...{ act, run }} />}
            {state === 'here' && (
              <>
                <Button variant="secondary" loading={act.isPending} onClick={() => setAsking('rotate')}>
                  {t('here.rotate')}
                </Button>
                <Button variant="ghost" disabled={act.isPending} onClick={() => setAsking('forget')}>
                  {t('here.forget')}
                </Button>
              </>
            )}
          </div>
          {act.isPending && (
            <p role="status" className="text-muted text-sm">
              {t('working')}
            </p>
          )}
          {act.isError && <KeyFailure error={act.error} />}
          <p className="text-muted text-sm">{t('warning')}</p>
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
  const t = useTranslations('keys')
  return (
    <div className="rounded-xl bg-sunken p-4 text-sm">
      <p className="font-medium">{t('number', { sequence })}</p>
      <p className="mt-1 text-muted">
        {t(`origin.${origin}`)} {former > 0 && t('here.former', { many: former })}
      </p>
      <p className="mt-2 text-muted text-sm">
        {t('publicKey')}: <AddressText value={publicKey} label={t('copyPublicKey')} />
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
  const t = useTranslations('keys')
  const isRotate = what === 'rotate'
  return (
    <Dialog
      open={what !== null}
      onOpenChange={(open) => !open && onClose()}
      title={isRotate ? t('rotateTitle') : t('forgetTitle')}
      description={isRotate ? t('rotateText') : t('forgetText')}
    >
      <div className="mt-4 flex justify-end gap-2">
        <Button variant="secondary" onClick={onClose}>
          {t('keep')}
        </Button>
        <Button variant={isRotate ? 'primary' : 'danger'} onClick={() => what && onYes(what)}>
          {isRotate ? t('here.rotate') : t('here.forget')}
        </Button>
      </div>
    </Dialog>
  )
}

function KeyFailure({ error, again }: { error: unknown; again?: () => void }) {
  const t = useTranslations('keys')
  const frame = useTranslations('frame.error')
  if (error instanceof PassphraseRefused) return null
  const name = error instanceof Error ? error.name : ''
  const known = failures.find((one) => one === name)
  const { title, whatToDo } = known
    ? { title: t(`failures.${known}.title`), whatToDo: t(`failures.${known}.whatToDo`) }
    : problemOf(error)
  const action = again && (
    <Button size="sm" variant="secondary" onClick={again}>
      {frame('again')}
    </Button>
  )
  return (
    <Alert tone="danger" title={title} action={action} live>
      {whatToDo}
    </Alert>
  )
}
