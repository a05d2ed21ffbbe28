import { explainContractError } from '@fairhold/protocol/errors'
import { defineChain } from 'viem'
import { type Config, createConfig, http } from 'wagmi'
import { reconnect } from 'wagmi/actions'
import { localWallet } from '@/features/identity/local-wallet'
import { explainChainErrorsWith } from './chain-errors'
import type { MarketConfig } from './chain-tokens'

export {
  connect,
  disconnect,
  getBalance,
  getBlock,
  getBytecode,
  getConnection,
  getConnectors,
  getPublicClient,
  readContract,
  sendTransaction,
  signMessage,
  signTypedData,
  switchChain,
  waitForTransactionReceipt,
  watchConnectors,
  writeContract,
} from 'wagmi/actions'

const DEV_POLLING_MS = 400 // the local node mines at once
const POLLING_MS = 4_000

/**
 * All that wallets take: wagmi, viem, the words for what the chain refuses. Large, so nothing imports this file but by `import()`,
 * in `use-wallet-code.ts`; what needs viem or an ABI at run time belongs into a module that is loaded like that too.
 *
 * Sets up wallets announced by EIP-6963, and the local wallet on the development chain, and brings the one of the last visit back.
 */
export async function openWallets(market: MarketConfig): Promise<Config> {
  explainChainErrorsWith(explainContractError)
  const chain = defineChain({
    id: market.chainId,
    name: market.chainName,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [market.rpcUrl] } },
    testnet: market.devChain,
  })
  const config = createConfig({
    chains: [chain],
    connectors: market.devChain ? [localWallet({ rpcUrl: market.rpcUrl })] : [],
    transports: { [chain.id]: http(market.rpcUrl) },
    pollingInterval: market.devChain ? DEV_POLLING_MS : POLLING_MS,
    multiInjectedProviderDiscovery: true,
  })
  await Promise.race([reconnect(config), new Promise((resolve) => setTimeout(resolve, RECONNECT_MS))])
  return config
}

const RECONNECT_MS = 5_000 // a wallet that does not answer must not keep the others waiting
