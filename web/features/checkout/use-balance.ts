import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Address } from 'viem'
import { useWallet } from '@/features/deals/use-wallet'
import { useSession } from '@/features/identity/session'
import { type TokenInfo, useMarketConfig } from '@/lib/chain'

/**
 * What the wallet that would pay holds of the token: null while nobody is signed in, or it is not known. This loads the code of
 * wallets, which whoever is about to pay needs anyway.
 */
export function useBalance(token: TokenInfo): bigint | null {
  const market = useMarketConfig()
  const wallet = useWallet()
  const account = usePayer()
  const { data } = useQuery({
    queryKey: ['balance', token.address, account],
    queryFn: async () => {
      if (!account) return null
      const [{ balanceOf }, { config }] = await Promise.all([import('@/features/deals/pay'), wallet.open()])
      return balanceOf({ config, market, token, account })
    },
    enabled: account !== null,
  })
  return data ?? null
}

/** The connected wallet, if it is one of the person's: any of them may pay, whichever the session was opened with. */
function usePayer(): Address | null {
  const { session } = useSession()
  const { open } = useWallet()
  const [connected, setConnected] = useState<Address | null>(null)
  const isSignedIn = session !== null
  useEffect(() => {
    if (!isSignedIn) return
    let stop = () => {}
    let isGone = false
    const begin = async () => {
      const { config, getConnection } = await open()
      if (isGone) return
      const look = () => setConnected(getConnection(config).address ?? null)
      stop = config.subscribe((state) => state, look)
      look()
    }
    begin().catch(() => undefined) // without the code of wallets nothing can be said of what they hold
    return () => {
      isGone = true
      stop()
    }
  }, [isSignedIn, open])
  return connected && session?.wallets.includes(connected.toLowerCase()) ? connected : null
}
