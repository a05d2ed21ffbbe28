import type { Address } from 'viem'
import local from './deployments/31337.json' with { type: 'json' }

export interface Token {
  /** Lower case; the zero address stands for the chain's own coin. */
  readonly address: Address
  readonly symbol: string
  readonly name: string
  readonly decimals: number
  /** Whether it takes ERC-2612 permits. */
  readonly permit: boolean
  /** Whether it takes ERC-3009 authorisations, which need no nonce of the owner's and no transaction. */
  readonly authorization: boolean
  /** Version in the token's own EIP-712 domain, for permits and authorisations; empty where it has neither. */
  readonly version: string
}

/** Where Fairhold lives on one chain. Addresses are in lower case. */
export interface Deployment {
  readonly chainId: number
  readonly escrow: Address
  readonly reputation: Address
  readonly tokens: readonly Token[]
  /** Where the marketplace anchors its audit log; not on every chain. */
  readonly auditAnchor?: Address
  /** No event of ours is in an earlier block. */
  readonly deployBlock: number
  /** The registry of DIDs' keys and delegates (ERC-1056), where there is one: did:ethr is read from it. */
  readonly didRegistry?: Address
  /** Permit2, where the escrow of this chain was deployed with one that is there. */
  readonly permit2?: Address
}

const known: ReadonlyMap<number, Deployment> = new Map([read(local)].map((one) => [one.chainId, one]))

/** Addresses of Fairhold's contracts on a chain. @throws UnknownChain where there are none. */
export function deploymentOf(chainId: number): Deployment {
  const deployment = known.get(chainId)
  if (deployment === undefined) throw new UnknownChain(chainId, [...known.keys()])
  return deployment
}

/** The token of a deployment that has this address (letter case does not matter), if any. */
export function tokenOf(deployment: Deployment, address: string): Token | undefined {
  return deployment.tokens.find((token) => token.address === address.toLowerCase())
}

type Stored<T> = { [K in keyof T]: T[K] extends Address | undefined ? string : T[K] }

function read(stored: Stored<Omit<Deployment, 'tokens'>> & { tokens: Stored<Token>[] }): Deployment {
  return {
    chainId: stored.chainId,
    escrow: addressOf(stored.escrow),
    reputation: addressOf(stored.reputation),
    tokens: stored.tokens.map((token) => ({ ...token, address: addressOf(token.address) })),
    ...(stored.auditAnchor !== undefined && { auditAnchor: addressOf(stored.auditAnchor) }),
    deployBlock: stored.deployBlock,
    ...(stored.didRegistry === undefined ? {} : { didRegistry: addressOf(stored.didRegistry) }),
    ...(stored.permit2 === undefined ? {} : { permit2: addressOf(stored.permit2) }),
  }
}

function addressOf(text: string): Address {
  if (!/^0x[0-9a-f]{40}$/.test(text)) throw new TypeError(`${text} is not an address in lower case`)
  return `0x${text.slice(2)}`
}

/** A chain that Fairhold is not deployed on. */
export class UnknownChain extends Error {
  override readonly name = 'UnknownChain'
  readonly chainId: number

  constructor(chainId: number, knownChains: readonly number[]) {
    super(`Fairhold is not deployed on chain ${chainId}; it is on ${knownChains.join(', ')}`)
    this.chainId = chainId
  }
}
