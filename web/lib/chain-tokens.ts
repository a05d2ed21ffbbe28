import type { Config } from '@fairhold/api/contract/meta'
import type { Address } from 'viem'

export type MarketConfig = Config

/** Stands for the chain's own coin. Written out: viem's would bring viem along. */
export const ZERO_ADDRESS: Address = '0x0000000000000000000000000000000000000000'

/** What the interface must know of a token to show and move amounts. */
export type TokenInfo = {
  address: Address
  symbol: string
  name: string
  decimals: number
  /** ERC-2612. */
  permit: boolean
  /** ERC-3009. */
  authorization: boolean
  /** Of its EIP-712 domain. */
  version: string
}

const NATIVE: TokenInfo = {
  address: ZERO_ADDRESS,
  symbol: 'ETH',
  name: 'Ether',
  decimals: 18,
  permit: false,
  authorization: false,
  version: '',
}

/** Tokens that offers may be priced in, the native coin first. */
export const tokensOf = (config: MarketConfig): TokenInfo[] => [
  NATIVE,
  ...config.tokens
    .filter((token) => token.address !== ZERO_ADDRESS)
    .map((token) => ({ ...token, address: token.address as Address })),
]

/** The token at `address`, or undefined for a token that this marketplace does not list. */
export const tokenOf = (config: MarketConfig, address: string): TokenInfo | undefined =>
  tokensOf(config).find((token) => token.address.toLowerCase() === address.toLowerCase())
