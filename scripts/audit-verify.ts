/** `npm run audit:verify`: recomputes the audit log and holds it against its anchors on chain. See docs/operations/audit.md. */
import { main } from '../api/src/audit/cli.ts'
import { useLocalSettings } from './start/local-settings.ts'

useLocalSettings()
process.exitCode = await main(process.argv.slice(2), process.env)
