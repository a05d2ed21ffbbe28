'use client'

import { useEffect, useState } from 'react'
import type { Connector } from 'wagmi'
import { useWalletCode } from '@/lib/use-wallet-code'

/** The wallets of this browser, as they announce themselves; null until the code of wallets is here. */
export function useConnectors(): readonly Connector[] | null {
  const openWallet = useWalletCode()
  const [connectors, setConnectors] = useState<readonly Connector[] | null>(null)
  useEffect(() => {
    let stop: (() => void) | undefined
    let gone = false
    openWallet()
      .then(({ config, getConnectors, watchConnectors }) => {
        if (gone) return
        setConnectors(getConnectors(config))
        stop = watchConnectors(config, { onChange: setConnectors })
      })
      .catch(() => setConnectors([]))
    return () => {
      gone = true
      stop?.()
    }
  }, [openWallet])
  return connectors
}
