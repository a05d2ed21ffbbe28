'use client'

import { createContext, createElement, type ReactNode, useContext } from 'react'
import type { MarketConfig } from './chain-tokens'

export { type MarketConfig, type TokenInfo, tokenOf, tokensOf, ZERO_ADDRESS } from './chain-tokens'

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
