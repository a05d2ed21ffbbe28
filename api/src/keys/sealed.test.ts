import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { DamagedValue, keyIdOf, openWith, type Place, sealWith } from './sealed.ts'

const place: Place = { table: 'shipping', column: 'address_sealed', row: '0x01' }
const newKey = () => ({ id: randomUUID(), bytes: randomBytes(32) })

describe('a sealed value', () => {
  test('opens to what was sealed, whatever text that is', () => {
    const key = newKey()
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (text) => {
        const sealed = sealWith(key, place, text)
        assert.equal(sealed.length, 45 + Buffer.byteLength(text))
        assert.equal(keyIdOf(place, sealed), key.id)
        assert.equal(openWith(key, place, sealed), text)
      }),
    )
  })

  test('never looks the same twice, and shows nothing of the text', () => {
    const key = newKey()
    const [one, other] = [sealWith(key, place, 'Mill lane 4'), sealWith(key, place, 'Mill lane 4')]
    assert.notDeepEqual(one.subarray(17), other.subarray(17))
    assert.ok(!one.includes('Mill'))
  })

  test('does not open with one bit changed, wherever it is', () => {
    const key = newKey()
    const sealed = sealWith(key, place, 'Mill lane 4, Ghent')
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      assert.throws(() => openWith(key, place, changed), DamagedValue, `bit ${bit}`)
    }
  })

  test('does not open in another row, column or table, nor where their names run into each other', () => {
    const key = newKey()
    const sealed = sealWith(key, { table: 'a', column: 'b', row: 'c' }, 'Mill lane 4')
    const others: Place[] = [
      { table: 'a', column: 'b', row: 'd' },
      { table: 'a', column: 'x', row: 'c' },
      { table: 'x', column: 'b', row: 'c' },
      { table: 'ab', column: '', row: 'c' },
      { table: 'a', column: 'b","c', row: '' },
    ]
    for (const other of others) assert.throws(() => openWith(key, other, sealed), DamagedValue, JSON.stringify(other))
  })

  test('does not open with another key, nor when it names another key than it is under', () => {
    const [key, other] = [newKey(), newKey()]
    const sealed = sealWith(key, place, 'Mill lane 4')
    assert.throws(() => openWith(other, place, sealed), DamagedValue)
    Buffer.from(other.id.replaceAll('-', ''), 'hex').copy(sealed, 1)
    assert.throws(() => openWith(key, place, sealed), DamagedValue)
  })

  test('is refused when it is cut off or of an unknown version, with a message that shows nothing of it', () => {
    const sealed = sealWith(newKey(), place, '')
    assert.throws(() => keyIdOf(place, sealed.subarray(0, -1)), /address_sealed of 0x01 cannot be opened: it is too short/)
    assert.throws(() => keyIdOf(place, Buffer.concat([Buffer.of(2), sealed.subarray(1)])), /version 2 is unknown/)
  })
})
