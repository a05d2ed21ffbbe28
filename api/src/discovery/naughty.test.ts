import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ada, dmitri } from '@fairhold/protocol/dev-accounts'
import { naughty } from '../../../test/support/naughty.ts'
import { insertSomeListing } from '../../test/support/listings.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'

const names = [
  ...['q', 'lang', 'category', 'condition', 'token', 'currency', 'minPrice', 'maxPrice', 'brand', 'country', 'near', 'within'],
  ...['shipsTo', 'minScore', 'seller', 'available', 'sort', 'cursor', 'limit'],
]

let market: Market
before(async () => {
  market = await startMarket()
  await insertSomeListing(market.context, ada)
})
after(() => market?.stop())

/** Refused with a reason, or answered: never an error of ours. */
const isCivil = (answer: { status: number; body: { code?: string } }, what: string) => {
  assert.ok(answer.status < 500, `${answer.status} for ${what.slice(0, 120)}`)
  if (answer.status >= 400) assert.equal(typeof answer.body.code, 'string', what)
}

test('there are enough naughty inputs', () => assert.ok(new Set(naughty).size >= 60, String(naughty.length)))

test('whatever is asked of the search, in whichever parameter, is answered or refused', async () => {
  const visitor = new Visitor(market.app)
  for (const path of ['/v1/listings', '/v1/listings/facets']) {
    for (const name of names) {
      for (const value of naughty) {
        const query = new URLSearchParams({ [name]: value.toWellFormed() })
        isCivil(await visitor.get(`${path}?${query}`), `${path}?${query}`)
      }
    }
  }
})

test('whatever is typed, suggestions and towns are answered or refused', async () => {
  const visitor = new Visitor(market.app)
  for (const value of naughty) {
    const q = new URLSearchParams({ q: value.toWellFormed() })
    isCivil(await visitor.get(`/v1/listings/suggestions?${q}`), `suggestions ${q}`)
    isCivil(await visitor.get(`/v1/towns?${q}`), `towns ${q}`)
    isCivil(await visitor.get(`/v1/listings/${encodeURIComponent(value.toWellFormed())}/similar`), `similar ${q}`)
  }
})

test('whatever is saved as a search is kept as it is, or refused', async () => {
  const visitor = await signedIn(market.app, dmitri)
  for (const value of naughty) {
    for (const query of [{ q: value }, { brand: value }, { category: value }]) {
      const answer = await visitor.send('POST', '/v1/saved/searches', { name: value, query })
      isCivil(answer, JSON.stringify(query))
      if (answer.status === 201) {
        assert.deepEqual([answer.body.name, answer.body.query], [value.trim(), query])
        await visitor.send('DELETE', `/v1/saved/searches/${answer.body.id}`)
      }
    }
  }
})
