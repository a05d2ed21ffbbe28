import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Offer, offerToJson, parseOffer, termsOfUnit } from '@fairhold/protocol/deal/terms'
import { ada, bruno, type DevAccount, dmitri, relayer } from '@fairhold/protocol/dev-accounts'
import { type Act, actTypedData } from '@fairhold/protocol/eip712/acts'
import { type Hex, parseEther, zeroHash } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { TestChain } from '../../test/support/chain.ts'
import { dealsOn } from '../../test/support/deals.ts'
import { insertChoices } from '../../test/support/listings.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { PRICE, relayingOn, TIP } from '../../test/support/relaying.ts'
import { insertDeal } from '../../test/support/rows.ts'
import { openGate } from '../../test/support/rpc-gate.ts'
import { callUsd, deployMoney, lower, paying, usd, usdOf } from '../../test/support/usd.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'
import type { Listing } from '../listings/contract.ts'
import { relayJob } from './job.ts'

let market: Market & { chain: TestChain }
let relaying: ReturnType<typeof relayingOn>
let buyer: Visitor
let stranger: Visitor

before(async () => {
  market = await startMarketOnChain()
  relaying = relayingOn(market)
  await deployMoney(market.chain)
  await callUsd(market.chain, dmitri, 'mint', [lower(dmitri), 10_000_000_000n])
  buyer = await signedIn(market.app, dmitri)
  stranger = await signedIn(market.app, bruno)
})
after(() => market.stop())

const ask = (changes: Partial<Offer['terms']> = {}) => relaying.ask(changes)
type Ask = Awaited<ReturnType<typeof ask>>
const handIn = (asked: Ask, tip = TIP, by = buyer) => relaying.handIn(asked, by, { tip })

const stateOf = async (id: Hex) => (await dealsOn(market).onChain(id)).state
const nonceOf = (account: DevAccount) => market.chain.client.getTransactionCount({ address: account.address })

const relayAll = () => relaying.relayAll()

test('a unit that is being bought in one way is not sent for in another', async () => {
  const listingId = await insertChoices(market.context, ada, { terms: { token: usd.address, price: PRICE }, nonce: 3 })
  const { choices } = (await buyer.get(`/v1/listings/${listingId}`)).body as Listing
  const asks = choices.map(({ offer, signature, units }) => ({
    offer: parseOffer(offer),
    signature: signature as Hex,
    id: units[0]?.dealId as Hex,
  }))
  const [first, second, third] = asks as [Ask, Ask, Ask]
  assert.equal((await handIn(first)).status, 202)
  const again = await handIn(second)
  assert.deepEqual([again.status, again.body.code], [409, 'WRONG_STATE'], JSON.stringify(again.body))
  assert.match(again.body.detail, /another way/)
  await relayAll()
  await insertDeal(market.indexer, market.context, { terms: termsOfUnit(first.offer, 0) })
  assert.equal((await handIn(third)).body.code, 'WRONG_STATE', 'sold, and known of')
})

test('a buyer without coins buys: the relayer sends it once, and earns the tip', async () => {
  const { body: offered } = await buyer.get('/v1/relay')
  assert.deepEqual(offered, { open: true, reason: null, acts: true, tips: [{ token: usd.address, tip: TIP.toString() }] })
  const made = await ask()
  const answer = await handIn(made)
  assert.equal(answer.status, 202, JSON.stringify(answer.body))
  assert.deepEqual([answer.body.status, answer.body.hash, answer.body.dealId], ['queued', null, made.id])
  assert.equal((await handIn(made)).body.id, answer.body.id, 'the same again is the same request')
  const [tips, coins, sent] = [await usdOf(market.chain, lower(relayer)), await nonceOf(dmitri), await nonceOf(relayer)]
  await relayAll()
  assert.equal(await stateOf(made.id), 'funded')
  assert.equal((await usdOf(market.chain, lower(relayer))) - tips, TIP)
  assert.equal(await nonceOf(dmitri), coins, 'the buyer sent nothing')
  assert.equal(await nonceOf(relayer), sent + 1)
  const { body } = await buyer.get(`/v1/relay/requests/${answer.body.id}`)
  assert.equal(body.status, 'done')
  assert.match(body.hash, /^0x[0-9a-f]{64}$/)
  assert.equal((await buyer.get(`/v1/relay/deals/${made.id}`)).body.id, answer.body.id)
  assert.equal((await stranger.get(`/v1/relay/requests/${answer.body.id}`)).status, 404)
  assert.equal((await stranger.get(`/v1/relay/deals/${made.id}`)).body, null)
  assert.equal(
    (await handIn(await ask({ salt: made.offer.terms.salt, itemHash: made.offer.terms.itemHash }))).body.id,
    answer.body.id,
  )
})

