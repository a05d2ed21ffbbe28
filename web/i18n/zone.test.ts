import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pickZone } from './zone.ts'

test('the zone of the browser is taken where there is such a one', () => {
  assert.equal(pickZone('Europe/Berlin'), 'Europe/Berlin')
  assert.match(pickZone('America/Argentina/Buenos_Aires'), /^America\/(Argentina\/)?Buenos_Aires$/)
})

test('a zone has one name, however it is written: what is kept for each stays little', () => {
  for (const told of ['aMerica/aRgentina/buenos_aires', 'AMERICA/BUENOS_AIRES']) {
    assert.equal(pickZone(told), pickZone('America/Argentina/Buenos_Aires'))
  }
})

test('anything else is UTC', () => {
  for (const told of [undefined, '', 'Middle/Earth', 'Europe/Berlin; path=/', '<script>', 'x'.repeat(500)]) {
    assert.equal(pickZone(told), 'UTC', told)
  }
})
