import { DEV_CHAIN_ID, devAccounts } from '@fairhold/protocol/dev-accounts'
import { privateKeyToAddress } from 'viem/accounts'
import { z } from 'zod'
import { createProxyCheck } from './http/proxies.ts'
import { type KeySettings, keySettingsFrom, keyVariables } from './keys/settings.ts'
import { type RateSettings, rateSettingsFrom } from './rates/settings.ts'
import { type RelaySettings, relaySettingsFrom, relayVariables } from './relay/settings.ts'

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .toLowerCase()
const key = z.string().regex(/^0x[0-9a-fA-F]{64}$/)
const port = z.coerce.number().int().min(1).max(65_535)
const arbiters = z.array(z.object({ address, name: z.string().min(1), feeBps: z.number().int().min(0).max(10_000) })).min(1)

const shape = z.object({
  API_PORT: port.default(4000),
  API_HOST: z.string().default('127.0.0.1'),
  API_DATABASE_URL: z.url(),
  RPC_URL: z.url().default('http://127.0.0.1:8545'),
  /** Where a block explorer shows a transaction: a URL with {hash} in it. */
  EXPLORER_URL: z.url().includes('{hash}').optional(),
  /** The node that browsers use; ours by default. */
  PUBLIC_RPC_URL: z.url().optional(),
  CHAIN_ID: z.coerce.number().int().default(DEV_CHAIN_ID),
  /** One or more origins, separated by commas, that the dApp is served from. */
  PUBLIC_ORIGIN: z.string().default('http://localhost:3000'),
  /** Where browsers reach the WebSocket; this process by default. */
  LIVE_URL: z.url().optional(),
  DATA_DIR: z.string().default('.data'),
  /** JSON as in oauth-keys.json of DATA_DIR, for processes that share no folder; made there by default. */
  OAUTH_KEYS: z.string().optional(),
  OPERATOR_ADDRESS: address.optional(),
  /** Accounts that may do all that staff may, by wallet, separated by commas. Others get their roles from them. */
  ADMIN_ADDRESSES: z.string().optional(),
  OPERATOR_FEE_BPS: z.coerce.number().int().min(0).max(1000).default(250),
  /** JSON: [{"address":"0x…","name":"…","feeBps":200}, …] */
  ARBITERS: z.string().optional(),
  RELAYER_KEY: key.optional(),
  /** The account that publishes reviews, for a process that has no RELAYER_KEY. */
  RELAYER_ADDRESS: address.optional(),
  /** The RabbitMQ that events are published to and consumed from; without one they come from Postgres. */
  EVENT_BUS_URL: z.url({ protocol: /^amqps?$/ }).optional(),
  /** How long events are kept that every consumer has seen, in days. */
  EVENT_KEEP_DAYS: z.coerce.number().positive().default(7),
  ...keyVariables,
  ...relayVariables,
  /** Seed of the key that the audit log is signed with; without one it is in DATA_DIR. The old one too while it is changed. */
  AUDIT_KEY: key.optional(),
  AUDIT_PREVIOUS_KEY: key.optional(),
  /** Name of the audit log: another name begins another log. */
  AUDIT_LOG: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('main'),
  /** The head of the audit log is anchored on chain after so many minutes, or so many entries. */
  AUDIT_ANCHOR_MINUTES: z.coerce.number().positive().default(15),
  AUDIT_ANCHOR_ENTRIES: z.coerce.number().int().min(1).default(500),
  /** Accounts besides the worker's own whose anchors count, separated by commas: those that were the worker's before. */
  AUDIT_ANCHORERS: z.string().default(''),
  /** A P-256 private key, 32 bytes in hex: whoever holds it issues tokens and credentials in the market's name. */
  ISSUER_KEY: key.optional(),
  /** Whether documents that users name (did:web, status lists of foreign credentials) are fetched from the public internet. */
  FETCH_FOREIGN: z.enum(['off', 'public']).default('off'),
  /** Whose X-Forwarded-For is believed: addresses and networks, separated by commas. */
  TRUSTED_PROXIES: z.string().default('127.0.0.1,::1'),
  /** Where rates come from, as JSON: {"currencies":"frankfurter","tokens":{"0x…":{"coingecko":"ethereum"},"0x…":{"chainlink":"0x…"}}} */
  RATES: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export interface Env {
  port: number
  host: string
  databaseUrl: string
  rpcUrl: string
  publicRpcUrl: string
  chainId: number
  /** URL with {hash} in it. */
  explorer: string | undefined
  origins: readonly string[]
  /** Whether the site is served over https, and cookies may be bound to that. */
  secure: boolean
  liveUrl: string
  dataDir: string
  oauthKeys: string | undefined
  operator: string
  operatorFeeBps: number
  /** Wallets, in lower case. */
  admins: readonly string[]
  arbiters: readonly { address: string; name: string; feeBps: number }[]
  relayerKey: `0x${string}` | undefined
  /** Whom people name in their reviews as the one who may publish them: the worker's account. */
  publisher: `0x${string}`
  devChain: boolean
  eventBusUrl: string | undefined
  eventKeepDays: number
  /** Where the keys of private data are kept. */
  keys: KeySettings
  /** Whether an address is one of our proxies. */
  isProxy: (address: string | undefined) => boolean
  audit: {
    key: string | undefined
    previousKey: string | undefined
    log: string
    anchorMs: number
    anchorEntries: number
    /** Whose anchors count, in lower case. */
    anchorers: readonly string[]
  }
  /** What the relayer sends for people, and what it asks. */
  relay: RelaySettings
  issuerKey: string | undefined
  fetchForeign: boolean
  rates: RateSettings
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** Reads and checks the environment. Throws naming each variable that is wrong. On the local chain the rest has defaults. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const parsed = shape.safeParse(source)
  if (!parsed.success) throw new Error(`environment: ${z.prettifyError(parsed.error)}`)
  const env = parsed.data
  const devChain = env.CHAIN_ID === DEV_CHAIN_ID
  const operator = env.OPERATOR_ADDRESS ?? (devChain ? devAddress('operator') : undefined)
  if (!operator) throw new Error('environment: OPERATOR_ADDRESS is missing')
  const publisher = publisherOf(env, devChain)
  const origins = env.PUBLIC_ORIGIN.split(',').map((origin) => new URL(origin.trim()).origin)
  return {
    port: env.API_PORT,
    host: env.API_HOST,
    databaseUrl: env.API_DATABASE_URL,
    rpcUrl: env.RPC_URL,
    publicRpcUrl: env.PUBLIC_RPC_URL ?? env.RPC_URL,
    chainId: env.CHAIN_ID,
    explorer: env.EXPLORER_URL,
    origins,
    secure: origins.every((origin) => origin.startsWith('https:')),
    liveUrl: env.LIVE_URL ?? `ws://127.0.0.1:${env.API_PORT}/v1/live`,
    dataDir: env.DATA_DIR,
    oauthKeys: env.OAUTH_KEYS,
    operator,
    operatorFeeBps: env.OPERATOR_FEE_BPS,
    admins: readAdmins(env.ADMIN_ADDRESSES, devChain),
    arbiters: readArbiters(env.ARBITERS, devChain),
    relayerKey: env.RELAYER_KEY as `0x${string}` | undefined,
    publisher,
    devChain,
    eventBusUrl: env.EVENT_BUS_URL,
    eventKeepDays: env.EVENT_KEEP_DAYS,
    keys: keySettingsFrom(env, { dataDir: env.DATA_DIR, devChain }),
    isProxy: createProxyCheck(env.TRUSTED_PROXIES),
    audit: auditOf(env, publisher),
    relay: relaySettingsFrom(env, { devChain, chainId: env.CHAIN_ID }),
    issuerKey: env.ISSUER_KEY,
    fetchForeign: env.FETCH_FOREIGN === 'public',
    rates: rateSettingsFrom(env.RATES, devChain),
    logLevel: env.LOG_LEVEL,
  }
}

function auditOf(env: z.infer<typeof shape>, publisher: string): Env['audit'] {
  const others = env.AUDIT_ANCHORERS.split(',').filter((text) => text.trim() !== '')
  return {
    key: env.AUDIT_KEY,
    previousKey: env.AUDIT_PREVIOUS_KEY,
    log: env.AUDIT_LOG,
    anchorMs: env.AUDIT_ANCHOR_MINUTES * 60_000,
    anchorEntries: env.AUDIT_ANCHOR_ENTRIES,
    anchorers: [publisher, ...others.map((text) => address.parse(text.trim()))],
  }
}

function publisherOf(env: z.infer<typeof shape>, devChain: boolean): Env['publisher'] {
  const ofKey = env.RELAYER_KEY ? privateKeyToAddress(env.RELAYER_KEY as `0x${string}`).toLowerCase() : undefined
  if (ofKey && env.RELAYER_ADDRESS && ofKey !== env.RELAYER_ADDRESS)
    throw new Error('environment: RELAYER_ADDRESS is not the address of RELAYER_KEY')
  const publisher = ofKey ?? env.RELAYER_ADDRESS ?? (devChain ? devAddress('relayer') : undefined)
  if (!publisher) throw new Error('environment: RELAYER_ADDRESS is missing: the account of the worker, which publishes reviews')
  return publisher as Env['publisher']
}

function readArbiters(text: string | undefined, devChain: boolean): Env['arbiters'] {
  if (text !== undefined) return arbiters.parse(JSON.parse(text))
  if (!devChain) throw new Error('environment: ARBITERS is missing')
  const person = devAccounts.find(({ role }) => role === 'arbiter')
  return [{ address: devAddress('arbiter'), name: person?.name ?? '', feeBps: 200 }]
}

/** On the local chain the operator is the admin. */
function readAdmins(text: string | undefined, devChain: boolean): string[] {
  if (text === undefined) return devChain ? [devAddress('operator')] : []
  return text.split(',').map((one) => {
    const parsed = address.safeParse(one.trim())
    if (!parsed.success) throw new Error(`environment: ADMIN_ADDRESSES has ${JSON.stringify(one)}, which is no address`)
    return parsed.data
  })
}

function devAddress(role: string): string {
  const account = devAccounts.find((one) => one.role === role)
  if (!account) throw new Error(`there is no local ${role}`)
  return account.address.toLowerCase()
}
