'use client'

import { useCallback } from 'react'
import type { Config } from 'wagmi'
import { useMarketConfig } from './chain'
import type { MarketConfig } from './chain-tokens'

export type WalletCode = Omit<typeof import('./wallet-code'), 'openWallets'> & { config: Config }

let opened: Promise<WalletCode> | undefined

/** Loads the code of wallets and reconnects, once for the page however many ask. A failed download is tried again next time. */
function open(market: MarketConfig): Promise<WalletCode> {
  opened ??= import('./wallet-code')
    .then(async ({ openWallets, ...acts }) => ({ ...acts, config: await openWallets(market) }))
    .catch((error: unknown) => {
      opened = undefined
      throw error
    })
  return opened
}

/**
 * A function that resolves with wagmi's configuration and actions. Their 100 kB are loaded when it is first called, so call it
 * when somebody acts and not when a page appears: `const { config, signTypedData } = await openWallet()`. There is no WagmiProvider: who is
 * signed in is known from the session, and what a wallet shows is asked when it matters (`features/deals/use-wallet.ts`).
 */
export function useWalletCode(): () => Promise<WalletCode> {
  const market = useMarketConfig()
  return useCallback(() => open(market), [market])
}
