'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Address } from 'viem'
import type { Config, Connector } from 'wagmi'
import { problemOf } from '@/features/deals/problem'
import { useMarketConfig } from '@/lib/chain'
import { isRejection } from '@/lib/chain-errors'
import { useWalletCode } from '@/lib/use-wallet-code'
import { Alert } from '@/ui/alert'
import { Spinner } from '@/ui/spinner'
import type { SignInOptions, SignInStep } from './sign-in'

export type WalletProgress = { at: 'idle' } | { at: SignInStep; wallet: string } | { at: 'failed'; title: string; text: string }

/** Has a wallet do something in steps, and keeps what to show meanwhile and when it fails. */
export function useWalletPrompt(run: (config: Config, options: SignInOptions) => Promise<void>) {
  const t = useTranslations('identity')
  const openWallet = useWalletCode()
  const { chainId } = useMarketConfig()
  const [progress, setProgress] = useState<WalletProgress>({ at: 'idle' })
  const prompt = async (connector: Connector, person?: Address) => {
    try {
      const onStep = (at: SignInStep) => setProgress({ at, wallet: connector.name })
      onStep('connecting')
      const { config } = await openWallet()
      await run(config, { connector, chainId, onStep, ...(person ? { person } : {}) })
      setProgress({ at: 'idle' })
    } catch (error) {
      const { title, whatToDo } = problemOf(error)
      setProgress(
        isRejection(error)
          ? { at: 'failed', title: t('dialog.failedTitle'), text: t('dialog.rejected') }
          : { at: 'failed', title, text: whatToDo },
      )
    }
  }
  const busy = progress.at === 'connecting' || progress.at === 'signing'
  return { progress, busy, prompt, reset: () => setProgress({ at: 'idle' }) }
}

/** How far the wallet has come, or why it did not. */
export function WalletStatus({ progress }: { progress: WalletProgress }) {
  const t = useTranslations('identity')
  if (progress.at === 'idle') return null
  if (progress.at === 'failed') {
    return (
      <Alert tone="warning" title={progress.title} live>
        {progress.text}
      </Alert>
    )
  }
  return (
    <p role="status" className="flex items-center gap-2 text-sm">
      <Spinner /> {progress.at === 'connecting' ? t('dialog.connecting', { wallet: progress.wallet }) : t('dialog.signing')}
    </p>
  )
}
