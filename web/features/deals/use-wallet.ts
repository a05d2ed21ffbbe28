'use client'

import { useMemo } from 'react'
import type { Address } from 'viem'
import { useRequireSession, useSession } from '@/features/identity/session'
import type { Session } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import { useWalletCode } from '@/lib/use-wallet-code'
import { WalletNotReady } from './problem'

const fits = (address: string, { wallets }: Session, as: string | undefined): boolean =>
  as === undefined ? wallets.includes(address.toLowerCase()) : address.toLowerCase() === as.toLowerCase()

/**
 * The wallet of the person who is signed in, and `ready()`, which resolves with its address once it can send. `as`: which of
 * the person's wallets it has to be, where that matters, as in a deal. `open()` loads the code of wallets, for what comes then.
 */
export const useWallet = (as?: string) => {
  const openWallet = useWalletCode()
  const { chainId } = useMarketConfig()
  const { session } = useSession()
  const requireSession = useRequireSession()

  return useMemo(() => {
    const ready = async (): Promise<Address | null> => {
      const current = await requireSession()
      if (!current) return null
      const { config, getConnection, switchChain } = await openWallet()
      if (as) {
        const { unlockLocalPerson } = await import('@/features/identity/sign-in')
        await unlockLocalPerson(config, as as Address)
      }
      const wallet = getConnection(config)
      if (!wallet.address) throw new WalletNotReady('no-wallet')
      if (!fits(wallet.address, current, as)) throw new WalletNotReady('other-account')
      if (wallet.chainId !== chainId) {
        await switchChain(config, { chainId }).catch((cause: unknown) => {
          throw new WalletNotReady('wrong-network', { cause })
        })
      }
      return wallet.address
    }
    return { address: session ? (session.address as Address) : null, ready, open: openWallet }
  }, [openWallet, chainId, session, requireSession, as])
}
