/** `npm run db:reset`: forgets the local chain, the pictures and the database; the next start begins anew. */
import { resolve } from 'node:path'
import { claimData } from './start/claim.ts'
import { forgetEverything } from './start/reset.ts'

const dataDir = resolve(import.meta.dirname, '..', process.env.DATA_DIR ?? '.data')
try {
  const release = claimData(dataDir)
  await forgetEverything(dataDir, process.env.DATABASE_URL)
  console.log(`Removed what was in ${dataDir}${process.env.DATABASE_URL ? ' and in the database of DATABASE_URL' : ''}.`)
  release()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
