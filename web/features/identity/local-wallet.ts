import {
  type Address,
  type EIP1193RequestFn,
  getAddress,
  type Hex,
  type LocalAccount,
  numberToHex,
  RpcRequestError,
  type SignTypedDataParameters,
  SwitchChainError,
} from 'viem'
import { rpc } from 'viem/utils'
import { createConnector } from 'wagmi'

/** Id of the connector: the sign-in dialog and the account menu look it up by this. */
export const LOCAL_WALLET_ID = 'fairhold-local'
const STORED_PERSON = 'fairhold.local-wallet.person'

type TransactionParams = { to?: Address; data?: Hex; value?: Hex; gas?: Hex }
type RpcRequest = { method: string; params?: unknown }

/** Remembers which development person the local wallet signs for; `null` locks the wallet. */
export const chooseLocalPerson = (address: Address | null): void => {
  if (address === null) window.localStorage.removeItem(STORED_PERSON)
  else window.localStorage.setItem(STORED_PERSON, address.toLowerCase())
}

const chosenPerson = (): string | null => (typeof window === 'undefined' ? null : window.localStorage.getItem(STORED_PERSON))

/** The development keys are loaded only when the local wallet signs, so other chains never download them. */
const loadAccount = async (chosen = chosenPerson()): Promise<LocalAccount> => {
  const [{ devAccounts }, { privateKeyToAccount }] = await Promise.all([
    import('@fairhold/protocol/dev-accounts'),
    import('viem/accounts'),
  ])
  const person = devAccounts.find((candidate) => candidate.address.toLowerCase() === chosen)
  if (!person) throw new Error('No person is chosen in the local wallet')
  return privateKeyToAccount(person.privateKey)
}

/** Signs a message in words as one of the development people, whoever the wallet is unlocked for. */
export const signAsLocalPerson = async (address: Address, message: string): Promise<Hex> => {
  const account = await loadAccount(address.toLowerCase())
  if (!account.signMessage) throw new Error('This account signs no messages')
  return account.signMessage({ message })
}

const forward = async (url: string, body: RpcRequest): Promise<unknown> => {
  const answer = await rpc.http(url, { body })
  if (answer.error) throw new RpcRequestError({ body, error: answer.error, url })
  return answer.result
}

const sendTransaction = async (url: string, params: TransactionParams): Promise<Hex> => {
  const account = await loadAccount()
  const { createWalletClient, http, defineChain } = await import('viem')
  const chainId = Number(await forward(url, { method: 'eth_chainId' }))
  const chain = defineChain({
    id: chainId,
    name: 'Local chain',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  })
  const client = createWalletClient({ account, chain, transport: http(url) })
  return client.sendTransaction({
    to: params.to,
    data: params.data,
    value: params.value === undefined ? undefined : BigInt(params.value),
    gas: params.gas === undefined ? undefined : BigInt(params.gas),
  })
}

/** An EIP-1193 provider that signs with a development key and hands every other request to the RPC. */
const providerOf = (url: string, chainId: number): { request: EIP1193RequestFn } => {
  const request = async ({ method, params }: RpcRequest): Promise<unknown> => {
    const list = Array.isArray(params) ? params : []
    switch (method) {
      case 'eth_chainId':
        return numberToHex(chainId)
      case 'eth_accounts':
      case 'eth_requestAccounts':
        return [(await loadAccount()).address]
      case 'personal_sign':
        return (await loadAccount()).signMessage({ message: { raw: list[0] as Hex } })
      case 'eth_signTypedData_v4':
        return (await loadAccount()).signTypedData(JSON.parse(list[1] as string) as SignTypedDataParameters)
      case 'eth_sendTransaction':
        return sendTransaction(url, list[0] as TransactionParams)
      default:
        return forward(url, { method, params })
    }
  }
  return { request: request as EIP1193RequestFn }
}

/**
 * A wagmi connector for the development chain. Signatures are real ones, made in the browser with the
 * well-known keys of `@fairhold/protocol/dev-accounts`; never use it with real money.
 */
export const localWallet = ({ rpcUrl }: { rpcUrl: string }) =>
  createConnector((config) => {
    const chain = config.chains[0]
    const provider = providerOf(rpcUrl, chain.id)
    const accounts = async (): Promise<readonly Address[]> => [getAddress((await loadAccount()).address)]
    return {
      id: LOCAL_WALLET_ID,
      name: 'Local wallet',
      type: 'local',
      async connect() {
        return { accounts: (await accounts()) as never, chainId: chain.id }
      },
      async disconnect() {
        chooseLocalPerson(null)
      },
      getAccounts: accounts,
      async getChainId() {
        return chain.id
      },
      async getProvider() {
        return provider
      },
      async isAuthorized() {
        return chosenPerson() !== null
      },
      async switchChain({ chainId }) {
        if (chainId !== chain.id) throw new SwitchChainError(new Error('The local wallet knows one chain only'))
        return chain
      },
      onAccountsChanged(list) {
        config.emitter.emit('change', { accounts: list.map((address) => getAddress(address)) })
      },
      onChainChanged() {},
      onDisconnect() {
        config.emitter.emit('disconnect')
      },
    }
  })
