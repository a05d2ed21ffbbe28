import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { bruno, chiara, dmitri } from '@fairhold/protocol/dev-accounts'
import { type Address, type Hex, pad, TransactionReceiptNotFoundError } from 'viem'
import type { PendingBundle } from './pending.ts'
import type { Progress } from './track.ts'
import { type BundleReader, trackBundle, type WalletWord } from './track-bundle.ts'

const ACCOUNT = dmitri.address
const ESCROW: Address = `0x${'e5'.repeat(20)}`
const TOKEN: Address = `0x${'70'.repeat(20)}`
const DEAL: Hex = `0x${'de'.repeat(32)}`
const OTHER_DEAL: Hex = `0x${'0d'.repeat(32)}`
const HASH: Hex = `0x${'aa'.repeat(32)}`
const OTHER_HASH: Hex = `0x${'bb'.repeat(32)}`
const OPENED = pad('0x01')
const APPROVAL = pad('0x02')

interface Mined {
  hash: Hex
  block: number
  status?: 'success' | 'reverted'
  logs?: { address: Address; topics: Hex[] }[]
}

/** What a bundler's transaction logs that pays for a deal. */
const paid = (by: Address = ACCOUNT, deal = DEAL) => [
  { address: TOKEN, topics: [APPROVAL, pad(by), pad(ESCROW)] },
  { address: ESCROW, topics: [OPENED, deal, pad(chiara.address), pad(by)] },
]

/** A chain of these transactions, to which some may be added. */
function chainOf(mined: Mined[]) {
  let away = false
  const asked = { logs: 0 }
  const answer =
    <T>(give: () => T) =>
    async () => {
      if (away) throw new Error('no answer')
      return give()
    }
  const reader = {
    getBlockNumber: answer(() => 1_000n),
    getTransactionReceipt: ({ hash }: { hash: Hex }) =>
      answer(() => {
        const found = mined.find((one) => one.hash === hash)
        if (!found) throw new TransactionReceiptNotFoundError({ hash })
        return { transactionHash: hash, status: found.status ?? 'success', logs: found.logs ?? [] }
      })(),
    request: ({ params: [filter] }: { params: [{ address: Address; topics: [null, Hex]; fromBlock: Hex; toBlock: Hex }] }) =>
      answer(() => {
        asked.logs += 1
        const inRange = mined.filter(({ block }) => block >= Number(filter.fromBlock) && block <= Number(filter.toBlock))
        return inRange.flatMap(({ hash, logs = [] }) =>
          logs
            .filter(({ address, topics }) => address === filter.address && topics[1] === filter.topics[1])
            .map(() => ({ transactionHash: hash })),
        )
      })(),
  } as unknown as BundleReader
  const goAway = (yes: boolean) => {
    away = yes
  }
  return { reader, asked, goAway }
}

const pendingOf = (change: Partial<PendingBundle> & { accepted?: boolean } = {}): PendingBundle => {
  const { accepted = true, ...rest } = change
  const bundle = { id: '0x1d', dealId: DEAL, accepted }
  return { hash: null, chainId: 31_337, account: ACCOUNT, to: ESCROW, block: 900, sentAt: Date.now(), bundle, ...rest }
}

type Said = WalletWord | null | 'silent'

/** Long enough for any machine; the tests in which a time has to pass say a short one. */
const patient = { pollMs: 5, askedMs: 9_000, dropMs: 9_000, silentMs: 9_000 }

function follow(mined: Mined[], say: () => Said, pending = pendingOf(), limits: Partial<typeof patient> = {}) {
  const { reader, asked, goAway } = chainOf(mined)
  const seen: Progress[] = []
  const hashes: Hex[] = []
  const ids: string[] = []
  const outcome = trackBundle(
    reader,
    async (id) => {
      ids.push(id)
      const word = say()
      if (word === 'silent') throw new Error('locked')
      return word
    },
    pending,
    {
      onProgress: (progress) => seen.push(progress),
      onHash: (hash) => hashes.push(hash),
      signal: AbortSignal.timeout(10_000),
      ...{ ...patient, ...limits },
    },
  )
  return { outcome, seen, hashes, ids, asked, goAway }
}

const success = { end: 'mined', hash: HASH, status: 'success' }

test('one that the wallet is at waits, without a question to the chain, and ends as done in the transaction of a stranger', async () => {
  const mined: Mined[] = []
  let word: WalletWord = { status: 100, hash: null }
  const { outcome, seen, hashes, ids, asked } = follow(mined, () => word)
  await sleep(200)
  assert.ok(seen.length > 3 && seen.every((one) => one.at === 'waiting' && one.hash === null))
  assert.equal(asked.logs, 0)
  mined.push({ hash: HASH, block: 950, logs: [...paid(bruno.address, OTHER_DEAL), ...paid()] })
  word = { status: 200, hash: HASH }
  assert.deepEqual(await outcome, success)
  assert.deepEqual(hashes, [HASH])
  assert.ok(ids.every((id) => id === '0x1d'))
})

