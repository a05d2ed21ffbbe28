import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { removePostgres } from '@fairhold/db/postgres'
import { resetDatabase } from '@fairhold/db/reset'

const KEYS = ['audit-key', 'issuer.key', 'oauth-keys.json', 'pg-password', 'wrapping-keys.json']
const OURS = [...KEYS, 'chain.jsonl', 'media', 'logs']

/**
 * Forgets the local chain, the pictures and the database: the one of `databaseUrl`, or our own. Only what Fairhold put in
 * `dataDir` is removed. Throws while our own database is running.
 */
export async function forgetEverything(dataDir: string, databaseUrl: string | undefined): Promise<void> {
  if (databaseUrl === undefined) removePostgres(join(dataDir, 'pg'))
  else await resetDatabase(databaseUrl)
  for (const name of OURS) rmSync(join(dataDir, name), { recursive: true, force: true })
}
