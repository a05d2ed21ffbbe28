'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Address, Hex } from 'viem'
import { useWallet } from '@/features/deals/use-wallet'
import { api } from '@/lib/api'
import { useMarketConfig } from '@/lib/chain'
import type { WalletCode } from '@/lib/use-wallet-code'
import { browserKeys, forgetKeys, sequencesOn } from './key-store'
import type { KeychainOptions, KeyWallet } from './keychain'

/** An account whose code is only delegated to (EIP-7702) still signs with its own key. */
const DELEGATED = '0xef0100'

export type KeyAct = 'create' | 'open' | 'rotate' | 'forget'

/** The keys of one of the person's wallets: what the market publishes, which this device has, and what can be done with them. */
export function useKeys(account: Address, passphrase: KeychainOptions['passphrase']) {
  const { chainId } = useMarketConfig()
  const wallet = useWallet(account)
  const queries = useQueryClient()
  const publishedKey = ['encryption-keys', account]
  const deviceKey = ['device-keys', chainId, account]
  const published = useQuery({ queryKey: publishedKey, queryFn: () => api.encryption.keysOf(account) })
  const device = useQuery({ queryKey: deviceKey, queryFn: () => sequencesOn(browserKeys, { chainId, account }) })
  const act = useMutation({
    mutationFn: async (what: KeyAct) => {
      if (what === 'forget') return forgetKeys(browserKeys, { chainId, account })
      if (!(await wallet.ready())) return
      // Loaded when it is needed: few visits need it.
      const { createKey, openKeys, rotateKey } = await import('./keychain')
      const given = {
        wallet: keyWallet(await wallet.open(), account, chainId),
        api: api.encryption,
        store: browserKeys,
        passphrase,
        now: Date.now,
      }
      await { create: createKey, open: openKeys, rotate: rotateKey }[what](given)
    },
    onSettled: () => Promise.all([publishedKey, deviceKey].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
  return { published, device, act }
}

function keyWallet(
  { config, getBytecode, signMessage, signTypedData }: WalletCode,
  account: Address,
  chainId: number,
): KeyWallet {
  return {
    account,
    chainId,
    signMessage: (message) => signMessage(config, { account, message }),
    signTypedData: (data) => signTypedData(config, { account, ...data }),
    isContract: async () => {
      const code: Hex | undefined = await getBytecode(config, { address: account, chainId })
      return code !== undefined && code !== '0x' && !code.startsWith(DELEGATED)
    },
  }
}
