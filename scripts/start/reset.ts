import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { removePostgres } from '@fairhold/db/postgres'
import { resetDatabase } from '@fairhold/db/reset'

const KEPT = ['pg-password', 'chain.jsonl', 'media', 'logs']

/**
 * Forgets the local chain, the pictures and the database: the one of `databaseUrl`, or our own. Only what Fairhold put in
 * `dataDir` is removed. Throws while a Fairhold is running on that data.
 */
export async function forgetEverything(dataDir: string, databaseUrl: string | undefined): Promise<void> {
  if (existsSync(join(dataDir, 'pg/postmaster.pid')) && databaseUrl === undefined) {
    throw new Error(`A Fairhold is running on the data in ${dataDir}, or was cut off. Stop it, or run npm start once, before a reset.`)
  }
  if (databaseUrl === undefined) removePostgres(join(dataDir, 'pg'))
  else await resetDatabase(databaseUrl)
  for (const name of KEPT) rmSync(join(dataDir, name), { recursive: true, force: true })
}
