import { createPool, createPrisma, type Database } from '@fairhold/db/client'
import { type Deployment, deploymentOf } from '@fairhold/protocol/deployments'
import type { Pool } from 'pg'
import { createPublicClient, defineChain, http, type PublicClient } from 'viem'
import { type Auditor, createAuditor } from './audit/auditor.ts'
import { createIssuer, type Issuer, localIssuerKey } from './did/issuer.ts'
import { createDidResolver, type DidResolver } from './did/resolver.ts'
import type { Env } from './env.ts'
import { createKeyring, type Keyring } from './keys/keyring.ts'
import { createProviders } from './keys/providers.ts'
import { CONNECTION_LASTS, LONGEST_MS } from './listings/search/prepared.ts'

/** What every module works with. */
export interface Context {
  env: Env
  /** CAIP-2 id of the chain that this market is on: the rows of schema chain are keyed by it. */
  caip2: string
  db: Database
  /** The same connections without Prisma, for what every request asks: a prepared statement is planned once. */
  pool: Pool
  /** Connections for searches: their long statements are planned once, whatever the values. */
  searchPool: Pool
  /** Seals and opens private columns. */
  keys: Keyring
  deployment: Deployment
  chain: PublicClient
  /** EIP-712 domain of the escrow. */
  domain: { chainId: number; escrow: `0x${string}` }
  /** EIP-712 domain of the reputation contract. */
  reputationDomain: { chainId: number; reputation: `0x${string}` }
  /** Writes the audit log: see audit/record.ts. */
  auditor: Auditor
  /** The time the next block would have, in seconds; at most a second old. While the node is away, as far on as our own clock is. */
  chainNow: () => Promise<number>
  /** Who signs for this market. @throws Error where the configuration has no key; the api asks at its start. */
  issuer: () => Issuer
  dids: DidResolver
}

const RPC_TIMEOUT_MS = 5_000
const CLOCK_MS = 500
/**
 * Planning a search anew takes as long as carrying it out, and there is one good plan: from the index to the listings. One that
 * takes a thousand times as long as usual is ended: whoever asked has gone, and others wait for the connection.
 */
export const SEARCH_SETTINGS = ['plan_cache_mode=force_generic_plan', 'jit=off', `statement_timeout=${LONGEST_MS}`]

/** Connects to Postgres, to the chain's node and to whoever keeps the keys, each when first needed. Close with `closeContext`. */
export function createContext(env: Env): Context {
  const deployment = deploymentOf(env.chainId)
  const chain = createPublicClient({
    chain: chainOf(env),
    transport: http(env.rpcUrl, { timeout: RPC_TIMEOUT_MS, retryCount: 1 }),
  })
  const domain = { chainId: env.chainId, escrow: deployment.escrow }
  const reputationDomain = { chainId: env.chainId, reputation: deployment.reputation }
  const [caip2, pool] = [`eip155:${env.chainId}`, createPool(env.databaseUrl)]
  const db = createPrisma(env.databaseUrl, pool)
  const searchPool = createPool(env.databaseUrl, { settings: SEARCH_SETTINGS, lasts: CONNECTION_LASTS, waits: LONGEST_MS })
  const keys = createKeyring({ db, providers: createProviders(env.keys) })
  const auditor = createAuditor({ ...env.audit, caip2, escrow: deployment.escrow, dataDir: env.dataDir })
  const issuer = issuerOf(env)
  const { didRegistry: registry } = deployment
  const ethr = registry === undefined ? undefined : { chain, chainId: env.chainId, registry }
  const dids = createDidResolver({ ethr, web: env.fetchForeign, now: Date.now })
  const domains = { domain, reputationDomain }
  return {
    env,
    caip2,
    db,
    pool,
    searchPool,
    keys,
    deployment,
    chain,
    ...domains,
    auditor,
    issuer,
    dids,
    chainNow: clockOf(chain),
  }
}

export async function closeContext({ db, keys, searchPool }: Context): Promise<void> {
  await keys.close()
  await searchPool.end()
  await db.$disconnect()
}

/** The worker issues nothing and needs no key, so it is looked for when it is used. */
function issuerOf({ issuerKey, devChain, dataDir }: Env): () => Issuer {
  let made: Issuer | undefined
  return () => {
    if (issuerKey === undefined && !devChain) throw new Error('environment: ISSUER_KEY is missing')
    made ??= createIssuer(issuerKey ?? localIssuerKey(dataDir))
    return made
  }
}

/** The chain as viem wants it described. */
export function chainOf(env: Env) {
  return defineChain({
    id: env.chainId,
    name: env.devChain ? 'Local chain' : `Chain ${env.chainId}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [env.rpcUrl] } },
  })
}

function clockOf(chain: PublicClient): () => Promise<number> {
  let asked = Number.NEGATIVE_INFINITY
  let ahead = 0 // seconds that the chain's clock is before ours
  let answer: Promise<number> | undefined
  const ask = async (): Promise<number> => {
    try {
      const { timestamp } = await chain.getBlock({ blockTag: 'pending' })
      ahead = Number(timestamp) - Date.now() / 1000
      return Number(timestamp)
    } catch {
      return Math.floor(Date.now() / 1000 + ahead)
    }
  }
  return () => {
    const now = performance.now()
    if (answer === undefined || now - asked > CLOCK_MS) {
      asked = now
      answer = ask()
    }
    return answer
  }
}
