import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@fairhold/db/client'
import pg from 'pg'
import { type DataKeyRow, deleteDataKeys, listDataKeys, replaceDataKey, rewrapDataKey } from './data-keys.ts'
import { CURRENT_MS, createKeyring, type Keyring, newDataKey } from './keyring.ts'
import { countByKey, resealValue, type StoredValue, storedValues } from './private-rows.ts'
import { wipe } from './provider.ts'
import type { Providers } from './providers.ts'
import { DamagedValue, keyIdOf } from './sealed.ts'

export interface Rotation {
  db: Database
  providers: Providers
  say: (line: string) => void
}

/** Answers kept for idempotency keys live for two days, under the key of their time. */
const RETIRED_DAYS = 3
const LOCK = 7_233_186_749

/** Runs `work` unless another rotation is under way in this database. The lock goes with the process that holds it. */
export async function withRotationLock(databaseUrl: string, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true })
  client.on('error', () => undefined) // said again by whatever asks the database next
  await client.connect()
  try {
    const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [LOCK])
    if (!rows[0]?.free) throw new Error('keys are being changed by another process; wait until it has ended')
    await work()
  } finally {
    await client.end()
  }
}

/**
 * Puts every data key under the newest wrapping key of the chosen provider, also from another provider. Values are not touched,
 * and running processes notice nothing: the data keys are the same. Safe to kill and to run again.
 */
export async function rotateWrapping({ db, providers, say }: Rotation): Promise<void> {
  const { primary } = providers
  if (primary.renew) say(`new wrapping key ${await primary.renew()}`)
  const target = await primary.current()
  for (const row of await listDataKeys(db)) {
    if (row.provider === primary.name && row.wrappingKey === target) continue
    const done = await rewrap({ db, providers }, row)
    say(done ? `data key ${row.id} is wrapped by ${primary.name} ${target}` : `data key ${row.id} was changed by somebody else`)
  }
  const inUse = new Set((await listDataKeys(db)).map(({ wrappingKey }) => wrappingKey))
  const forgotten = (await primary.forget?.(inUse)) ?? 0
  if (forgotten > 0) say(`${forgotten} old wrapping ${forgotten === 1 ? 'key' : 'keys'} destroyed`)
}

async function rewrap({ db, providers }: Pick<Rotation, 'db' | 'providers'>, row: DataKeyRow): Promise<boolean> {
  const { primary, of } = providers
  const key = await of(row.provider).unwrap(row, row.id)
  try {
    const next = await primary.wrap(key, row.id)
    // Nothing is replaced by what cannot be opened again.
    const again = await primary.unwrap(next, row.id)
    const isSame = again.equals(key)
    wipe(again)
    if (!isSame) throw new Error(`${primary.name} did not give data key ${row.id} back as it was`)
    return await rewrapDataKey(db, row, { ...next, provider: primary.name })
  } finally {
    wipe(key)
  }
}

/**
 * Makes a new data key and puts every value under it, a few at a time, while all goes on. Once all processes have noticed the new
 * key, one more pass finds what they wrote under the old one. After a kill, `finish` goes on with the key that was made then.
 */
export async function rotateData(rotation: Rotation, { finish = false } = {}): Promise<void> {
  const { db, providers, say } = rotation
  if (!finish) {
    const made = await newDataKey(providers)
    await replaceDataKey(db, made)
    say(`new data key ${made.id}`)
  }
  const noticed = Date.now() + 2 * CURRENT_MS // by every process, with room for what it is just writing
  const keys = createKeyring({ db, providers })
  let moved = 0
  const damaged = new Set<string>()
  for (;;) {
    const started = Date.now()
    const inPass = await resealAll(rotation, { keys, damaged })
    moved += inPass
    if (inPass === 0 && started >= noticed) break
    if (inPass === 0) await sleep(Math.max(0, noticed - Date.now()))
  }
  say(`${moved} values are under data key ${await keys.current()} now`)
  keys.clear()
  await deleteUnused(rotation)
}

/** What is damaged stays as it is, and its key with it: somebody may still have the row as it was in a backup. */
async function resealAll({ db, say }: Rotation, { keys, damaged }: { keys: Keyring; damaged: Set<string> }): Promise<number> {
  const current = await keys.current()
  let moved = 0
  for await (const value of storedValues({ db })) {
    const done = await move(value, { db, keys, current }).catch((error: unknown) => {
      if (!(error instanceof DamagedValue)) throw error
      if (!damaged.has(error.message)) say(error.message)
      damaged.add(error.message)
      return false
    })
    if (done && ++moved % 1000 === 0) say(`${moved} values moved`)
  }
  return moved
}

async function move(value: StoredValue, to: { db: Database; keys: Keyring; current: string }): Promise<boolean> {
  return keyIdOf(value, value.sealed) !== to.current && (await resealValue(to, value))
}

/** Data keys that nothing lasting is under, and that were retired before any idempotency key that is left. */
export async function deleteUnused({ db, say }: Pick<Rotation, 'db' | 'say'>): Promise<void> {
  const counts = await countByKey({ db })
  const before = Date.now() - RETIRED_DAYS * 86_400_000
  const unused = (await listDataKeys(db)).filter(
    ({ id, retiredAt }) => retiredAt !== null && retiredAt.getTime() < before && !counts.has(id),
  )
  if (unused.length === 0) return
  const ids = unused.map(({ id }) => id)
  await deleteDataKeys(db, ids)
  say(`data ${ids.length === 1 ? 'key' : 'keys'} ${ids.join(', ')} deleted: nothing is under ${ids.length === 1 ? 'it' : 'them'}`)
}
