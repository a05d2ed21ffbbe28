import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { loadEnvFile } from 'node:process'

const NAMES = ['CHAIN_ID', 'RPC_URL', 'RPC_WS_URL', 'INDEXER_DATABASE_URL', 'API_DATABASE_URL', 'DATA_DIR'] as const

/**
 * Writes down how to reach the services of this `npm start`, readable by their owner alone, so that `npm run verify`,
 * `npm run rebuild`, `npm run keys` and `npm run audit:verify` in another terminal find them. `adminUrl` is the owner of the tables.
 */
export function writeLocalSettings(dataDir: string, env: Readonly<Record<string, string | undefined>>, adminUrl: string): void {
  const lines = NAMES.map((name) => `${name}=${env[name] ?? ''}`)
  writeFileSync(fileIn(dataDir), `${lines.join('\n')}\nDATABASE_URL=${adminUrl}\n`, { mode: 0o600 })
}

/** Takes what the last `npm start` wrote down, as far as the environment does not say otherwise. */
export function useLocalSettings(): void {
  const file = fileIn(resolve(import.meta.dirname, '../..', process.env.DATA_DIR ?? '.data'))
  if (process.env.INDEXER_DATABASE_URL === undefined && process.env.API_DATABASE_URL === undefined && existsSync(file))
    loadEnvFile(file)
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'indexer.env')
}
