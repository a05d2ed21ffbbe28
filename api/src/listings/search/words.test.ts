import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createPool } from '@fairhold/db/client'
import { ada, bruno, chiara, type DevAccount } from '@fairhold/protocol/dev-accounts'
import { insertSomeListing } from '../../../test/support/listings.ts'
import { type Market, startMarket } from '../../../test/support/market.ts'
import { Visitor } from '../../../test/support/visitor.ts'
import { deleteListings } from '../../privacy/erase-rows.ts'
import { takeOff } from '../stored.ts'
import { countTerms, searchJob } from './index-job.ts'
import { suggest } from './suggest.ts'

let market: Market
let visitor: Visitor
before(async () => {
  market = await startMarket()
  visitor = new Visitor(market.app)
})
after(() => market?.stop())

const put = (title: string, account: DevAccount = ada) => insertSomeListing(market.context, account, { content: { title } })
const off = (id: string) => market.context.db.$transaction((tx) => takeOff(tx, id))
const count = () => countTerms(market.context, 2)
const wordsLike = async (q: string) =>
  (await visitor.get(`/v1/listings/suggestions?q=${q}`)).body
    .filter(({ kind }: { kind: string }) => kind === 'words')
    .map(({ text }: { text: string }) => text)

/** All that is counted: by word, by term, and of listings. */
const counts = async () => {
  const { db } = market.context
  const [words, terms] = [await db.searchWord.findMany(), await db.searchTerm.findMany()]
  const [size] = await db.searchSize.findMany()
  const sorted = [
    ...words.map(({ word, listings }) => `${word} ${listings}`),
    ...terms.map(({ term, listings }) => `${term} ${listings}`),
  ]
  return { all: sorted.toSorted(), size: size?.listings ?? 0 }
}

test('words of a listing are suggested as long as it, or another, is on the market', async () => {
  const stays = await put('Rangefinder quux')
  await count()
  const before = await counts()
  const ids = [await put('Dress of Xeniamusterfrau'), await put('Xeniamusterfrau and a quux'), await put('Xenialand')]
  await count()
  assert.deepEqual(await wordsLike('xenia'), ['xeniamusterfrau', 'xenialand'])
  await off(ids[0] as string)
  await count()
  assert.deepEqual(new Set(await wordsLike('xenia')), new Set(['xeniamusterfrau', 'xenialand']))
  for (const id of ids.slice(1)) await off(id)
  await count()
  assert.deepEqual([await wordsLike('xenia'), await wordsLike('quu')], [[], ['quux']])
  assert.deepEqual(await counts(), before, 'nothing is left of what is gone, and nothing is missing of what stays')
  await off(stays)
  await count()
  assert.deepEqual(await counts(), { all: [], size: 0 })
})

test('a listing that goes before it was counted, and one that is deleted for good, leave no words either', async () => {
  await off(await put('Yggdrasilholz, carved'))
  const erased = await put('Yggdrasilbaum, carved')
  await count()
  await market.context.db.$transaction((tx) => deleteListings(tx, [{ id: erased }]))
  const other = await put('Yggdrasilblatt')
  await count()
  assert.deepEqual(await wordsLike('yggdra'), ['yggdrasilblatt'])
  await off(other)
  await count()
  assert.deepEqual(await counts(), { all: [], size: 0 })
})

test('in a large market a word is suggested if several sellers use it', async () => {
  for (const account of [ada, bruno, chiara]) await put('Kestrel binoculars', account)
  for (let n = 0; n < 5; n += 1) await put(`Kestrelschimpfwort ${n}`, bruno)
  await count()
  assert.deepEqual(await wordsLike('kestrel'), ['kestrelschimpfwort', 'kestrel'])
  await market.context.db.searchSize.updateMany({ data: { listings: 5_000 } })
  const pool = createPool(market.context.env.databaseUrl) // which remembers no size
  const suggested = await suggest({ ...market.context, pool }, { q: 'kestrel' })
  await pool.end()
  assert.deepEqual(
    suggested.filter(({ kind }) => kind === 'words').map(({ text }) => text),
    ['kestrel'],
  )
})

test('the job reads all listings once an hour, and at once when the index was emptied', async () => {
  const { db } = market.context
  let clock = Date.now()
  const job = searchJob(market.context, () => clock)
  const turn = async () => {
    for (const what of await job.due()) await job.work(what)
  }
  const unindexed = async (title: string) => {
    const id = await put(title)
    const { number } = await db.listing.findUniqueOrThrow({ where: { id }, select: { number: true } })
    await db.searchDocument.deleteMany({ where: { listing: number } })
    return async () => (await db.searchDocument.count({ where: { listing: number } })) === 1
  }
  const first = await unindexed('Lost lamp')
  await turn()
  assert.ok(await first(), 'at its start')
  const second = await unindexed('Another lost lamp')
  clock += 31_000
  await turn()
  assert.ok(!(await second()))
  clock += 3_600_000
  await turn()
  assert.ok(await second(), 'an hour later')
  await db.searchDocument.deleteMany()
  clock += 31_000
  await turn()
  assert.ok((await first()) && (await second()), 'when it is empty')
})
