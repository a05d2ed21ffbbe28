/** `npm run oauth:rotate`: new keys for the OAuth provider. What the older ones signed stays good; restart the api to use the new. */
import { resolve } from 'node:path'
import { keyFileIn, rotateKeys } from '../api/src/oauth/keys.ts'

const dataDir = resolve(import.meta.dirname, '..', process.env.DATA_DIR ?? '.data')
const { signing } = await rotateKeys(dataDir)
console.log(`${keyFileIn(dataDir)}: ${signing[0]?.kid} signs from the next start of the api; ${signing.length} keys are shown.`)
