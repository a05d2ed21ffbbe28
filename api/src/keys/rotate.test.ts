import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createPrisma, type Database } from '@fairhold/db/client'
import { createTestDatabase, type TestDatabase } from '@fairhold/db/testing'
import { listDataKeys } from './data-keys.ts'
import { CURRENT_MS, createKeyring, type Keyring, newDataKey } from './keyring.ts'
import { countByKey, storedValues } from './private-rows.ts'
import { createProviders, type Providers } from './providers.ts'
import { deleteUnused, rotateData, withRotationLock } from './rotate.ts'
import { keyIdOf } from './sealed.ts'
import { readKeySettings } from './settings.ts'
import { verifyValues } from './status.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const ROWS = 1_200
const WRITTEN = 20 // rows that are written to all the time

let database: TestDatabase
let db: Database
let dir: string
let providers: Providers
before(async () => {
  database = await createTestDatabase()
  db = createPrisma(database.apiUrl)
  dir = mkdtempSync(join(tmpdir(), 'fairhold-test-rotate-'))
  providers = providersIn(dir)
  const keys = createKeyring({ db, providers })
  for (let row = 0; row < ROWS; row++) {
    const dealId = idOf(row)
    const addressSealed = await keys.seal(placeOf(row), `text of ${dealId}`)
    await db.shipping.create({ data: { dealId, addressSealed } })
  }
})
after(async () => {
  await db?.$disconnect()
  await database?.stop()
  rmSync(dir, { recursive: true, force: true })
})

const providersIn = (dataDir: string) => createProviders(readKeySettings({}, { dataDir, devChain: true }))
const idOf = (row: number) => `0x${row.toString(16).padStart(64, '0')}`
const placeOf = (row: number) => ({ table: 'shipping', column: 'address_sealed', row: idOf(row) })

/** `npm run keys -- …` as a process. `saw` resolves when it has printed the words. */
function command(...args: string[]) {
  const env = { ...process.env, API_DATABASE_URL: database.apiUrl, DATA_DIR: dir }
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'scripts/keys.ts'), ...args], { env })
  let output = ''
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const saw = (words: RegExp) =>
    new Promise<void>((done, fail) => {
      const look = () => words.test(output) && done()
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk: Buffer) => {
          output += chunk
          look()
        })
      ended.then((code) => fail(new Error(`ended with ${code} without ${words}: ${output}`)))
    })
  return { child, ended, saw, output: () => output }
}

async function run(...args: string[]): Promise<string> {
  const started = command(...args)
  started.saw(/^$/).catch(() => undefined) // collects the output
  assert.equal(await started.ended, 0, started.output())
  return started.output()
}

/** Two processes' worth of reading and writing, until told to stop; resolves with how much was done. Any failure ends it. */
function traffic() {
  const texts = new Map<number, string>()
  let [isOver, reads, writes] = [false, 0, 0]
  const write = async (keys: Keyring) => {
    while (!isOver) {
      const row = writes++ % WRITTEN
      const text = `written ${writes}`
      await db.shipping.update({ where: { dealId: idOf(row) }, data: { addressSealed: await keys.seal(placeOf(row), text) } })
      texts.set(row, text)
    }
  }
  const read = async (keys: Keyring) => {
    while (!isOver) {
      const row = WRITTEN + ((reads++ * 37) % (ROWS - WRITTEN))
      const { addressSealed } = await db.shipping.findUniqueOrThrow({ where: { dealId: idOf(row) } })
      assert.equal(await keys.open(placeOf(row), addressSealed as Uint8Array), `text of ${idOf(row)}`)
    }
  }
  // Keys are asked for again at each use: every wrapping is met, not only the first.
  const keyringOf = () => createKeyring({ db, providers: providersIn(dir), freshMs: 1 })
  const running = [write(keyringOf()), read(keyringOf()), read(keyringOf())]
  for (const one of running) one.catch(() => (isOver = true))
  return async () => {
    isOver = true
    await Promise.all(running)
    const keys = keyringOf()
    for (const [row, text] of texts) {
      const { addressSealed } = await db.shipping.findUniqueOrThrow({ where: { dealId: idOf(row) } })
      assert.equal(await keys.open(placeOf(row), addressSealed as Uint8Array), text)
    }
    return { reads, writes }
  }
}

test('a new data key takes over while all goes on, also after a kill half-way', async () => {
  const stopTraffic = traffic()
  const killed = command('rotate', '--data')
  await killed.saw(/1000 values moved/)
  killed.child.kill('SIGKILL')
  await killed.ended
  assert.equal((await countByKey({ db })).size, 2, 'it was killed half-way')
  const said = await run('rotate', '--data', '--finish')
  assert.match(said, /not booked in the audit log: its key is not here/)
  const { reads, writes } = await stopTraffic()
  assert.ok(reads > 100 && writes > 50, `${reads} reads, ${writes} writes`)
  const current = (await listDataKeys(db)).find(({ retiredAt }) => retiredAt === null)
  assert.deepEqual([...(await countByKey({ db }))], [[current?.id, ROWS]], said)
  assert.equal((await listDataKeys(db)).length, 2, 'the old key stays for answers that were kept under it')
  assert.deepEqual(await verifyValues({ db, keys: createKeyring({ db, providers }) }), { values: ROWS, faults: [] })
})

