/**
 * Verifies a credential without asking the market that issued it: `npm run credential -- verify FILE`, where FILE holds the JWT.
 *   --issuer DID          it must be of this issuer
 *   --status-list FILE    the issuer's status list, as saved from the address that the credential names
 *   --rpc URL             a node of the chain: the reputation is computed again from it, and did:ethr can be read
 * Ends with 0 for a credential that is valid, as far as was asked; 1 for one that is not; 2 for a call it does not understand.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { createPublicClient, http } from 'viem'
import { verifyCredentialFile } from './credential/verify.ts'

const USAGE = 'npm run credential -- verify FILE [--issuer DID] [--status-list FILE] [--rpc URL]'

process.exitCode = await main()

async function main(): Promise<number> {
  const options = { issuer: { type: 'string' }, 'status-list': { type: 'string' }, rpc: { type: 'string' } } as const
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [command, file, ...rest] = positionals
    if (command !== 'verify' || file === undefined || rest.length > 0) throw new TypeError(USAGE)
    const list = values['status-list']
    const given = {
      token: readFileSync(file, 'utf8').trim(),
      issuer: values.issuer,
      statusList: list === undefined ? undefined : readFileSync(list, 'utf8').trim(),
      chain: values.rpc === undefined ? undefined : createPublicClient({ transport: http(values.rpc) }),
      deployments: deploymentOf,
      now: Date.now(),
    }
    const { lines, valid } = await verifyCredentialFile(given)
    for (const line of lines) console.log(line)
    console.log(valid ? '\nVALID' : '\nNOT VALID')
    return valid ? 0 : 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return 2
  }
}
