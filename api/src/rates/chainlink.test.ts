import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Address, type Hex, toHex } from 'viem'
import { startChain, type TestChain } from '../../test/support/chain.ts'
import { chainlink } from './chainlink.ts'

/**
 * A feed that answers with what is in its storage: decimals() with slot 5, and anything else with slots 0 to 4.
 * In words: if selector = 0x313ce567 return slot 5; copy slots 0 to 4 to memory and return them.
 */
const FEED_CODE: Hex =
  '0x5f3560e01c63313ce56714602e575f545f5260015460205260025460405260035460605260045460805260a05ff35b6005545f5260205ff3'
const FEED: Address = '0x00000000000000000000000000000000000feed1'
const BROKEN: Address = '0x00000000000000000000000000000000000feed2'
const [ETH, COIN] = [`0x${'0'.repeat(40)}`, `0x${'c0'.repeat(20)}`]
const NOW = 1_900_000_000

let chain: TestChain
before(async () => {
  chain = await startChain()
  await chain.client.setCode({ address: FEED, bytecode: FEED_CODE })
})
after(() => chain?.stop())

interface Answer {
  answer?: bigint
  updatedAt?: number
  round?: bigint
  answeredIn?: bigint
  decimals?: bigint
}

async function set({ answer = 250_012_345_678n, updatedAt = NOW - 60, round = 7n, answeredIn = 7n, decimals = 8n }: Answer) {
  const slots = [round, BigInt.asUintN(256, answer), 0n, BigInt(updatedAt), answeredIn, decimals]
  for (const [index, value] of slots.entries())
    await chain.client.setStorageAt({ address: FEED, index, value: toHex(value, { size: 32 }) })
}

const source = (feeds: [string, Address][]) =>
  chainlink(new Map(feeds.map(([token, address]) => [token, { address, maxAgeSeconds: 3_600 }])), chain.client, async () => NOW)

test('a price is read from its feed on chain, with the time it was written', async () => {
  await set({})
  assert.deepEqual(await source([[ETH ?? '', FEED]]).ask(), [
    { asset: ETH, worth: 2_500_123_456_780_000n, asOf: new Date((NOW - 60) * 1000) },
  ])
  await set({ decimals: 18n, answer: 10n ** 18n })
  assert.equal((await source([[ETH ?? '', FEED]]).ask())[0]?.worth, 10n ** 12n)
})

test('a feed that is stale, of an earlier round, ahead of time, without a price or without sense is not believed', async () => {
  const bad: [Answer, RegExp][] = [
    [{ updatedAt: NOW - 3_601 }, /too long/],
    [{ answeredIn: 6n }, /earlier round/],
    [{ updatedAt: NOW + 3_600 }, /ahead/],
    [{ answer: 0n }, /no price/],
    [{ answer: -5n }, /no price/],
    [{ answer: 1n, decimals: 36n }, /too small/],
    [{ decimals: 77n }, /decimals/],
  ]
  for (const [answer, reason] of bad) {
    await set(answer)
    await assert.rejects(source([[ETH ?? '', FEED]]).ask(), reason)
  }
})

test('one broken feed does not hide the others', async () => {
  await set({})
  const quotes = await source([
    [COIN ?? '', BROKEN],
    [ETH ?? '', FEED],
  ]).ask()
  assert.deepEqual(
    quotes.map(({ asset }) => asset),
    [ETH],
  )
  await assert.rejects(source([[COIN ?? '', BROKEN]]).ask())
})
