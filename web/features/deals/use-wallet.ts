'use client'

import { useMemo } from 'react'
import type { Address } from 'viem'
import { type Config, useConfig, useConnection } from 'wagmi'
import { getConnection, switchChain, watchConnection } from 'wagmi/actions'
import { useRequireSession, useSession } from '@/features/identity/session'
import { unlockLocalPerson } from '@/features/identity/sign-in'
import type { Session } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import { WalletNotReady } from './problem'

const RECONNECT_MS = 5_000

/** What stands between the person and a transaction. */
export type WalletStatus = 'signed-out' | 'connecting' | 'no-wallet' | 'other-account' | 'wrong-network' | 'ready'

const fits = (address: string, { wallets }: Session, as: string | undefined): boolean =>
  as === undefined ? wallets.includes(address.toLowerCase()) : address.toLowerCase() === as.toLowerCase()

/** After a reload the wallet comes back a moment later than the session does. */
const settled = (config: Config): Promise<void> =>
  new Promise((resolve) => {
    const pending = () => ['reconnecting', 'connecting'].includes(getConnection(config).status)
    if (!pending()) return resolve()
    const timer = setTimeout(() => finish(), RECONNECT_MS)
    const stop = watchConnection(config, { onChange: () => !pending() && finish() })
    const finish = () => {
      clearTimeout(timer)
      stop()
      resolve()
    }
  })

/**
 * The wallet of the person who is signed in, and `ready()`, which resolves with its address once it can send. `as`: which of
 * the person's wallets it has to be, where that matters, as in a deal.
 */
export const useWallet = (as?: string) => {
  const config = useConfig()
  const { chainId } = useMarketConfig()
  const { session, loading } = useSession()
  const requireSession = useRequireSession()
  const connection = useConnection()

  return useMemo(() => {
    const status = ((): WalletStatus => {
      if (loading) return 'connecting'
      if (!session) return 'signed-out'
      if (connection.status === 'connecting' || connection.status === 'reconnecting') return 'connecting'
      if (!connection.address) return 'no-wallet'
      if (!fits(connection.address, session, as)) return 'other-account'
      return connection.chainId === chainId ? 'ready' : 'wrong-network'
    })()

    const ready = async (): Promise<Address | null> => {
      const current = await requireSession()
      if (!current) return null
      await settled(config)
      if (as) await unlockLocalPerson(config, as as Address)
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
    return { status, address: session ? (session.address as Address) : null, ready }
  }, [config, chainId, session, loading, requireSession, connection, as])
}
