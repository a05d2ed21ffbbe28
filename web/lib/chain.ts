'use client'

import { createContext, createElement, type ReactNode, useContext } from 'react'
import { type Chain, defineChain } from 'viem'
import type { MarketConfig } from './chain-tokens'

export { type MarketConfig, type TokenInfo, tokenOf, tokensOf } from './chain-tokens'

/** The viem chain that the marketplace runs on, made from what `GET /v1/config` answers. */
export const chainOf = (config: MarketConfig): Chain =>
  defineChain({
    id: config.chainId,
    name: config.chainName,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [config.rpcUrl] } },
    testnet: config.devChain,
  })

const MarketConfigContext = createContext<MarketConfig | null>(null)

type MarketConfigProviderProps = { config: MarketConfig; children: ReactNode }

/** Hands the marketplace's configuration to every client component below. */
export const MarketConfigProvider = ({ config, children }: MarketConfigProviderProps) =>
  createElement(MarketConfigContext.Provider, { value: config }, children)

/** The marketplace's configuration. Throws outside `Providers`. */
export const useMarketConfig = (): MarketConfig => {
  const config = useContext(MarketConfigContext)
  if (!config) throw new Error('useMarketConfig needs Providers above it')
  return config
}
