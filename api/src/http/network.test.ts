import assert from 'node:assert/strict'
import { isIPv6 } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { networkOf } from './network.ts'

for (const [address, network] of [
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002:ffff::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
  ['nonsense', 'nonsense'],
  ['', ''],
] as const) {
  test(`${address || 'nothing'} is of ${network || 'nothing'}`, () => assert.equal(networkOf(address), network))
}

test('whoever changes the last 64 bits stays in the network, whoever changes the first leaves it', () => {
  const group = fc.integer({ min: 0, max: 0xffff })
  const eight = fc.tuple(...Array.from({ length: 8 }, () => group))
  const text = (groups: readonly number[]) => groups.map((one) => one.toString(16)).join(':')
  fc.assert(
    fc.property(eight, eight, fc.integer({ min: 0, max: 3 }), (a, b, place) => {
      fc.pre(a.slice(0, 4).some((one) => one !== 0))
      const moved = [...a.slice(0, 4), ...b.slice(4)]
      assert.ok(isIPv6(text(moved)))
      assert.equal(networkOf(text(moved)), networkOf(text(a)))
      const away = a.with(place, (a[place] ?? 0) ^ 1)
      fc.pre(away.slice(0, 4).some((one) => one !== 0))
      assert.notEqual(networkOf(text(away)), networkOf(text(a)))
    }),
  )
})
