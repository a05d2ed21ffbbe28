import { type Config, createConfig, http } from 'wagmi'
import { localWallet } from '@/features/identity/local-wallet'
import { chainOf, type MarketConfig } from './chain'

const DEV_POLLING_MS = 400 // the local node mines at once
const POLLING_MS = 4_000

/** wagmi's configuration: wallets announced by EIP-6963, and the local wallet on the development chain. */
export const createWagmiConfig = (config: MarketConfig): Config => {
  const chain = chainOf(config)
  return createConfig({
    chains: [chain],
    connectors: config.devChain ? [localWallet({ rpcUrl: config.rpcUrl })] : [],
    transports: { [chain.id]: http(config.rpcUrl) },
    pollingInterval: config.devChain ? DEV_POLLING_MS : POLLING_MS,
    multiInjectedProviderDiscovery: true,
    ssr: true,
  })
}
