import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createProxyCheck } from './proxies.ts'

test('addresses and networks are recognised in all their texts', () => {
  const isProxy = createProxyCheck('127.0.0.1, 10.1.0.0/16,fd00:1::/32,::1')
  for (const one of ['127.0.0.1', '::ffff:127.0.0.1', '10.1.255.9', '::FFFF:10.1.0.1', 'fd00:1:ffff::2', '::1', '0:0::1'])
    assert.equal(isProxy(one), true, one)
  for (const one of ['127.0.0.2', '10.2.0.0', 'fd00:2::1', '::2', '', undefined, 'nonsense', '127.0.0.1, 10.1.0.1'])
    assert.equal(isProxy(one), false, one)
})

test('an empty list believes nobody', () => {
  assert.equal(createProxyCheck('')('127.0.0.1'), false)
})

for (const list of [
  'loopback',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0.0/8/8',
  '::/129',
  '10.0.0.0/-1',
  '1.2.3',
  '10.0.0.0/8;10.1.0.0/16',
]) {
  test(`${list} is refused`, () => assert.throws(() => createProxyCheck(list), /TRUSTED_PROXIES/))
}
