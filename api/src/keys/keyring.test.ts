import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { createPrisma, type Database } from '@fairhold/db/client'
import { createTestDatabase, type TestDatabase } from '@fairhold/db/testing'
import { createFileProvider } from './file-provider.ts'
import { createKeyring, type KeyringOptions } from './keyring.ts'
import { KeyError, type KeyFault, type KeyProvider } from './provider.ts'
import { providersOf } from './providers.ts'

const place = { table: 'shipping', column: 'address_sealed', row: '0x01' }
const MINUTE = 60_000

let database: TestDatabase
let db: Database
let dir: string
before(async () => {
  database = await createTestDatabase()
  db = createPrisma(database.apiUrl)
})
after(async () => {
  await db?.$disconnect()
  await database?.stop()
})
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'fairhold-test-keyring-'))
  await db.dataKey.deleteMany()
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** A keyring as one process has it, with a provider that counts, and fails when told to. */
function keyringOf(options: Partial<KeyringOptions> = {}) {
  const state = { fault: null as KeyFault | null, unwrapped: 0, time: 1_000_000 }
  const file = createFileProvider({ dir })
  const provider: KeyProvider = {
    ...file,
    unwrap: async (wrapped, id) => {
      state.unwrapped++
      if (state.fault) throw new KeyError(state.fault, 'as the test wants it')
      return file.unwrap(wrapped, id)
    },
  }
  const providers = providersOf(new Map([['file', provider]]), 'file')
  const keyring = createKeyring({ db, providers, now: () => state.time, ...options })
  return Object.assign(keyring, { state })
}

describe('a keyring', () => {
  test('opens what another process has sealed', async () => {
    const sealed = await keyringOf().seal(place, 'Mill lane 4')
    assert.equal(await keyringOf().open(place, sealed), 'Mill lane 4')
  })

  test('of many processes that need the first data key at once, makes one', async () => {
    const keyrings = Array.from({ length: 10 }, () => keyringOf())
    const sealed = await Promise.all(keyrings.map((keyring, index) => keyring.seal(place, `text ${index}`)))
    assert.equal(await db.dataKey.count(), 1)
    for (const [index, one] of sealed.entries()) assert.equal(await keyringOf().open(place, one), `text ${index}`)
  })

  test('asks the provider once, however many want the same key at once', async () => {
    const sealed = await keyringOf().seal(place, 'Mill lane 4')
    const keyring = keyringOf()
    const texts = await Promise.all(Array.from({ length: 50 }, () => keyring.open(place, sealed)))
    assert.deepEqual([new Set(texts).size, keyring.state.unwrapped, keyring.held()], [1, 1, 1])
  })

  test('keeps no plain key in the database', async () => {
    await keyringOf().seal(place, 'Mill lane 4')
    const row = await db.dataKey.findFirstOrThrow()
    const key = await createFileProvider({ dir }).unwrap(row, row.id)
    assert.equal(key.length, 32)
    assert.ok(!Buffer.from(row.wrapped).includes(key))
  })

  test('works with more keys in use than it may hold', async () => {
    const sealed: Buffer[] = []
    for (let index = 0; index < 4; index++) {
      sealed.push(await keyringOf().seal(place, `text ${index}`))
      await db.dataKey.updateMany({ data: { retiredAt: new Date() } })
    }
    const keyring = keyringOf({ maxKeys: 2 })
    for (const round of [0, 1]) {
      const texts: string[] = await Promise.all(sealed.map((one) => keyring.open(place, one)))
      assert.deepEqual(texts, ['text 0', 'text 1', 'text 2', 'text 3'], `round ${round}`)
      assert.ok(keyring.held() <= 2)
    }
  })

  test('takes up another current data key within the time it promises', async () => {
    const keyring = keyringOf()
    const first = await keyring.current()
    await db.dataKey.updateMany({ data: { retiredAt: new Date() } })
    const second = await keyringOf().current()
    assert.equal(await keyring.current(), first)
    keyring.state.time += 5_000
    assert.deepEqual([await keyring.current(), second === first], [second, false])
  })
})

describe('while the provider', () => {
  const withKey = async () => {
    const keyring = keyringOf()
    const sealed = await keyring.seal(place, 'Mill lane 4')
    return { keyring, sealed, state: keyring.state }
  }

  for (const fault of ['away', 'timeout', 'throttled'] as const)
    test(`is ${fault}, the keys in memory are used on, for a day`, async () => {
      const { keyring, sealed, state } = await withKey()
      state.fault = fault
      state.time += 16 * MINUTE
      assert.equal(await keyring.open(place, sealed), 'Mill lane 4')
      assert.equal(await keyring.open(place, await keyring.seal(place, 'Elsewhere')), 'Elsewhere')
      state.time += 24 * 60 * MINUTE
      await assert.rejects(keyring.open(place, sealed), { name: 'KeyError', fault })
    })

  for (const fault of ['denied', 'unknown-key', 'wrong-context'] as const)
    test(`says "${fault}", the key in memory is not used on`, async () => {
      const { keyring, sealed, state } = await withKey()
      state.fault = fault
      assert.equal(await keyring.open(place, sealed), 'Mill lane 4')
      state.time += 16 * MINUTE
      await assert.rejects(keyring.open(place, sealed), { fault })
      assert.equal(keyring.held(), 0)
    })

  test('is away, it is not asked for each value', async () => {
    const { sealed } = await withKey()
    const keyring = keyringOf()
    keyring.state.fault = 'away'
    for (let tries = 0; tries < 20; tries++) await assert.rejects(keyring.open(place, sealed), { fault: 'away' })
    assert.equal(keyring.state.unwrapped, 1)
    keyring.state.fault = null
    keyring.state.time += 1_000
    assert.equal(await keyring.open(place, sealed), 'Mill lane 4')
  })
})

test('a data key that has lost its row is named', async () => {
  const sealed = await keyringOf().seal(place, 'Mill lane 4')
  const { id } = await db.dataKey.findFirstOrThrow()
  await db.dataKey.deleteMany()
  await assert.rejects(keyringOf().open(place, sealed), { fault: 'unknown-key', message: new RegExp(id) })
})

test('a data key that somebody put another row under does not open', async () => {
  const keyring = keyringOf()
  const sealed = await keyring.seal(place, 'Mill lane 4')
  const row = await db.dataKey.findFirstOrThrow()
  await db.dataKey.updateMany({ data: { retiredAt: new Date() } })
  await keyringOf().current()
  const other = await db.dataKey.findFirstOrThrow({ where: { retiredAt: null } })
  await db.dataKey.update({ where: { id: row.id }, data: { wrapped: other.wrapped } })
  await assert.rejects(keyringOf().open(place, sealed), { fault: 'wrong-context' })
})

test('a data key that is wrapped anew while it is fetched is fetched again', async () => {
  const sealed = await keyringOf().seal(place, 'Mill lane 4')
  const file = createFileProvider({ dir })
  let calls = 0
  const unwrap: KeyProvider['unwrap'] = async (wrapped, id) => {
    if (calls++ > 0) return file.unwrap(wrapped, id)
    const key = await file.unwrap(wrapped, id)
    const next = await file.wrap(key, id)
    await db.dataKey.update({ where: { id }, data: { wrapped: Buffer.from(next.wrapped) } })
    throw new KeyError('unknown-key', 'the key that wrapped it was just destroyed')
  }
  const providers = providersOf(new Map([['file', { ...file, unwrap }]]), 'file')
  assert.equal(await createKeyring({ db, providers }).open(place, sealed), 'Mill lane 4')
})
