import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KeysOf, PublishedKey } from '@fairhold/api/contract/encryption'
import { ada, type DevAccount, dmitri } from '@fairhold/protocol/dev-accounts'
import { encryptionKeyId } from '@fairhold/protocol/identity/encryption-key'
import { type Address, bytesToHex, concatHex, type Hex, verifyTypedData } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { utf8 } from './bytes.ts'
import { encryptFor, open } from './jwe.ts'
import { type DeviceKey, forgetKeys, type KeyStore } from './key-store.ts'
import { createKey, type KeyApi, type KeychainOptions, type KeyWallet, openersOn, openKeys, rotateKey } from './keychain.ts'
import { recipientFor } from './verify-key.ts'

const CHAIN = 31337

/** What a market keeps of keys, as the api does. */
function aMarket() {
  const keys: PublishedKey[] = []
  let bundle = ''
  const keysOf = async (): Promise<KeysOf> => {
    const [current = null, ...former] = keys.toSorted((a, b) => b.sequence - a.sequence)
    return { current, former, next: keys.length + 1 }
  }
  const api: KeyApi = {
    keysOf,
    publishKey: async ({ bundle: given, address, ...key }) => {
      assert.equal(key.sequence, keys.length + 1)
      keys.push({ chain: `eip155:${CHAIN}`, address: address.toLowerCase(), ...key })
      bundle = given
      return keysOf()
    },
    bundleOf: async () => ({ sequence: keys.length, bundle, updatedAt: '' }),
  }
  return { api, keys, bundle: () => bundle }
}

/** What a browser keeps. */
function aDevice(): KeyStore & { keys: Map<string, DeviceKey> } {
  const keys = new Map<string, DeviceKey>()
  const ofPrefix = (prefix: string) => [...keys.values()].filter(({ kid }) => kid.startsWith(prefix))
  return {
    keys,
    put: async (given) => {
      for (const key of given) keys.set(key.kid, key)
    },
    ofWallet: async (prefix) => ofPrefix(prefix).toSorted((a, b) => b.sequence - a.sequence),
    forget: async (prefix) => {
      for (const { kid } of ofPrefix(prefix)) keys.delete(kid)
    },
  }
}

interface Asked {
  messages: string[]
  passphrases: string[]
}

function walletOf(account: DevAccount, asked: Asked, change: (signature: Hex, count: number) => Hex = (same) => same): KeyWallet {
  const signer = privateKeyToAccount(account.privateKey)
  return {
    account: account.address,
    chainId: CHAIN,
    signMessage: async (message) => {
      asked.messages.push(message)
      return change(await signer.signMessage({ message }), asked.messages.length)
    },
    signTypedData: (data) => signer.signTypedData(data),
    isContract: async () => false,
  }
}

function setUp(options: { change?: (signature: Hex, count: number) => Hex; contract?: boolean } = {}) {
  const asked: Asked = { messages: [], passphrases: [] }
  const market = aMarket()
  const wallet = { ...walletOf(ada, asked, options.change), isContract: async () => options.contract ?? false }
  const on = (store: KeyStore, passphrase = 'correct horse battery'): KeychainOptions => ({
    wallet,
    api: market.api,
    store,
    now: () => 1_800_000_000_000,
    passphrase: async (kind) => {
      asked.passphrases.push(kind)
      return passphrase
    },
  })
  return { asked, market, wallet, on }
}

const verify = (given: Parameters<typeof verifyTypedData>[0]) => verifyTypedData(given)
const CONTEXT = 'deal 0x01 chat'
const write = async (keys: KeysOf, text: string) => {
  const recipient = await recipientFor(keys, ada.address, CHAIN, verify as never)
  assert.ok(recipient)
  return encryptFor([recipient], utf8(text), CONTEXT)
}
const read = async (store: KeyStore, text: string) => {
  const openers = await openersOn(store, { account: ada.address, chainId: CHAIN })
  return Buffer.from(await open(openers, text, CONTEXT)).toString()
}

test('a key follows from the wallet, and a second device gets it by one signature', async () => {
  const { asked, market, on } = setUp()
  const [laptop, phone] = [aDevice(), aDevice()]
  const keys = await createKey(on(laptop))
  assert.equal(keys.current?.origin, 'signature')
  assert.equal(asked.messages.length, 2, 'the same is signed twice, to see whether it comes out the same')
  assert.match(asked.messages[0] ?? '', /Whoever has this signature can read your private messages/)
  const text = await write(keys, 'hello')
  assert.equal(await read(laptop, text), 'hello')
  await openKeys(on(phone))
  assert.equal(asked.messages.length, 3)
  assert.equal(await read(phone, text), 'hello')
  assert.deepEqual(asked.passphrases, [])
  assert.ok(!market.bundle().includes('wrapped":{'), 'nothing secret is kept at the market')
  for (const { secret } of laptop.keys.values()) assert.equal(secret.kind, 'crypto')
})

