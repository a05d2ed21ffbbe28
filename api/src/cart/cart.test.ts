import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { ada, bruno, dmitri } from '@fairhold/protocol/dev-accounts'
import type { Hex } from 'viem'
import { insertSomeListing } from '../../test/support/listings.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { someHash } from '../../test/support/rows.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'
import { deleteListings } from '../privacy/erase-rows.ts'
import { MOST_LINES } from './contract.ts'

let market: Market
let phone: Visitor
let laptop: Visitor
let other: Visitor
before(async () => {
  market = await startMarket()
  phone = await signedIn(market.app, dmitri)
  laptop = await signedIn(market.app, dmitri)
  other = await signedIn(market.app, bruno)
})
beforeEach(() => market.context.db.cartLine.deleteMany())
after(() => market?.stop())

const sell = () => insertSomeListing(market.context, ada)
const set = (by: Visitor, listingId: Hex, quantity: number, choice = 0) =>
  by.send('PUT', '/v1/cart/lines', { lines: [{ listingId, choice, quantity }] })
const bring = (by: Visitor, lines: [Hex, number][]) =>
  by.send('POST', '/v1/cart/guest', { lines: lines.map(([listingId, quantity]) => ({ listingId, choice: 0, quantity })) })
const linesOf = async (by: Visitor) =>
  (await by.get('/v1/cart')).body.lines.map(({ listingId, quantity }: { listingId: Hex; quantity: number }) => [
    listingId,
    quantity,
  ])

test('a cart is the same on all devices of a person, and nobody else’s', async () => {
  const [lens, bag] = [await sell(), await sell()]
  assert.deepEqual((await set(phone, lens, 2)).body, { lines: [{ listingId: lens, choice: 0, quantity: 2 }] })
  await set(laptop, bag, 1)
  assert.deepEqual(await linesOf(phone), [
    [lens, 2],
    [bag, 1],
  ])
  assert.deepEqual(await linesOf(other), [])
  await set(laptop, lens, 3)
  await set(phone, bag, 0)
  assert.deepEqual(await linesOf(laptop), [[lens, 3]])
  await set(phone, lens, 1, 1)
  assert.equal((await linesOf(phone)).length, 2, 'another way of sending is another line')
  assert.equal((await new Visitor(market.app).get('/v1/cart')).status, 401)
})

test('what a guest put in comes along: of both the greater number, and nothing twice', async () => {
  const [lens, bag, tent] = [await sell(), await sell(), await sell()]
  await set(phone, lens, 3)
  await set(phone, bag, 1)
  const guest: [Hex, number][] = [
    [bag, 2],
    [lens, 1],
    [tent, 1],
    [someHash(), 1],
  ]
  for (const _ of ['sign in', 'a second tab']) {
    assert.equal((await bring(laptop, guest)).status, 200)
    assert.deepEqual(await linesOf(laptop), [
      [lens, 3],
      [bag, 2],
      [tent, 1],
    ])
  }
})

test('it has room for so much: more is refused and changes nothing, and what a guest brings is taken as far as it fits', async () => {
  const ids = await Promise.all(Array.from({ length: MOST_LINES + 3 }, sell))
  await bring(
    phone,
    ids.slice(0, MOST_LINES - 1).map((id) => [id, 1]),
  )
  const [last, ...more] = ids.slice(MOST_LINES - 1) as [Hex, Hex, Hex, Hex]
  assert.equal((await bring(phone, [[last, 1], ...more.map((id): [Hex, number] => [id, 1])])).status, 200)
  assert.equal((await linesOf(phone)).length, MOST_LINES)
  const refused = await set(phone, more[0], 1)
  assert.deepEqual([refused.status, refused.body.code], [409, 'TOO_MANY'], JSON.stringify(refused.body))
  assert.equal((await linesOf(phone)).length, MOST_LINES)
  assert.equal((await set(phone, last, 7)).status, 200, 'what is there can be changed')
  const swap = {
    lines: [
      { listingId: last, choice: 0, quantity: 0 },
      { listingId: more[1], choice: 0, quantity: 1 },
    ],
  }
  assert.equal((await phone.send('PUT', '/v1/cart/lines', swap)).status, 200)
})

test('many devices at once fill it no further than it goes', async () => {
  const ids = await Promise.all(Array.from({ length: MOST_LINES + 8 }, sell))
  const answers = await Promise.all(ids.map((id, at) => set(at % 2 === 0 ? phone : laptop, id, 1)))
  assert.equal(answers.filter(({ status }) => status === 200).length, MOST_LINES)
  assert.equal((await linesOf(phone)).length, MOST_LINES)
})

test('nonsense is refused; a listing that is deleted for good stays until its reader has been told', async () => {
  const lens = await sell()
  assert.equal((await set(phone, someHash(), 1)).status, 404)
  assert.equal((await set(phone, lens, -1)).status, 400)
  assert.equal((await set(phone, lens, 101)).status, 400)
  assert.equal((await set(phone, 'lens' as Hex, 1)).status, 400)
  assert.equal((await bring(phone, [[lens, 0]])).status, 400)
  await set(phone, lens, 1)
  await market.context.db.$transaction((tx) => deleteListings(tx, [{ id: lens }]))
  assert.deepEqual(await linesOf(phone), [[lens, 1]])
  assert.deepEqual((await set(phone, lens, 0)).body.lines, [])
})
