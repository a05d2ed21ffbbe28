import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bytesToHex, type Hex, hexToBytes, recoverAddress } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { signerOf } from './recover.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map((given) => bytesToHex(given))
const byViem = (hash: Hex, signature: Hex) =>
  recoverAddress({ hash, signature }).then(
    (address) => address.toLowerCase(),
    () => null,
  )

test('whoever signed is found, as viem finds them', async () => {
  await fc.assert(
    fc.asyncProperty(bytes(32), async (hash) => {
      const account = privateKeyToAccount(generatePrivateKey())
      const signature = await account.sign({ hash })
      assert.equal(signerOf(hash, signature), account.address.toLowerCase())
      const short = hexToBytes(signature)
      short[64] = (short[64] ?? 0) - 27
      assert.equal(signerOf(hash, bytesToHex(short)), account.address.toLowerCase())
    }),
    { numRuns: 40 },
  )
})

test('of what nobody signed, the same is said as by viem', async () => {
  await fc.assert(
    fc.asyncProperty(bytes(32), bytes(64), fc.constantFrom('1b', '1c', '00', '01'), async (hash, rest, last) => {
      const signature = `${rest}${last}` as Hex
      assert.equal(signerOf(hash, signature), await byViem(hash, signature))
    }),
    { numRuns: 60 },
  )
})

test('what is no signature of a key is nobody’s', () => {
  const hash = `0x${'11'.repeat(32)}` as const
  const order = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'
  const one = '1'.padStart(64, '0')
  const none = ['0x', '0x00', `0x${'00'.repeat(65)}`, `0x${order}${one}1b`, `0x${one}${order}1b`, `0x${'11'.repeat(64)}1d`]
  for (const signature of [...none, `0x${'11'.repeat(66)}`]) assert.equal(signerOf(hash, signature as Hex), null, signature)
})
