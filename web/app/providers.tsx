'use client'

import { type ReactNode, useEffect } from 'react'
import { SessionProvider } from '@/features/identity/session'
import { StepUpProvider } from '@/features/identity/step-up'
import { tellZone } from '@/i18n/zone'
import type { Session } from '@/lib/api'
import { type MarketConfig, MarketConfigProvider } from '@/lib/chain'
import { loadProblemWords } from '@/lib/problem-words'
import { ToastProvider } from '@/ui/toast'

/**
 * All that client components lean on everywhere: the market's configuration, the session. What is heavy is not here:
 * wallets load when they are needed (lib/use-wallet-code.ts), and pages with a cache of queries wrap themselves (lib/queries.tsx).
 */
export function Providers({ config, session, children }: { config: MarketConfig; session: Session | null; children: ReactNode }) {
  useEffect(() => {
    tellZone()
    const load = () => void loadProblemWords()
    window.addEventListener('pointerdown', load, { once: true })
    window.addEventListener('keydown', load, { once: true })
    window.addEventListener('focusin', () => void import('@/lib/keep-focus').then(({ keepFocus }) => keepFocus()), { once: true })
  }, [])
  return (
    <MarketConfigProvider config={config}>
      <ToastProvider>
        <SessionProvider initial={session}>
          <StepUpProvider>{children}</StepUpProvider>
        </SessionProvider>
      </ToastProvider>
    </MarketConfigProvider>
  )
}
