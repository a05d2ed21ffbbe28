import { z } from 'zod'
import { addressOut } from '../http/shapes.ts'

export const tokenShape = z.object({
  /** The zero address is the chain's own coin. */
  address: addressOut,
  symbol: z.string(),
  name: z.string(),
  decimals: z.number().int(),
  /** Whether it has ERC-2612 permits. */
  permit: z.boolean(),
  /** Whether it has ERC-3009 authorisations. */
  authorization: z.boolean(),
  /** Version in its EIP-712 domain. */
  version: z.string(),
})
export type Token = z.infer<typeof tokenShape>

/** What this copy of the marketplace runs on. */
export const configShape = z.object({
  chainId: z.number().int(),
  chainName: z.string(),
  escrow: addressOut,
  reputation: addressOut,
  tokens: z.array(tokenShape),
  arbiters: z.array(z.object({ address: addressOut, name: z.string(), feeBps: z.number().int() })),
  operator: addressOut,
  operatorFeeBps: z.number().int(),
  /** Where Permit2 is; null on a chain whose escrow has none. */
  permit2: addressOut.nullable(),
  /** Where a block explorer shows a transaction, with {hash} in its place; null where there is none. */
  explorer: z.string().nullable(),
  /** The account that publishes reviews; people name it in what they sign. */
  publisher: addressOut,
  defaults: z.object({
    shipSeconds: z.number().int(),
    deliverySeconds: z.number().int(),
    inspectionSeconds: z.number().int(),
    rulingSeconds: z.number().int(),
    silentAwardBps: z.number().int(),
    /** For a seller who allows instalments. */
    depositBps: z.number().int(),
    fundingSeconds: z.number().int(),
    expirySeconds: z.number().int(),
  }),
  /** The time the next block would have, in seconds. */
  chainNow: z.number().int(),
  /** True on a local chain, where the built-in wallet and skipping time are offered. */
  devChain: z.boolean(),
  rpcUrl: z.string(),
  /** True while what the chain says cannot be trusted to be shown right: the indexer has stopped, and a person has to look. */
  stopped: z.boolean(),
  /** Where the WebSocket of live changes is. */
  liveUrl: z.string(),
})
export type Config = z.infer<typeof configShape>

export const healthShape = z.object({ status: z.literal('ok') })
export const readyShape = z.object({
  status: z.enum(['ready', 'not ready', 'stopped']),
  block: z.number().int(),
  lagSeconds: z.number(),
})
