import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pickZone } from './zone.ts'

test('the zone of the browser is taken where there is such a one', () => {
  assert.equal(pickZone('Europe/Berlin'), 'Europe/Berlin')
  assert.equal(pickZone('America/Argentina/Buenos_Aires'), 'America/Argentina/Buenos_Aires')
})

test('anything else is UTC', () => {
  for (const told of [undefined, '', 'Middle/Earth', 'Europe/Berlin; path=/', '<script>', 'x'.repeat(500)]) {
    assert.equal(pickZone(told), 'UTC', told)
  }
})
