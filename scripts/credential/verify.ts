import { type Deployment, UnknownChain } from '@fairhold/protocol/deployments'
import type { PublicClient } from 'viem'
import { checkCredential } from '../../api/src/credentials/check.ts'
import { type ReputationFacts, reputationFactsShape } from '../../api/src/credentials/facts.ts'
import { recomputeReputation } from '../../api/src/credentials/recompute.ts'
import { type Credential, REPUTATION_TYPE, readCredential } from '../../api/src/credentials/vc.ts'
import { createDidResolver } from '../../api/src/did/resolver.ts'

export interface VerifyOptions {
  token: string
  issuer: string | undefined
  /** The credential of the status list. */
  statusList: string | undefined
  chain: PublicClient | undefined
  /** @throws UnknownChain */
  deployments: (chainId: number) => Deployment
  /** Milliseconds. */
  now: number
}

export interface Verdict {
  /** What was found, a line each; those that begin with NO make it not valid. */
  lines: string[]
  valid: boolean
}

/** Checks a credential by what is at hand, and says each thing that was checked, or was not. */
export async function verifyCredentialFile(options: VerifyOptions): Promise<Verdict> {
  let credential: Credential
  try {
    credential = readCredential(options.token)
  } catch (error) {
    return { lines: [`NO   ${messageOf(error)}`], valid: false }
  }
  const lines = [
    `     ${credential.types.join(', ') || 'a credential'} about ${credential.subject ?? 'nobody named'}`,
    ...issuerLines(credential, options.issuer),
    ...(await checkLines(credential, options)),
    ...(credential.types.includes(REPUTATION_TYPE) ? await reputationLines(credential, options) : []),
  ]
  return { lines, valid: !lines.some((line) => line.startsWith('NO ')) }
}

function issuerLines({ issuer }: Credential, expected: string | undefined): string[] {
  if (expected === undefined) return [`?    issued by ${issuer}: compare that with whom you trust, or give --issuer`]
  return [issuer === expected ? `ok   issued by ${issuer}` : `NO   issued by ${issuer}, not by ${expected}`]
}

async function checkLines(credential: Credential, options: VerifyOptions): Promise<string[]> {
  const { chain, statusList, now } = options
  const resolver = createDidResolver({ ethr: await registryAt(chain, options), web: false, now: () => now })
  const { state, revocation, reason } = await checkCredential(credential, {
    resolver,
    now,
    statusList: async () => statusList ?? null,
  })
  if (state !== 'valid') return [`NO   ${state}: ${reason}`]
  const until = credential.validUntil === null ? 'without an end' : `until ${new Date(credential.validUntil).toISOString()}`
  const lines = ['ok   the signature is the issuer’s', `ok   valid ${until}`]
  if (revocation === 'none') return [...lines, 'ok   it cannot be revoked']
  if (revocation === 'checked') return [...lines, 'ok   not revoked, by the status list given']
  const isBad = statusList !== undefined
  const where = credential.status ? ` Its list is at ${credential.status.list}` : ''
  return [...lines, `${isBad ? 'NO  ' : '?   '} ${reason}${isBad ? '' : where}`]
}

async function registryAt(chain: PublicClient | undefined, { deployments }: VerifyOptions) {
  if (!chain) return undefined
  const chainId = await chain.getChainId()
  const registry = known(deployments, chainId)?.didRegistry
  return registry === undefined ? undefined : { chain, chainId, registry }
}

async function reputationLines({ claims }: Credential, { chain, deployments }: VerifyOptions): Promise<string[]> {
  const parsed = reputationFactsShape.safeParse(claims.reputation)
  if (!parsed.success) return ['NO   it has no reputation that can be read']
  const facts = parsed.data
  const { count, average, authors } = facts.reviews
  const said =
    count === 0
      ? 'no review'
      : `${plural(count, 'review', 'reviews')} by ${plural(authors, 'person', 'people')}, ${average} of 5 in the mean`
  const deployment = known(deployments, Number(facts.chain.split(':')[1]))
  return [
    `     ${said}, for ${facts.wallets.join(', ')}, up to block ${facts.block.number} of ${facts.chain}`,
    contractLine(facts, deployment),
    await chainLine(facts, chain, deployment?.deployBlock ?? 0),
  ]
}

function contractLine({ contract, chain }: ReputationFacts, deployment: Deployment | undefined): string {
  if (!deployment) return `?    the contract is ${contract}: find out whether that is Fairhold on ${chain}`
  if (deployment.reputation === contract) return `ok   the contract is Fairhold's, ${contract}`
  return `NO   the contract is ${contract}; Fairhold's on ${chain} is ${deployment.reputation}`
}

async function chainLine(facts: ReputationFacts, chain: PublicClient | undefined, from: number): Promise<string> {
  if (!chain) return '?    not compared with the chain: give --rpc'
  try {
    const again = await recomputeReputation(chain, facts, from)
    const same = JSON.stringify(again.reviews) === JSON.stringify({ ...again.reviews, ...facts.reviews })
    return same ? 'ok   the chain says the same' : `NO   the chain says ${JSON.stringify(again.reviews)}`
  } catch (error) {
    return `NO   not as on the chain: ${messageOf(error)}`
  }
}

function known(deployments: VerifyOptions['deployments'], chainId: number): Deployment | undefined {
  try {
    return deployments(chainId)
  } catch (error) {
    if (error instanceof UnknownChain) return undefined
    throw error
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`
