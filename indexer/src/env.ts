import { deploymentOf } from '@fairhold/protocol/deployments'
import { z } from 'zod'
import type { Check } from './source/blocks.ts'
import type { Finality } from './source/finality.ts'

const LOCAL_CHAIN_ID = 31337
const DEFAULT_POLL_MS = 500
const DEFAULT_MAX_RANGE = 2000

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform((text) => text.toLowerCase())
const urls = z
  .string()
  .transform((text) => text.split(',').map((url) => url.trim()))
  .pipe(z.array(z.url()).min(1))
const finality = z.union([
  z.literal('none').transform((): Finality => ({ kind: 'none' })),
  z.literal('finalized').transform((): Finality => ({ kind: 'tag' })),
  z.coerce
    .number()
    .int()
    .positive()
    .transform((blocks): Finality => ({ kind: 'depth', blocks })),
])

const chainSchema = z.object({
  CHAIN_ID: z.coerce.number().int().positive().default(LOCAL_CHAIN_ID),
  RPC_URL: urls,
  RPC_WS_URL: urls.optional(),
  RPC_QUORUM: z.coerce.number().int().min(1).default(1),
  FINALITY: finality.optional(),
  ESCROW_ADDRESS: address.optional(),
  REPUTATION_ADDRESS: address.optional(),
  DEPLOY_BLOCK: z.coerce.number().int().nonnegative().optional(),
  INDEXER_POLL_MS: z.coerce.number().int().min(10).default(DEFAULT_POLL_MS),
  INDEXER_MAX_RANGE: z.coerce.number().int().min(1).default(DEFAULT_MAX_RANGE),
  INDEXER_CHECK: z.enum(['bloom', 'receipts']).default('bloom'),
})

const processSchema = z.object({
  INDEXER_DATABASE_URL: z.string().min(1),
  INDEXER_CHAINS: z.string().optional(),
  INDEXER_PORT: z.coerce.number().int().min(0).max(65535).default(4001),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

/** The two contracts whose events are indexed, and the block before which they do not exist. */
export type Contracts = { escrow: string; reputation: string; deployBlock: number }

/** One chain to index. */
export type ChainConfig = {
  /** Its CAIP-2 id, such as `eip155:31337`: what rows say which chain they are of. */
  caip2: string
  chainId: number
  rpcUrls: readonly string[]
  wsUrls: readonly string[]
  /** How many nodes have to agree. */
  quorum: number
  finality: Finality
  contracts: Contracts
  /** Milliseconds between questions for the head; the WebSocket is faster, this is the safety net. */
  pollMs: number
  /** Most blocks asked for at once. */
  maxRange: number
  check: Check
}

/** Everything the process is told from outside, checked. */
export type Env = {
  databaseUrl: string
  chains: readonly ChainConfig[]
  port: number
  logLevel: z.infer<typeof processSchema>['LOG_LEVEL']
}

/**
 * Reads and checks the environment. One chain is described by CHAIN_ID, RPC_URL and so on; several by INDEXER_CHAINS, a JSON
 * array of objects with the same names. Contract addresses come from the committed deployment of the chain unless
 * ESCROW_ADDRESS, REPUTATION_ADDRESS and DEPLOY_BLOCK say otherwise.
 * @throws ZodError naming every variable that is wrong; the error of `deploymentOf` for an unknown chain.
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const given = processSchema.parse(variables)
  const described = given.INDEXER_CHAINS === undefined ? [variables] : chainsIn(given.INDEXER_CHAINS)
  const chains = described.map((one) => chainFrom(chainSchema.parse(one)))
  const ids = chains.map(({ caip2 }) => caip2)
  if (new Set(ids).size !== ids.length) throw new Error(`INDEXER_CHAINS names a chain twice: ${ids.join(', ')}`)
  return Object.freeze({ databaseUrl: given.INDEXER_DATABASE_URL, chains, port: given.INDEXER_PORT, logLevel: given.LOG_LEVEL })
}

function chainsIn(json: string): unknown[] {
  try {
    return z.array(z.unknown()).min(1).parse(JSON.parse(json))
  } catch (cause) {
    throw new Error('INDEXER_CHAINS has to be a JSON array of chains, each an object with CHAIN_ID, RPC_URL and so on', { cause })
  }
}

function chainFrom(given: z.infer<typeof chainSchema>): ChainConfig {
  const { CHAIN_ID: chainId, RPC_URL: rpcUrls, RPC_QUORUM: quorum } = given
  if (quorum > rpcUrls.length) throw new Error(`RPC_QUORUM is ${quorum}, but RPC_URL names only ${rpcUrls.length} nodes`)
  return {
    ...{ caip2: `eip155:${chainId}`, chainId, rpcUrls, quorum, wsUrls: given.RPC_WS_URL ?? [] },
    finality: given.FINALITY ?? (chainId === LOCAL_CHAIN_ID ? { kind: 'none' } : { kind: 'tag' }),
    contracts: contractsFrom(given),
    ...{ pollMs: given.INDEXER_POLL_MS, maxRange: given.INDEXER_MAX_RANGE, check: given.INDEXER_CHECK },
  }
}

function contractsFrom(given: z.infer<typeof chainSchema>): Contracts {
  const { ESCROW_ADDRESS: escrow, REPUTATION_ADDRESS: reputation, DEPLOY_BLOCK: deployBlock } = given
  if (escrow && reputation && deployBlock !== undefined) return { escrow, reputation, deployBlock }
  const known = deploymentOf(given.CHAIN_ID)
  return {
    escrow: escrow ?? known.escrow.toLowerCase(),
    reputation: reputation ?? known.reputation.toLowerCase(),
    deployBlock: deployBlock ?? known.deployBlock,
  }
}
