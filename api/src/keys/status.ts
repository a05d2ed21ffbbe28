import { randomBytes, randomUUID } from 'node:crypto'
import type { Database } from '@fairhold/db/client'
import { KEY_BYTES } from './aes-gcm.ts'
import { listDataKeys } from './data-keys.ts'
import type { Keyring } from './keyring.ts'
import { countByKey, countPlain, storedValues } from './private-rows.ts'
import { KeyError, type KeyProvider, wipe } from './provider.ts'
import { DamagedValue } from './sealed.ts'

export interface Health {
  isWell: boolean
  /** Milliseconds that wrapping and unwrapping took, or why it did not work. */
  told: string
}

/** Wraps a key made for this and unwraps it again: the one proof that a provider works for us. */
export async function healthOf(provider: KeyProvider): Promise<Health> {
  const [key, id, started] = [randomBytes(KEY_BYTES), randomUUID(), performance.now()]
  try {
    const back = await provider.unwrap(await provider.wrap(key, id), id)
    const isWell = back.equals(key)
    wipe(back)
    return { isWell, told: isWell ? `${Math.round(performance.now() - started)} ms` : 'it gave back another key' }
  } catch (error) {
    if (!(error instanceof KeyError)) throw error
    return { isWell: false, told: `${error.fault}: ${error.message}` }
  } finally {
    wipe(key)
  }
}

export interface DataKeyStatus {
  id: string
  provider: string
  wrappingKey: string
  isCurrent: boolean
  createdAt: Date
  wrappedAt: Date
  /** Values under it. */
  values: number
}

/** What an operator wants to know; asks the provider once and reads all rows with private columns. */
export async function keyStatus(db: Database, provider: KeyProvider) {
  const [health, rows, counts, plain] = [
    await healthOf(provider),
    await listDataKeys(db),
    await countByKey({ db }),
    await countPlain({ db }),
  ]
  const wrappingKey = await provider.current()
  const dataKeys = rows.map(
    ({ id, provider: name, wrappingKey: under, createdAt, wrappedAt, retiredAt }): DataKeyStatus => ({
      ...{ id, provider: name, wrappingKey: under, createdAt, wrappedAt },
      isCurrent: retiredAt === null,
      values: counts.get(id) ?? 0,
    }),
  )
  return { provider: provider.name, wrappingKey, health, dataKeys, plain, damaged: counts.get('') ?? 0 }
}

/** Opens every value. Returns how many there are and, of those that cannot be opened, where they are and why. */
export async function verifyValues({ db, keys }: { db: Database; keys: Keyring }): Promise<{ values: number; faults: string[] }> {
  let values = 0
  const faults: string[] = []
  for await (const value of storedValues({ db })) {
    values++
    await keys.open(value, value.sealed).catch((error: Error) => {
      if (!(error instanceof DamagedValue || (error instanceof KeyError && error.fault !== 'away'))) throw error
      faults.push(error instanceof KeyError ? `${value.table}.${value.column} of ${value.row}: ${error.message}` : error.message)
    })
  }
  return { values, faults }
}
