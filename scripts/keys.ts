/**
 * `npm run keys -- status | verify | seal | rotate [--data [--finish]]`: the keys of private data. See docs/operations/keys.md.
 * Reads API_DATABASE_URL, DATA_DIR, KEY_PROVIDER and its settings; on the machine of an `npm start` it finds them by itself.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createPrisma } from '@fairhold/db/client'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { createAuditor } from '../api/src/audit/auditor.ts'
import { audit } from '../api/src/audit/record.ts'
import { createKeyring } from '../api/src/keys/keyring.ts'
import { sealPlain } from '../api/src/keys/private-rows.ts'
import { createProviders } from '../api/src/keys/providers.ts'
import { type Rotation, rotateData, rotateWrapping, withRotationLock } from '../api/src/keys/rotate.ts'
import { readKeySettings } from '../api/src/keys/settings.ts'
import { keyStatus, verifyValues } from '../api/src/keys/status.ts'
import { useLocalSettings } from './start/local-settings.ts'

const LOCAL_CHAIN = '31337'

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function main(args: string[]): Promise<number> {
  const options = { data: { type: 'boolean' }, finish: { type: 'boolean' } } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const [command = 'status'] = positionals
  useLocalSettings()
  const databaseUrl = process.env.API_DATABASE_URL
  if (!databaseUrl) throw new Error('API_DATABASE_URL is missing, and no `npm start` left its settings in DATA_DIR')
  const dataDir = resolve(import.meta.dirname, '..', process.env.DATA_DIR ?? '.data')
  const devChain = (process.env.CHAIN_ID ?? LOCAL_CHAIN) === LOCAL_CHAIN
  const db = createPrisma(databaseUrl)
  const providers = createProviders(readKeySettings(process.env, { dataDir, devChain }))
  const rotation: Rotation = { db, providers, say: (line) => console.log(line) }
  try {
    if (command === 'status') return await status(rotation)
    if (command === 'verify') return await verify(rotation)
    if (command === 'seal') return await seal(rotation)
    if (command !== 'rotate') throw new Error(`there is no keys ${command}; there are: status, verify, seal, rotate`)
    await withRotationLock(databaseUrl, () => (values.data ? rotateData(rotation, values) : rotateWrapping(rotation)))
    await book(rotation, { what: values.data ? 'data key' : 'wrapping key', dataDir })
    return 0
  } finally {
    await providers.close()
    await db.$disconnect()
  }
}

/** Books the change in the audit log, where its key is at hand: one made here would be a stranger's. */
async function book({ db, say }: Rotation, { what, dataDir }: { what: string; dataDir: string }): Promise<void> {
  const { AUDIT_LOG: log = 'main', AUDIT_KEY: key, CHAIN_ID: chainId = LOCAL_CHAIN } = process.env
  const { escrow } = deploymentOf(Number(chainId))
  const auditor = createAuditor({ caip2: `eip155:${chainId}`, escrow, log, dataDir, key, previousKey: undefined })
  if (!auditor.hasKey()) return say('not booked in the audit log: its key is not here (AUDIT_KEY, or DATA_DIR of the api)')
  await audit({ auditor, db }, { kind: 'data.keys-rotated', actor: 'system', details: { what } })
}

async function status({ db, providers, say }: Rotation): Promise<number> {
  const { provider, wrappingKey, health, dataKeys, plain, damaged } = await keyStatus(db, providers.primary)
  say(`provider      ${provider}, ${health.isWell ? 'well' : 'NOT WELL'} (${health.told})`)
  say(`wrapping key  ${wrappingKey}`)
  for (const key of dataKeys) {
    const wrapped = `wrapped by ${key.provider} ${key.wrappingKey} on ${key.wrappedAt.toISOString().slice(0, 10)}`
    say(`data key      ${key.id} ${key.isCurrent ? 'current' : 'retired'}, ${key.values} values, ${wrapped}`)
  }
  say(plain === 0 ? 'plain text    none' : `plain text    ${plain} values; the worker seals them, or: npm run keys -- seal`)
  if (damaged > 0) say(`damaged       ${damaged} values; which ones: npm run keys -- verify`)
  return health.isWell ? 0 : 1
}

async function verify({ db, providers, say }: Rotation): Promise<number> {
  const { values, faults } = await verifyValues({ db, keys: createKeyring({ db, providers }) })
  for (const fault of faults) say(fault)
  say(`${values} values, ${faults.length} that cannot be opened`)
  return faults.length === 0 ? 0 : 1
}

async function seal({ db, providers, say }: Rotation): Promise<number> {
  const keys = createKeyring({ db, providers })
  let sealed = 0
  for (let some = 1; some > 0; sealed += some) some = await sealPlain({ db, keys })
  say(`${sealed} values sealed`)
  return 0
}
