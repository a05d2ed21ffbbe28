import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { ada, DEV_CHAIN_ID, dmitri } from '@fairhold/protocol/dev-accounts'
import type { Hex } from 'viem'
import { reputationFrom } from '../../api/src/credentials/facts.ts'
import { encodeStatusList } from '../../api/src/credentials/status-list.ts'
import { CONTEXTS, REPUTATION_TYPE, STATUS_LIST_TYPE } from '../../api/src/credentials/vc.ts'
import { createIssuer } from '../../api/src/did/issuer.ts'
import { pkhDid } from '../../api/src/did/parse.ts'
import { type VerifyOptions, verifyCredentialFile } from './verify.ts'

/** The example in the documentation: of a key that everybody knows, about a deal that never was. */
const EXAMPLE = join(import.meta.dirname, '../../docs/integration/example-credential.jwt')
const issuer = createIssuer('07'.repeat(32))
const MADE = 1_767_225_600 // 2026-01-01T00:00:00Z
const LIST = 'https://market.example/v1/credentials/status/1'
const word = (byte: string): Hex => `0x${byte.repeat(32)}`
const lower = (address: string) => address.toLowerCase() as Hex

function exampleFacts() {
  const people = { author: lower(dmitri.address), subject: lower(ada.address) }
  const review = { dealId: word('d1'), ...people, score: 5, textHash: word('7e'), transactionHash: word('a1') }
  const block = { number: 42, hash: word('b1') }
  const { reputation: contract } = deploymentOf(DEV_CHAIN_ID)
  const where = { chain: `eip155:${DEV_CHAIN_ID}`, contract, block, wallets: [lower(ada.address)] }
  return reputationFrom([{ ...review, blockNumber: 40, logIndex: 3 }], where)
}

function makeExample(): Promise<string> {
  const times = { validFrom: '2026-01-01T00:00:00Z', validUntil: '2026-04-01T00:00:00Z' }
  const entry = { statusPurpose: 'revocation', statusListIndex: '94567', statusListCredential: LIST }
  const credential = {
    '@context': CONTEXTS,
    id: 'urn:uuid:6f3c1f0e-7c57-4d6e-9c0e-3a1f5f1b2c4d',
    type: ['VerifiableCredential', REPUTATION_TYPE],
    issuer: issuer.did,
    ...times,
    credentialSubject: { id: pkhDid(DEV_CHAIN_ID, ada.address), reputation: exampleFacts() },
    credentialStatus: { type: 'BitstringStatusListEntry', ...entry },
  }
  return issuer.sign({ ...credential, iat: MADE, exp: MADE + 90 * 86_400 }, { typ: 'vc+jwt', cty: 'vc' })
}

function listOf(places: readonly number[]): Promise<string> {
  const subject = { type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList: encodeStatusList(places) }
  const type = ['VerifiableCredential', STATUS_LIST_TYPE]
  const list = { '@context': CONTEXTS, id: LIST, type, issuer: issuer.did, credentialSubject: subject }
  return issuer.sign({ ...list, iat: MADE, exp: MADE + 200 * 86_400 }, { typ: 'vc+jwt', cty: 'vc' })
}

const verify = (changes: Partial<VerifyOptions> = {}) =>
  verifyCredentialFile({
    token: readFileSync(EXAMPLE, 'utf8').trim(),
    issuer: issuer.did,
    statusList: undefined,
    chain: undefined,
    deployments: deploymentOf,
    now: (MADE + 86_400) * 1000,
    ...changes,
  })

test('the example in the documentation is what we issue (UPDATE_EXAMPLE=1 writes it anew)', async () => {
  const made = `${await makeExample()}\n`
  if (process.env.UPDATE_EXAMPLE === '1') writeFileSync(EXAMPLE, made)
  assert.equal(readFileSync(EXAMPLE, 'utf8'), made)
})

test('it is valid, and what was not looked at is said', async () => {
  const { lines, valid } = await verify()
  assert.equal(valid, true, lines.join('\n'))
  assert.match(lines.join('\n'), new RegExp(`\\? {4}It could not be looked up.* ${LIST}`))
  assert.match(lines.join('\n'), /\? {4}not compared with the chain/)
  assert.match(lines.join('\n'), /1 review by 1 person, 5\.00 of 5/)
})

test('with its status list it is revoked or not', async () => {
  assert.equal((await verify({ statusList: await listOf([1, 94_566]) })).valid, true)
  const { valid, lines } = await verify({ statusList: await listOf([94_567]) })
  assert.deepEqual([valid, lines.some((line) => line.startsWith('NO   revoked'))], [false, true])
})

test('after its end, before its beginning, of another issuer, or changed, it is not valid', async () => {
  assert.equal((await verify({ now: (MADE + 91 * 86_400) * 1000 })).valid, false)
  assert.equal((await verify({ now: (MADE - 86_400) * 1000 })).valid, false)
  assert.equal((await verify({ issuer: createIssuer('08'.repeat(32)).did })).valid, false)
  const token = readFileSync(EXAMPLE, 'utf8').trim()
  assert.equal((await verify({ token: `${token.slice(0, -20)}AAAA${token.slice(-16)}` })).valid, false)
  assert.equal((await verify({ token: 'nothing' })).valid, false)
})
