/** `npm run rebuild`: indexes every chain anew beside the tables in use, and switches over. See docs/operations/indexer.md. */
import { main } from '../indexer/src/rebuild.ts'
import { useLocalSettings } from './start/local-settings.ts'

useLocalSettings()
process.exitCode = await main()