test('what the relayer would lose money by is refused before it is queued', async () => {
  const cases: [Promise<{ status: number; body: { detail: string } }>, number, RegExp][] = [
    [handIn(await ask(), TIP - 1n), 422, /at least 50000/],
    [handIn(await ask(), TIP, stranger), 403, /none of your wallets/],
    [handIn(await ask({ operator: lower(bruno) })), 422, /operator is not this market/],
    [handIn(await ask({ price: 20_000_000_000n })), 409, /contract would refuse it/],
  ]
  for (const [answer, status, reason] of cases) {
    const { body, status: given } = await answer
    assert.equal(given, status, JSON.stringify(body))
    assert.match(body.detail, reason)
  }
  const { offer, signature } = await ask()
  const forged = { ...(await paying(market.chain, dmitri, offer, { tip: TIP }).authorization()), tip: (TIP + 1n).toString() }
  const body = { offer: offerToJson(offer), unit: 0, signature, buyer: dmitri.address, payment: forged }
  assert.equal((await buyer.send('POST', '/v1/relay/openings', body)).status, 422)
})

test('bought by somebody else meanwhile: it ends with the contract’s reason, and nothing is sent', async () => {
  const made = await ask()
  const { body } = await handIn(made)
  await callUsd(market.chain, bruno, 'mint', [lower(bruno), PRICE])
  await callUsd(market.chain, bruno, 'approve', [market.context.deployment.escrow, PRICE])
  const { openCall } = await import('@fairhold/protocol/deal/payment')
  const call = openCall({ ...made, unit: 0, buyer: lower(bruno), payment: { method: 'allowance' } })
  await market.chain.escrow(bruno, { functionName: 'open', args: call.args as never })
  const sent = await nonceOf(relayer)
  await relayAll()
  const failed = (await buyer.get(`/v1/relay/requests/${body.id}`)).body
  assert.deepEqual([failed.status, failed.problem.code], ['failed', 'UnexpectedState'])
  assert.equal(await nonceOf(relayer), sent)
})

test('a relayer that has no money for gas says so before, and ends what waits', async () => {
  const { body } = await handIn(await ask())
  const held = await market.chain.client.getBalance({ address: relayer.address })
  await market.chain.client.setBalance({ address: relayer.address, value: parseEther('0.001') })
  assert.equal((await buyer.get('/v1/relay')).body.reason, 'out-of-gas')
  const refused = await handIn(await ask())
  assert.deepEqual([refused.status, refused.body.code], [409, 'RELAY_CLOSED'])
  await relayAll()
  assert.equal((await buyer.get(`/v1/relay/requests/${body.id}`)).body.problem.code, 'out-of-gas')
  await market.chain.client.setBalance({ address: relayer.address, value: held })
})

test('a party’s signed step is sent for it: the seller ships without coins; another’s signature is refused', async () => {
  const { open } = dealsOn(market)
  const deal = await open({ token: (await import('viem')).zeroAddress })
  await dealsOn(market).index(deal)
  const seller = await signedIn(market.app, ada)
  const act: Act = {
    signer: lower(ada),
    dealId: deal.id,
    action: 'ship',
    value: 0n,
    hash: zeroHash,
    tip: 0n,
    expiry: 4_000_000_000,
  }
  const sign = (by: DevAccount) => privateKeyToAccount(by.privateKey).signTypedData(actTypedData(act, market.context.domain))
  const { tip, ...rest } = act
  const body = { ...rest, value: '0', signature: await sign(ada) }
  assert.equal(tip, 0n)
  assert.equal(
    (await seller.send('POST', '/v1/relay/acts', { ...body, signature: await sign(dmitri) })).body.code,
    'WRONG_SIGNATURE',
  )
  assert.equal((await stranger.send('POST', '/v1/relay/acts', body)).status, 403)
  const asked = await seller.send('POST', '/v1/relay/acts', body)
  assert.equal(asked.status, 202, JSON.stringify(asked.body))
  await relayAll()
  assert.equal(await stateOf(deal.id), 'shipped')
})

