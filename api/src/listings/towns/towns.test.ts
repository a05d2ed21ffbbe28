import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Market, startMarket } from '../../../test/support/market.ts'
import { Visitor } from '../../../test/support/visitor.ts'
import { fillTowns } from './fill.ts'

let market: Market
let visitor: Visitor
before(async () => {
  market = await startMarket()
  visitor = new Visitor(market.app)
})
after(() => market?.stop())

const find = async (query: string): Promise<{ id: number; name: string; country: string; population: number }[]> => {
  const { status, body } = await visitor.get(`/v1/towns?${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const firstOf = async (q: string, more = '') => {
  const [town] = await find(`q=${encodeURIComponent(q)}${more}`)
  return town && `${town.name}, ${town.country}`
}

describe('towns', () => {
  test('are found by the beginning of their name, the largest first', async () => {
    const towns = await find('q=Port')
    assert.equal(towns.length, 8)
    assert.ok(towns.every(({ name }) => /^port/i.test(name)))
    assert.deepEqual(
      towns,
      towns.toSorted((a, b) => b.population - a.population),
    )
  })

  const asked: [q: string, more: string, found: string][] = [
    ['porto', '&country=PT', 'Porto, PT'],
    ['Porto', '&country=BR', 'Porto Alegre, BR'],
    ['zurich', '', 'Zürich, CH'],
    ['zürich', '', 'Zürich, CH'],
    ['münchen', '', 'Munich, DE'],
    ['munchen', '', 'Munich, DE'],
    ['Wien', '', 'Vienna, AT'],
    ['Mailand', '', 'Milan, IT'],
    ['Lisboa', '', 'Lisbon, PT'],
    ['Warszawa', '', 'Warsaw, PL'],
    ['são pa', '', 'São Paulo, BR'],
    ['lisbn', '', 'Lisbon, PT'],
    ['Brtislava', '', 'Bratislava, SK'],
    ['Edinburg', '&country=GB', 'Edinburgh, GB'],
  ]
  for (const [q, more, found] of asked) {
    test(`${q}${more} finds ${found}`, async () => assert.equal(await firstOf(q, more), found))
  }

  test('nothing is found for what is no name, whatever it says', async () => {
    for (const q of ['zzqqxxy', '%%', '__', "'; --", '🚲🚲']) {
      assert.deepEqual(await find(`q=${encodeURIComponent(q)}`), [], q)
    }
  })

  test('a question that cannot be right is refused', async () => {
    for (const query of ['', 'q=a', 'q=po&country=UK', `q=${'x'.repeat(101)}`, 'q=ab%00', 'q=po&limit=100']) {
      const { status, body } = await visitor.get(`/v1/towns?${query}`)
      assert.deepEqual([status, body.code], [400, 'VALIDATION'], query)
    }
  })

  test('one is told by its number', async () => {
    const { body } = await visitor.get('/v1/towns/2735943')
    assert.deepEqual([body.name, body.country], ['Porto', 'PT'])
    assert.equal((await visitor.get('/v1/towns/999999999')).status, 404)
    assert.equal((await visitor.get('/v1/towns/nowhere')).status, 400)
  })

  test('are filled in once, however many ask at the same time', async () => {
    await Promise.all([fillTowns({ ...market.context }), fillTowns({ ...market.context })])
    const count = await market.context.db.town.count()
    assert.ok(count > 130_000, `${count} towns`)
    assert.ok((await market.context.db.townName.count()) > count)
  })

  test('get the names that came with a later version', async () => {
    await market.context.db.townName.deleteMany({ where: { search: 'kapstadt' } })
    assert.notEqual(await firstOf('Kapstadt'), 'Cape Town, ZA')
    await fillTowns({ ...market.context, db: Object.create(market.context.db) }) // as a process that has just been started
    assert.equal(await firstOf('Kapstadt'), 'Cape Town, ZA')
  })
})
