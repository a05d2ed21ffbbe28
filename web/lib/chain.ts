'use client'

import type { Config as MarketConfig } from '@fairhold/api/contract/meta'
import { createContext, createElement, type ReactNode, useContext } from 'react'
import { type Address, type Chain, defineChain, zeroAddress } from 'viem'

export type { MarketConfig }

/** What the interface must know of a token to show and move amounts. */
export type TokenInfo = { address: Address; symbol: string; name: string; decimals: number; permit: boolean }

const NATIVE: TokenInfo = { address: zeroAddress, symbol: 'ETH', name: 'Ether', decimals: 18, permit: false }

/** The viem chain that the marketplace runs on, made from what `GET /v1/config` answers. */
export const chainOf = (config: MarketConfig): Chain =>
  defineChain({
    id: config.chainId,
    name: config.devChain ? 'Local development chain' : `Chain ${config.chainId}`,
    nativeCurrency: { name: NATIVE.name, symbol: NATIVE.symbol, decimals: NATIVE.decimals },
    rpcUrls: { default: { http: [config.rpcUrl] } },
    testnet: config.devChain,
  })

/** Tokens that offers may be priced in, the native coin first. */
export const tokensOf = (config: MarketConfig): TokenInfo[] => [
  NATIVE,
  ...config.tokens
    .filter((token) => token.address !== zeroAddress)
    .map((token) => ({ ...token, address: token.address as Address, permit: token.permit ?? false })),
]

/** The token at `address`, or undefined for a token that this marketplace does not list. */
export const tokenOf = (config: MarketConfig, address: string): TokenInfo | undefined =>
  tokensOf(config).find((token) => token.address.toLowerCase() === address.toLowerCase())

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
