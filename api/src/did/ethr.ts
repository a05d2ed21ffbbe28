import type { DIDDocument, DIDResolver } from 'did-resolver'
import { JsonRpcApiProvider, type JsonRpcError, type JsonRpcPayload, type JsonRpcResult, Network } from 'ethers'
import { getResolver } from 'ethr-did-resolver'
import type { PublicClient } from 'viem'

/** Requests to the node for one DID. A history takes two for each block it was changed in, so about 60 changes are read. */
const MAX_REQUESTS = 128
const DID_JSON = 'application/did+json'

export interface EthrOptions {
  chain: PublicClient
  chainId: number
  /** The ERC-1056 registry. */
  registry: string
  /** Wall clock, in milliseconds. */
  now: () => number
}

/**
 * Reads a did:ethr from the ERC-1056 registry (EIP-1056) as it stands at the chain's head. The library compares the end of a
 * key's validity with the wall clock, or with a block's time and then takes a key as valid in the second that it was revoked in.
 * Both let a revoked key live on where the chain's clock is ahead. So it is asked for the version of the head block and told a
 * time one second after the later of both clocks: a key counts while its validity is greater than now, as in the contract.
 * @throws Error where the node is away, or the history is longer than is read.
 */
export async function resolveEthr(did: string, address: string, options: EthrOptions): Promise<DIDDocument> {
  const head = await options.chain.getBlock()
  const at = BigInt(Math.max(Number(head.timestamp), Math.floor(options.now() / 1000)) + 1)
  const provider = new BoundedProvider(options, at)
  try {
    const { chainId, registry } = options
    // The library has the types of ethers' other build; what it calls is the same.
    const network = { chainId, registry, provider } as unknown as Parameters<typeof getResolver>[0]
    const { ethr } = getResolver(network) as { ethr: DIDResolver }
    const id = `0x${chainId.toString(16)}:${address}`
    const parsed = { did, didUrl: did, method: 'ethr', id, query: `versionId=${head.number}` }
    const result = await ethr(did, parsed, { resolve: noOther }, { accept: DID_JSON })
    if (result.didDocument === null) throw new Error(`the registry could not be read: ${result.didResolutionMetadata.message}`)
    return result.didDocument
  } finally {
    provider.destroy()
  }
}

const noOther = (): Promise<never> => Promise.reject(new Error('a did:ethr needs no other DID'))

/** ethers over our own connection to the node, for so many requests, with blocks that say the time we choose. */
class BoundedProvider extends JsonRpcApiProvider {
  readonly #chain: PublicClient
  readonly #at: bigint
  #requests = 0

  constructor({ chain, chainId }: EthrOptions, at: bigint) {
    const network = Network.from(chainId)
    super(network, { staticNetwork: network, batchMaxCount: 1, batchStallTime: 0, cacheTimeout: -1 })
    this.#chain = chain
    this.#at = at
    this._start()
  }

  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<(JsonRpcResult | JsonRpcError)[]> {
    return Promise.all([payload].flat().map((one) => this.#ask(one)))
  }

  async #ask({ id, method, params }: JsonRpcPayload): Promise<JsonRpcResult> {
    this.#requests += 1
    if (this.#requests > MAX_REQUESTS) throw new Error('the history of this DID is longer than is read')
    // The parameters are ethers' own.
    const result: unknown = await this.#chain.request({ method, params } as Parameters<PublicClient['request']>[0])
    if (method !== 'eth_getBlockByNumber' || result === null) return { id, result }
    return { id, result: { ...(result as object), timestamp: `0x${this.#at.toString(16)}` } }
  }
}