test('done, says the wallet, and the chain does not know it yet: waits for the chain', async () => {
  const mined: Mined[] = []
  const { outcome, seen } = follow(mined, () => ({ status: 200, hash: HASH }))
  await sleep(200)
  assert.equal(seen.at(-1)?.at, 'waiting')
  mined.push({ hash: HASH, block: 950, logs: paid() })
  assert.deepEqual(await outcome, success)
})

test('done, says the wallet, and the transaction did nothing of it, or only for somebody else: undone', async () => {
  const undone = { end: 'mined', hash: HASH, status: 'reverted' }
  for (const logs of [[], paid(bruno.address), paid(ACCOUNT, OTHER_DEAL)]) {
    assert.deepEqual(await follow([{ hash: HASH, block: 950, logs }], () => ({ status: 200, hash: HASH })).outcome, undone)
  }
  const reverted: Mined = { hash: HASH, block: 950, status: 'reverted' }
  assert.deepEqual(await follow([reverted], () => ({ status: 200, hash: HASH })).outcome, undone)
})

test('done, says the wallet, and names another transaction: the one that paid for the deal counts', async () => {
  const mined = [
    { hash: OTHER_HASH, block: 940, logs: [] },
    { hash: HASH, block: 950, logs: paid() },
  ]
  assert.deepEqual(await follow(mined, () => ({ status: 200, hash: OTHER_HASH })).outcome, success)
})

test('failures: never to be sent (400), undone as a whole (500), done in part (600)', async () => {
  assert.deepEqual(await follow([], () => ({ status: 400, hash: null })).outcome, { end: 'unsent' })
  assert.deepEqual(await follow([], () => ({ status: 500, hash: null })).outcome, { end: 'reverted', hash: null })
  const failed: Mined = { hash: HASH, block: 950, status: 'reverted' }
  assert.deepEqual(await follow([failed], () => ({ status: 500, hash: HASH })).outcome, { end: 'reverted', hash: HASH })
  const part: Mined = { hash: HASH, block: 950, logs: paid().slice(0, 1) }
  assert.deepEqual(await follow([part], () => ({ status: 600, hash: HASH })).outcome, { end: 'partial', hash: HASH })
})

test('a wallet that calls it failed although the chain has it is not believed', async () => {
  const mined = [{ hash: HASH, block: 950, logs: paid() }]
  for (const status of [400, 500, 600]) assert.deepEqual(await follow(mined, () => ({ status, hash: null })).outcome, success)
})

test('a wallet that does not know it: found by the deal, but not in what somebody else, or an earlier transaction, did with it', async () => {
  const mined: Mined[] = [
    { hash: OTHER_HASH, block: 950, logs: paid(bruno.address) },
    { hash: `0x${'cc'.repeat(32)}`, block: 899, logs: paid() },
  ]
  const { outcome, seen } = follow(mined, () => null)
  await sleep(60)
  assert.equal(seen.at(-1)?.at, 'waiting')
  mined.push({ hash: HASH, block: 960, logs: paid() })
  assert.deepEqual(await outcome, success)
})

test('a wallet that does not know it, and nothing on the chain: not sent if it never accepted it, else lost, after a while', async () => {
  const since = Date.now()
  assert.deepEqual(await follow([], () => null, pendingOf({ accepted: false }), { askedMs: 60 }).outcome, { end: 'unsent' })
  assert.ok(Date.now() - since >= 60)
  assert.deepEqual(await follow([], () => null, pendingOf(), { dropMs: 120 }).outcome, { end: 'dropped' })
  assert.ok(Date.now() - since >= 180)
})

test('a wallet that cannot be asked: nothing is concluded for long, and the chain is looked at meanwhile', async () => {
  const mined: Mined[] = []
  const silent = follow(mined, () => 'silent', pendingOf({ accepted: false }), { askedMs: 40 })
  await sleep(150) // longer than an unknown one would be looked for
  assert.equal(silent.seen.at(-1)?.at, 'waiting')
  mined.push({ hash: HASH, block: 960, logs: paid() })
  assert.deepEqual(await silent.outcome, success)
  assert.deepEqual(await follow([], () => 'silent', pendingOf(), { silentMs: 100, dropMs: 50 }).outcome, { end: 'dropped' })
})

test('a node that is away: nothing is concluded, whatever the wallet says', async () => {
  const mined: Mined[] = [{ hash: HASH, block: 950, logs: paid() }]
  const { outcome, seen, goAway } = follow(mined, () => ({ status: 500, hash: null }))
  goAway(true)
  await sleep(200)
  assert.equal(seen.at(-1)?.at, 'away')
  goAway(false)
  assert.deepEqual(await outcome, success)
})

test('a block that is taken back: it is waited for again, and found in another transaction', async () => {
  const mined: Mined[] = []
  const { outcome, hashes } = follow(mined, () => ({ status: 200, hash: OTHER_HASH }), pendingOf({ hash: OTHER_HASH }))
  await sleep(60)
  mined.push({ hash: HASH, block: 951, logs: paid() })
  assert.deepEqual(await outcome, success)
  assert.deepEqual(hashes, [HASH])
})
