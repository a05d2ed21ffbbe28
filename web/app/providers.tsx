'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { SessionProvider } from '@/features/identity/session'
import { StepUpProvider } from '@/features/identity/step-up'
import type { Session } from '@/lib/api'
import { type MarketConfig, MarketConfigProvider } from '@/lib/chain'
import { LiveProvider } from '@/lib/live'
import { ToastProvider } from '@/ui/toast'

/** All that client components lean on but wallets, which load when they are needed (lib/use-wallet-code.ts): the market's configuration, the query cache, live changes, the session. */
export function Providers({ config, session, children }: { config: MarketConfig; session: Session | null; children: ReactNode }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 5_000 } } }))
  return (
    <MarketConfigProvider config={config}>
      <QueryClientProvider client={queries}>
        <LiveProvider url={config.liveUrl}>
          <ToastProvider>
            <SessionProvider initial={session}>
              <StepUpProvider>{children}</StepUpProvider>
            </SessionProvider>
          </ToastProvider>
        </LiveProvider>
      </QueryClientProvider>
    </MarketConfigProvider>
  )
}