test('a new wrapping key takes over while all goes on, also after a kill half-way; the old one is destroyed', async () => {
  for (let count = 0; count < 300; count++) {
    const { wrapped, ...made } = await newDataKey(providers)
    await db.dataKey.create({ data: { ...made, wrapped: Buffer.from(wrapped), retiredAt: new Date() } })
  }
  const old = await providers.primary.current()
  const stopTraffic = traffic()
  const killed = command('rotate')
  await killed.saw(/is wrapped by file/)
  killed.child.kill('SIGKILL')
  await killed.ended
  const under = new Set((await listDataKeys(db)).map(({ wrappingKey }) => wrappingKey))
  assert.ok(under.has(old) && under.size === 2, 'it was killed half-way')
  writeFileSync(join(dir, 'audit-key'), '11'.repeat(32), { mode: 0o600 })
  assert.match(await run('rotate'), /2 old wrapping keys destroyed/)
  const booked = await db.auditEntry.findMany({ select: { kind: true, actor: true, details: true } })
  assert.deepEqual(booked, [{ kind: 'data.keys-rotated', actor: 'system', details: { what: 'wrapping key' } }])
  await stopTraffic()
  const current = await providers.primary.current()
  assert.deepEqual([...new Set((await listDataKeys(db)).map(({ wrappingKey }) => wrappingKey))], [current])
  const file = readFileSync(join(dir, 'wrapping-keys.json'), 'utf8')
  assert.ok(file.includes(current) && !file.includes(old))
  assert.deepEqual(await verifyValues({ db, keys: createKeyring({ db, providers }) }), { values: ROWS, faults: [] })
})

test('a process that has not noticed the new data key yet leaves nothing under the old one', async () => {
  const late = createKeyring({ db, providers })
  const old = await late.current()
  const rotated = rotateData({ db, providers, say: () => undefined })
  await sleep(CURRENT_MS / 2) // all is moved by now, and this process still goes by what it looked up before
  const addressSealed = await late.seal(placeOf(1), 'written late')
  assert.equal(keyIdOf(placeOf(1), addressSealed), old)
  await db.shipping.update({ where: { dealId: idOf(1) }, data: { addressSealed } })
  await rotated
  assert.deepEqual([...(await countByKey({ db })).values()], [ROWS])
})

test('two rotations do not run at once', async () => {
  await withRotationLock(database.apiUrl, async () => {
    const second = command('rotate')
    await second.saw(/keys are being changed by another process/)
    assert.equal(await second.ended, 1)
  })
})

test('a data key is deleted only when nothing is under it, and it was retired for longer than kept answers live', async () => {
  const keys = createKeyring({ db, providers, currentMs: 0 })
  const current = await keys.current()
  const make = async (retiredAt: Date) => {
    const { wrapped, ...made } = await newDataKey(providers)
    await db.dataKey.create({ data: { ...made, wrapped: Buffer.from(wrapped), retiredAt } })
    return made.id
  }
  const [old, recent, used] = [await make(new Date(0)), await make(new Date()), await make(new Date(0))]
  await db.dataKey.update({ where: { id: current }, data: { retiredAt: new Date(0) } })
  await db.dataKey.update({ where: { id: used }, data: { retiredAt: null } })
  const value = await keys.seal(placeOf(0), 'under the one that is used')
  await db.shipping.update({ where: { dealId: idOf(0) }, data: { addressSealed: value } })
  await db.dataKey.update({ where: { id: used }, data: { retiredAt: new Date(0) } })
  await db.dataKey.update({ where: { id: current }, data: { retiredAt: null } })
  await deleteUnused({ db, say: () => undefined })
  const left = new Set((await listDataKeys(db)).map(({ id }) => id))
  assert.deepEqual([left.has(old), left.has(recent), left.has(used), left.has(current)], [false, true, true, true])
})

test('status and verify tell what is there, and what is damaged', async () => {
  const current = (await listDataKeys(db)).find(({ retiredAt }) => retiredAt === null)
  await db.shipping.create({ data: { dealId: idOf(ROWS), addressText: 'Mill lane 4' } })
  const said = await run('status')
  assert.match(said, /provider {6}file, well/)
  assert.match(said, new RegExp(`${current?.id} current, ${ROWS - 1} values`))
  assert.match(said, /plain text {4}1 values/)
  assert.match(await run('seal'), /^1 values sealed/)
  assert.match(await run('verify'), new RegExp(`^${ROWS + 1} values, 0 that cannot be opened`))
  await db.$executeRaw`UPDATE app.shipping SET address_sealed = set_byte(address_sealed, 40, get_byte(address_sealed, 40) # 1) WHERE deal_id = ${idOf(7)}`
  await db.$executeRaw`UPDATE app.shipping SET address_sealed = '\\x01' WHERE deal_id = ${idOf(8)}`
  const failed = command('verify')
  await failed.saw(new RegExp(`address_sealed of ${idOf(7)} cannot be opened[^]*2 that cannot be opened`))
  assert.equal(await failed.ended, 1)
  assert.match(await run('status'), /damaged {7}1 values/)
  const moved = await run('rotate', '--data') // what is damaged holds up nothing
  assert.match(moved, new RegExp(`address_sealed of ${idOf(8)} cannot be opened: it is too short`))
  assert.match(moved, new RegExp(`${ROWS - 1} values are under data key`))
  let values = 0
  for await (const _ of storedValues({ db })) values++
  assert.equal(values, ROWS + 1)
})
