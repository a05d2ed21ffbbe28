/** `npm run db:reset`: forgets the local chain, the pictures and the database; the next start begins anew. */
import { resolve } from 'node:path'
import { choosePorts } from './start/ports.ts'
import { forgetEverything } from './start/reset.ts'

const dataDir = resolve(import.meta.dirname, '..', process.env.DATA_DIR ?? '.data')
try {
  await choosePorts(process.env) // a Fairhold that runs would write again what we remove
  await forgetEverything(dataDir, process.env.DATABASE_URL)
  console.log(`Removed what was in ${dataDir}${process.env.DATABASE_URL ? ' and in the database of DATABASE_URL' : ''}.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
