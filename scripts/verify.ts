/** `npm run verify`: derives every row of the chain's tables anew and compares. docs/operations/indexer.md has its switches. */
import { main } from '../indexer/src/verify.ts'
import { useLocalSettings } from './start/local-settings.ts'

useLocalSettings()
process.exitCode = await main(process.argv.slice(2))
