import { deploymentOf } from '@fairhold/protocol/deployments'
import { z } from 'zod'

const LOCAL_CHAIN_ID = 31337

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform((text) => text.toLowerCase())

const schema = z.object({
  INDEXER_DATABASE_URL: z.string().min(1),
  RPC_URL: z.url(),
  RPC_WS_URL: z.url().optional(),
  CHAIN_ID: z.coerce.number().int().positive().default(LOCAL_CHAIN_ID),
  ESCROW_ADDRESS: address.optional(),
  REPUTATION_ADDRESS: address.optional(),
  DEPLOY_BLOCK: z.coerce.number().int().nonnegative().optional(),
  INDEXER_PORT: z.coerce.number().int().min(0).max(65535).default(4001),
  INDEXER_POLL_MS: z.coerce.number().int().min(10).default(500),
  INDEXER_MAX_RANGE: z.coerce.number().int().min(1).default(2000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

/** The two contracts whose events are indexed, and the block before which they do not exist. */
export type Contracts = { escrow: string; reputation: string; deployBlock: number }

/** Everything the process is told from outside, checked. */
export type Env = {
  databaseUrl: string
  rpcUrl: string
  wsUrl: string | null
  chainId: number
  contracts: Contracts
  port: number
  /** Milliseconds between questions for the head; the WebSocket is faster, this is the safety net. */
  pollMs: number
  /** Most blocks asked for at once. */
  maxRange: number
  /** A chain of one local node: nothing is final, and a lower head means that the chain was wound back. */
  devChain: boolean
  logLevel: z.infer<typeof schema>['LOG_LEVEL']
}

/**
 * Reads and checks the environment. Contract addresses come from the committed deployment of the chain unless
 * ESCROW_ADDRESS, REPUTATION_ADDRESS and DEPLOY_BLOCK say otherwise.
 * @throws ZodError naming every variable that is wrong; the error of `deploymentOf` for an unknown chain.
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const given = schema.parse(variables)
  return Object.freeze({
    databaseUrl: given.INDEXER_DATABASE_URL,
    rpcUrl: given.RPC_URL,
    wsUrl: given.RPC_WS_URL ?? null,
    chainId: given.CHAIN_ID,
    contracts: contractsFrom(given),
    port: given.INDEXER_PORT,
    pollMs: given.INDEXER_POLL_MS,
    maxRange: given.INDEXER_MAX_RANGE,
    devChain: given.CHAIN_ID === LOCAL_CHAIN_ID,
    logLevel: given.LOG_LEVEL,
  })
}

function contractsFrom(given: z.infer<typeof schema>): Contracts {
  const { ESCROW_ADDRESS: escrow, REPUTATION_ADDRESS: reputation, DEPLOY_BLOCK: deployBlock } = given
  if (escrow && reputation && deployBlock !== undefined) return { escrow, reputation, deployBlock }
  const known = deploymentOf(given.CHAIN_ID)
  return {
    escrow: escrow ?? known.escrow.toLowerCase(),
    reputation: reputation ?? known.reputation.toLowerCase(),
    deployBlock: deployBlock ?? known.deployBlock,
  }
}
