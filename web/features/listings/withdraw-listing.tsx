'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { type Problem, problemOf } from '@/features/deals/problem'
import { useWallet } from '@/features/deals/use-wallet'
import { api, type Listing } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import { Alert } from '@/ui/alert'
import { Button } from '@/ui/button'
import { useToast } from '@/ui/toast'

/** Takes a listing off the market by the seller's signature; who cannot sign just now can do it without. `edit` stands beside it. */
export function WithdrawListing({ listing, edit }: { listing: Listing; edit: ReactNode }) {
  const t = useTranslations('listing')
  const { withdraw, withdrawUnsigned, busy, problem } = useWithdraw(listing)
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {edit}
        <Button variant="secondary" loading={busy} onClick={withdraw}>
          {t('own.withdraw')}
        </Button>
      </div>
      <p className="mt-2 text-muted text-sm">{t('own.withdrawHint')}</p>
      {problem && (
        <Alert
          tone={problem.mild ? 'neutral' : 'danger'}
          title={problem.title}
          live
          className="mt-3"
          action={
            <Button size="sm" variant="secondary" disabled={busy} onClick={withdrawUnsigned}>
              {t('own.withdrawUnsigned')}
            </Button>
          }
        >
          {problem.whatToDo} {t('own.unsignedText')}
        </Alert>
      )}
    </>
  )
}

function useWithdraw(listing: Listing) {
  const t = useTranslations('listing')
  const market = useMarketConfig()
  const router = useRouter()
  const toast = useToast()
  const wallet = useWallet(listing.seller.address)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const run = async (word: () => Promise<Parameters<typeof api.listings.withdraw>[1] | undefined>) => {
    setBusy(true)
    setProblem(null)
    try {
      const signed = await word()
      if (signed === undefined) return
      await api.listings.withdraw(listing.id, signed)
      toast(t('own.withdrawn'), 'success')
      router.refresh()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  const sign = async () => {
    const account = await wallet.ready()
    if (!account) return undefined
    const [{ signWithdrawal }, { config }] = await Promise.all([import('./sign-withdrawal'), wallet.open()])
    return signWithdrawal({ config, market, account }, listing)
  }
  return { withdraw: () => run(sign), withdrawUnsigned: () => run(async () => null), busy, problem }
}