/** A worker in a process of its own, at a gate through which it sees the chain. */
async function worker(url: string): Promise<{ kill: () => void; gone: Promise<unknown> }> {
  const env = {
    ...process.env,
    API_DATABASE_URL: market.context.env.databaseUrl,
    RPC_URL: url,
    DATA_DIR: market.context.env.dataDir,
  }
  const script = join(import.meta.dirname, '../../test/support/relay-process.ts')
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  return { kill: () => child.kill('SIGKILL'), gone }
}

const points = [
  ['eth_estimateGas', 'before'],
  ['eth_getTransactionCount', 'after'],
  ['eth_sendRawTransaction', 'before'],
  ['eth_sendRawTransaction', 'after'],
  ['eth_getTransactionReceipt', 'before'],
  ['eth_getTransactionReceipt', 'after'],
] as const

for (const [method, moment] of points) {
  test(`a worker killed ${moment} ${method}: the next one goes on, and the purchase is sent once`, async () => {
    const made = await ask()
    const { body } = await handIn(made)
    const [sent, paid] = [await nonceOf(relayer), await usdOf(market.chain, lower(dmitri))]
    const gate = await openGate(market.chain.url)
    try {
      const first = await worker(gate.url)
      gate.when(method, moment, first.kill)
      await first.gone
      const second = await worker(gate.url)
      const until = Date.now() + 20_000
      const statusOf = async () => (await buyer.get(`/v1/relay/requests/${body.id}`)).body.status
      while ((await statusOf()) !== 'done' && Date.now() < until) await sleep(100)
      second.kill()
      await second.gone
      assert.equal(await statusOf(), 'done')
    } finally {
      await gate.stop()
    }
    assert.equal(await stateOf(made.id), 'funded')
    assert.equal(await nonceOf(relayer), sent + 1, 'one transaction')
    assert.equal(paid - (await usdOf(market.chain, lower(dmitri))), PRICE + TIP, 'paid once')
  })
}

test('a transaction whose nonce another one took begins anew; a mined one that the chain took back is followed again', async () => {
  const made = await ask()
  const { body } = await handIn(made)
  const { db } = market.context
  // As if it had been signed for a nonce that something else used meanwhile.
  const nonce = BigInt((await nonceOf(relayer)) - 1)
  const transactions = [{ hash: `0x${'ab'.repeat(32)}`, raw: '0x02' }]
  await db.relay.update({ where: { id: body.id }, data: { status: 'sending', nonce, transactions, sentAt: new Date() } })
  await relayAll()
  assert.equal((await buyer.get(`/v1/relay/requests/${body.id}`)).body.status, 'queued')
  await relayAll()
  assert.equal(await stateOf(made.id), 'funded')
  await db.relay.update({ where: { id: body.id }, data: { transactions } })
  const job = relayJob(market.context, relayer.privateKey)
  const row = (await job.due()).find(({ id }) => id === body.id)
  assert.ok(row, 'what no indexer has seen yet is looked after')
  await job.work(row)
  assert.equal((await buyer.get(`/v1/relay/requests/${body.id}`)).body.status, 'sending')
})

test('a transaction that no block takes is replaced by one with a higher fee, and only one of them is mined', async () => {
  const made = await ask()
  const { body } = await handIn(made)
  const sent = await nonceOf(relayer)
  await market.chain.client.setAutomine(false)
  const job = relayJob(market.context, relayer.privateKey)
  const rowOf = async () => {
    const row = (await job.due()).find(({ id }) => id === body.id)
    assert.ok(row)
    return row
  }
  await job.work(await rowOf())
  await market.context.db.relay.update({ where: { id: body.id }, data: { sentAt: new Date(Date.now() - 60_000) } })
  await job.work(await rowOf())
  const { transactions } = await rowOf()
  assert.equal(transactions.length, 2)
  await market.chain.client.mine({ blocks: 1 })
  await market.chain.client.setAutomine(true)
  await job.work(await rowOf())
  const done = (await buyer.get(`/v1/relay/requests/${body.id}`)).body
  assert.deepEqual([done.status, done.hash], ['done', transactions[1]?.hash])
  assert.equal(await nonceOf(relayer), sent + 1)
})

test('one account may have so many sent in a day', async () => {
  const { db } = market.context
  const row = await db.relay.findFirstOrThrow({ where: { status: 'done' } })
  const { id: _id, digest: _digest, transactions: _transactions, ...rest } = row
  const more = Array.from({ length: 40 }, (_, index) => ({ ...rest, digest: `0x${index}`, transactions: [] }))
  await db.relay.createMany({ data: more })
  const refused = await handIn(await ask())
  assert.equal(refused.status, 429, JSON.stringify(refused.body))
})
