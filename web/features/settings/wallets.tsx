'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Address } from 'viem'
import { useSession } from '@/features/identity/session'
import { signWith } from '@/features/identity/sign-in'
import { useStepUp } from '@/features/identity/step-up'
import { WalletPicker } from '@/features/identity/wallet-picker'
import { useWalletPrompt, WalletStatus } from '@/features/identity/wallet-prompt'
import { api, type Wallet } from '@/lib/api'
import { useFormat } from '@/lib/use-format'
import { Address as AddressText } from '@/ui/address'
import { Badge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Card, CardHeader } from '@/ui/card'
import { Dialog } from '@/ui/dialog'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import { Credits } from './credits'
import { Failure } from './failure'

const WALLETS_KEY = ['wallets'] as const

/** The wallets that open the account, and what waits for them in the contract. */
export function Wallets() {
  const t = useTranslations('settings')
  const { session } = useSession()
  const wallets = useQuery({ queryKey: WALLETS_KEY, queryFn: api.identity.wallets })
  const [linking, setLinking] = useState(false)
  const link = <Button onClick={() => setLinking(true)}>{t('wallets.link')}</Button>
  return (
    <>
      <Card>
        <CardHeader title={t('wallets.title')} hint={t('wallets.hint')} action={link} />
        {wallets.isPending && <Skeleton className="h-28" />}
        {wallets.isError && !wallets.data && <Failure error={wallets.error} again={() => wallets.refetch()} />}
        <ul className="flex flex-col divide-y divide-line">
          {wallets.data?.map((wallet) => (
            <WalletRow key={`${wallet.chain}:${wallet.address}`} wallet={wallet} only={wallets.data.length === 1} />
          ))}
        </ul>
        {session && (
          <p className="mt-4 text-muted text-sm">
            {t('wallets.did')} <AddressText value={session.did} label={t('wallets.didCopy')} />
          </p>
        )}
      </Card>
      {session && <Credits account={session.address as Address} />}
      <LinkDialog open={linking} onClose={() => setLinking(false)} />
    </>
  )
}

function WalletRow({ wallet, only }: { wallet: Wallet; only: boolean }) {
  const format = useFormat()
  const t = useTranslations('settings')
  const { session } = useSession()
  const [asking, setAsking] = useState(false)
  const unlink = useUnlink(() => setAsking(false))
  const current = wallet.address === session?.address
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-4 first:pt-0">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-2">
          <AddressText value={wallet.address} />
          {current && <Badge tone="success">{t('wallets.current')}</Badge>}
          {wallet.identity && <Badge tone="info">{t('wallets.identity')}</Badge>}
          {wallet.kind === 'contract' && <Badge>{t('wallets.contract')}</Badge>}
        </div>
        <p className="mt-1 text-muted text-sm">{t('wallets.since', { day: format.date(wallet.linkedAt) })}</p>
      </div>
      {!only && (
        <Button size="sm" variant="secondary" onClick={() => setAsking(true)}>
          {t('wallets.unlink')}
        </Button>
      )}
      <Dialog open={asking} onOpenChange={setAsking} title={t('wallets.unlinkTitle')} description={t('wallets.unlinkText')}>
        {unlink.isError && <Failure error={unlink.error} />}
        <div className="mt-4 flex justify-end gap-2">
          <Button variant="secondary" onClick={() => setAsking(false)}>
            {t('keep')}
          </Button>
          <Button variant="danger" loading={unlink.isPending} onClick={() => unlink.mutate(wallet.address)}>
            {t('wallets.unlink')}
          </Button>
        </div>
      </Dialog>
    </li>
  )
}

function useUnlink(onDone: () => void) {
  const t = useTranslations('settings')
  const stepUp = useStepUp()
  const toast = useToast()
  const queries = useQueryClient()
  const { reloadSession } = useSession()
  return useMutation({
    mutationFn: (address: string) => stepUp(() => api.identity.unlinkWallet(address)),
    onSuccess: async () => {
      onDone()
      toast(t('wallets.unlinked'), 'success')
      await Promise.all([reloadSession(), queries.invalidateQueries({ queryKey: WALLETS_KEY })])
    },
  })
}

function LinkDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations('settings')
  const { session, reloadSession } = useSession()
  const stepUp = useStepUp()
  const toast = useToast()
  const queries = useQueryClient()
  const { progress, busy, prompt, reset } = useWalletPrompt(async (config, options) => {
    const linked = await stepUp(async () => api.identity.linkWallet(await signWith(config, 'link-wallet', options)))
    queries.setQueryData(WALLETS_KEY, linked)
    toast(t('wallets.linked'), 'success')
    close()
    await reloadSession()
  })
  const close = () => {
    reset()
    onClose()
  }
  const mine = session?.wallets ?? []
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title={t('wallets.linkTitle')}
      description={t('wallets.linkText')}
    >
      <div className="flex flex-col gap-6">
        <WalletStatus progress={progress} />
        <WalletPicker
          busy={busy}
          onPick={prompt}
          offers={({ address }) => !mine.includes(address.toLowerCase())}
          pickLabel={(name, role) => t('wallets.pick', { name, role })}
        />
      </div>
    </Dialog>
  )
}