test('a new key leaves old messages readable, on every device', async () => {
  const { on } = setUp()
  const [laptop, phone] = [aDevice(), aDevice()]
  const texts = [await write(await createKey(on(laptop)), 'one')]
  texts.push(await write(await rotateKey(on(laptop)), 'two'))
  texts.push(await write(await rotateKey(on(laptop)), 'three'))
  await openKeys(on(phone))
  for (const store of [laptop, phone]) {
    const all = await Promise.all(texts.map((text) => read(store, text)))
    assert.deepEqual(all, ['one', 'two', 'three'])
  }
  assert.equal(new Set([...phone.keys.keys()]).size, 3)
})

for (const [name, options] of Object.entries({
  'a contract wallet': { contract: true },
  'a wallet that signs by chance': {
    change: (signature: Hex, count: number): Hex => `${signature.slice(0, 66)}${count.toString(16).padStart(64, '0')}1b` as Hex,
  },
  'a wallet whose signatures are of another form': { change: (signature: Hex): Hex => concatHex([signature, '0x00']) },
})) {
  test(`${name} gets a key by chance, which a second device has by the passphrase`, async () => {
    const { asked, on, market } = setUp(options)
    const [laptop, phone] = [aDevice(), aDevice()]
    const keys = await createKey(on(laptop))
    assert.equal(keys.current?.origin, 'random')
    const text = await write(keys, 'hello')
    await assert.rejects(openKeys(on(phone, 'another passphrase')), { name: 'WrongPassphrase' })
    assert.equal(phone.keys.size, 0)
    await openKeys(on(phone))
    assert.equal(await read(phone, text), 'hello')
    const second = await write(await rotateKey(on(phone)), 'again')
    await openKeys(on(laptop))
    assert.deepEqual([await read(laptop, text), await read(laptop, second)], ['hello', 'again'])
    assert.ok(asked.passphrases.includes('new') && asked.passphrases.includes('known'))
    const wrapped = JSON.parse(market.bundle()).wrapped
    assert.ok(wrapped.iterations >= 600_000)
  })
}

test('two wallets, and two keys of one wallet, share no secret', async () => {
  const { on, market } = setUp()
  const device = aDevice()
  await createKey(on(device))
  await rotateKey(on(device))
  const other = aMarket()
  const asked: Asked = { messages: [], passphrases: [] }
  await createKey({ ...on(device), api: other.api, wallet: walletOf(dmitri, asked) })
  const all = [...market.keys, ...other.keys].map(({ publicKey }) => publicKey)
  assert.equal(new Set(all).size, 3)
})

test('a wallet that signs otherwise than it did is told apart from a key that was lost', async () => {
  const { on, market } = setUp()
  await createKey(on(aDevice()))
  const other = { ...walletOf(dmitri, { messages: [], passphrases: [] }), account: ada.address as Address }
  await assert.rejects(openKeys({ ...on(aDevice()), wallet: other }), { name: 'KeyDiffers' })
  await assert.rejects(createKey(on(aDevice())), { name: 'KeyExists' })
  assert.equal(market.keys.length, 1)
})

test('a key that the wallet did not sign is not encrypted to', async () => {
  const { on, market } = setUp()
  const keys = await createKey(on(aDevice()))
  const current = market.keys[0] as PublishedKey
  const forged: PublishedKey[] = [
    { ...current, publicKey: bytesToHex(new Uint8Array(32).fill(5)) },
    { ...current, sequence: 2 },
    { ...current, signedAt: current.signedAt + 1 },
    { ...current, chain: 'eip155:1' },
    { ...current, address: dmitri.address.toLowerCase() },
  ]
  for (const one of forged) {
    const asks = recipientFor({ ...keys, current: one }, ada.address, CHAIN, verify as never)
    await assert.rejects(asks, { name: 'KeyNotSigned' }, JSON.stringify(one))
  }
  await assert.rejects(recipientFor(keys, dmitri.address, CHAIN, verify as never), { name: 'KeyNotSigned' })
  await assert.rejects(recipientFor(keys, ada.address, 1, verify as never), { name: 'KeyNotSigned' })
  assert.equal(await recipientFor({ ...keys, current: null }, ada.address, CHAIN, verify as never), null)
})

test('a device forgets the keys of one wallet, and no other', async () => {
  const { on } = setUp()
  const device = aDevice()
  await createKey(on(device))
  const asked: Asked = { messages: [], passphrases: [] }
  await createKey({ ...on(device), api: aMarket().api, wallet: walletOf(dmitri, asked) })
  await forgetKeys(device, { account: ada.address, chainId: CHAIN })
  assert.deepEqual([...device.keys.keys()], [encryptionKeyId(CHAIN, dmitri.address, 1)])
})
