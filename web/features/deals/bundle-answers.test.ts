import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWalletClient, custom, type Hex } from 'viem'
import { sendCalls } from 'viem/actions'
import { hardhat } from 'viem/chains'
import { answerIn, makesBundles } from './bundle-answers.ts'

const ACCOUNT: Hex = `0x${'ac'.repeat(20)}`

/** The error that comes out where a wallet answers with this code. */
async function failing(code: number): Promise<unknown> {
  const request = async () => {
    throw Object.assign(new Error('no'), { code })
  }
  const client = createWalletClient({ account: ACCOUNT, chain: hardhat, transport: custom({ request }) })
  return sendCalls(client, { calls: [{ to: ACCOUNT }], forceAtomic: true }).then(
    () => assert.fail('it went through'),
    (error: unknown) => error,
  )
}

test('what a wallet answers to a bundle is told by its code, through what viem wraps around it', async () => {
  for (const code of [4_200, 5_700, 5_710, 5_740, 5_750, 5_760, -32_601, -32_602]) {
    assert.equal(answerIn(await failing(code)), 'declined', String(code))
  }
  assert.equal(answerIn(await failing(5_720)), 'duplicate')
  assert.equal(answerIn(await failing(5_730)), 'unknown')
})

test('after these it is not asked in two steps: the person said no, or it may have been sent', async () => {
  for (const code of [4_001, 4_100, 4_900, -32_603, -32_000]) assert.equal(answerIn(await failing(code)), null, String(code))
  assert.equal(answerIn(new Error('connection lost')), null)
  assert.equal(answerIn(null), null)
})

test('a wallet makes bundles where it says so for the chain, or for all', () => {
  for (const status of ['supported', 'ready']) {
    assert.ok(makesBundles({ 31337: { atomic: { status } } }, 31_337))
    assert.ok(makesBundles({ 0: { atomic: { status } }, 31337: {} }, 31_337))
    assert.ok(!makesBundles({ 1: { atomic: { status } } }, 31_337))
  }
  assert.ok(!makesBundles({ 0: { atomic: { status: 'ready' } }, 31337: { atomic: { status: 'unsupported' } } }, 31_337))
  assert.ok(!makesBundles({}, 31_337))
})
