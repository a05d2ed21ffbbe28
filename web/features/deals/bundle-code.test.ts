import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ada } from '@fairhold/protocol/dev-accounts'
import { type Address, BaseError, concatHex, createTestClient, type Hex, http, pad, publicActions } from 'viem'
import { hardhat } from 'viem/chains'
import { type BundledCall, codeOf } from './bundle-code.ts'
import { startNode } from './testing/local-node.ts'

const account = ada.address
/** Keeps a word under its caller; asked with anything else, it reverts with the word that it keeps. */
const NOTES: Address = `0x${'51'.repeat(20)}`
const NOTES_CODE = '0x36602014600f5733545f5260205ffd5b5f35335500'
/** Reverts with what it holds. */
const PURSE: Address = `0x${'52'.repeat(20)}`
const PURSE_CODE = '0x475f5260205ffd'
const ANYBODY: Address = `0x${'53'.repeat(20)}`

let node: Awaited<ReturnType<typeof startNode>>
let chain: ReturnType<typeof connect>
function connect() {
  const transport = http(node.url, { retryCount: 0 })
  return createTestClient({ chain: hardhat, mode: 'hardhat', transport, cacheTime: 0 }).extend(publicActions)
}

before(async () => {
  node = await startNode()
  chain = connect()
  await chain.setCode({ address: NOTES, bytecode: NOTES_CODE })
  await chain.setCode({ address: PURSE, bytecode: PURSE_CODE })
})
after(() => node.stop())

const word = (value: number): Hex => pad(`0x${value.toString(16).padStart(2, '0')}`)
const to = (address: Address, data: Hex, value = 0n): BundledCall => ({ to: address, data, value })

/** Runs the calls as one, from the account: what the first that failed said, or null. */
async function run(calls: BundledCall[]): Promise<Hex | null> {
  const data = concatHex(calls.map((call) => call.data))
  try {
    await chain.call({ to: account, data, stateOverride: [{ address: account, code: codeOf(calls) }] })
    return null
  } catch (error) {
    assert.ok(error instanceof BaseError)
    return (error.walk((cause) => 'data' in (cause as object)) as { data?: Hex } | null)?.data ?? '0x'
  }
}

test('calls come one after the other, from the account, and each sees what those before it did', async () => {
  assert.equal(await run([to(NOTES, word(7)), to(NOTES, '0x01')]), word(7))
  assert.equal(await run([to(NOTES, '0x01'), to(NOTES, word(7))]), word(0))
  const aFew = [to(NOTES, word(1)), to(ANYBODY, '0x112233'), to(NOTES, word(9)), to(NOTES, '0x0102')]
  assert.equal(await run(aFew), word(9))
})

test('coins go along, out of what the account holds', async () => {
  assert.equal(await run([to(ANYBODY, '0x', 3n), to(PURSE, '0x', 5n)]), word(5))
  const held = await chain.getBalance({ address: account })
  assert.equal(await run([to(ANYBODY, '0x', held + 1n)]), '0x')
})

test('what works says nothing, and nothing of it stays', async () => {
  const held = await chain.getBalance({ address: account })
  assert.equal(await run([to(NOTES, word(7)), to(ANYBODY, '0x', 3n)]), null)
  assert.equal(await chain.getBalance({ address: account }), held)
  assert.equal(await chain.getStorageAt({ address: NOTES, slot: pad(account) }), word(0))
  assert.equal(await chain.getCode({ address: account }), undefined)
})
