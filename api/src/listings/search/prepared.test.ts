import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { CONNECTION_LASTS, createNames, MOST_NAMED } from './prepared.ts'

describe('a statement', () => {
  test('that is wanted again is prepared, and stays so while a thousand odd ones pass', () => {
    const nameOf = createNames()
    assert.equal(nameOf('SELECT 1'), undefined)
    const name = nameOf('SELECT 1')
    assert.match(name ?? '', /^search-/)
    for (let odd = 0; odd < 2_000; odd += 1) nameOf(`SELECT ${odd} AS odd`)
    assert.deepEqual([nameOf('SELECT 1'), nameOf('SELECT 0 AS odd')], [name, undefined])
  })

  test('that nobody has wanted for as long as a connection lives makes room for another', () => {
    let now = 0
    const nameOf = createNames(() => now)
    const ask = (text: string, times = 20) => Array.from({ length: times }, () => nameOf(text)).at(-1)
    for (let one = 0; one < MOST_NAMED; one += 1) assert.ok(ask(`SELECT ${one}`))
    assert.equal(ask('SELECT 1000', 50), undefined)
    now += CONNECTION_LASTS * 1_000 + 1
    assert.ok(ask('SELECT 1000'))
  })

  test('has to be asked the more often for a name, the fewer are left', () => {
    const nameOf = createNames()
    for (let one = 0; one < 200; one += 1) for (const again of ['', '']) nameOf(`SELECT ${one} ${again}`)
    assert.equal(nameOf('SELECT often'), undefined)
    for (let times = 0; times < 4; times += 1) nameOf('SELECT often')
    assert.ok(nameOf('SELECT often'), 'odd ones that are asked twice do not take every name')
  })

  test('is one of at most so many on a connection, whatever is asked and when', () => {
    const asks = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 40 }), fc.nat(20)), { minLength: 200, maxLength: 600 })
    fc.assert(
      fc.property(asks, (all) => {
        let now = 0
        const nameOf = createNames(() => now)
        const given: { name: string; at: number }[] = []
        for (const [text, times, seconds] of all) {
          now += seconds * 1_000
          for (let one = 0; one < times; one += 1) {
            const name = nameOf(String(text))
            if (name) given.push({ name, at: now })
          }
        }
        for (const { at } of given) {
          const life = given.filter((one) => one.at >= at && one.at < at + CONNECTION_LASTS * 1_000)
          assert.ok(new Set(life.map(({ name }) => name)).size <= MOST_NAMED)
        }
      }),
      { numRuns: 20 },
    )
  })
})
