import { randomBytes, randomUUID } from 'node:crypto'
import type { Database } from '@fairhold/db/client'
import { KEY_BYTES } from './aes-gcm.ts'
import { type DataKeyRow, findCurrentDataKey, findDataKey, insertFirstDataKey, type NewDataKey } from './data-keys.ts'
import { createKeyCache } from './key-cache.ts'
import { KeyError, type KeyFault, wipe } from './provider.ts'
import type { Providers } from './providers.ts'
import { keyIdOf, openWith, type Place, sealWith } from './sealed.ts'

/** Encrypts and decrypts private values. Plain keys never leave it. */
export interface Keyring {
  /** Encrypts for one place, under the current data key. @throws KeyError */
  seal: (place: Place, text: string) => Promise<Buffer<ArrayBuffer>>
  /** @throws KeyError when the key cannot be had, DamagedValue when the value is not what was sealed for this place */
  open: (place: Place, sealed: Uint8Array) => Promise<string>
  /** Id of the data key that new values go under; makes the first one. */
  current: () => Promise<string>
  /** How many plain data keys are in memory. */
  held: () => number
  /** Overwrites all keys in memory. */
  clear: () => void
  /** The same, and lets go of the providers. */
  close: () => Promise<void>
}

export interface KeyringOptions {
  db: Database
  providers: Providers
  now?: () => number
  maxKeys?: number
  /** For how long a data key is used before the provider is asked for it again. */
  freshMs?: number
  /** For how long this process may go on with a data key after it was retired. */
  currentMs?: number
  /** For how long nobody is asked again after a provider has failed. */
  failureMs?: number
}

/** Every process has looked up the current data key anew after that long. */
export const CURRENT_MS = 5_000
const MAX_KEYS = 32
const FRESH_MS = 15 * 60_000
/** While the provider cannot be reached, keys that we have are used on for that long: its outage is not one of the marketplace. */
const KEEP_MS = 24 * 3_600_000
const FAILURE_MS = 1_000
const unreachable: ReadonlySet<string> = new Set<KeyFault>(['away', 'timeout', 'throttled'])
/** How often a key may be dropped between being fetched and being used, which takes more keys in use than are held. */
const TRIES = 5

export function createKeyring(options: KeyringOptions): Keyring {
  const { db, providers, now = Date.now, currentMs = CURRENT_MS, failureMs = FAILURE_MS } = options
  const { maxKeys: max = MAX_KEYS, freshMs = FRESH_MS } = options
  const cache = createKeyCache({ max, freshMs, keepMs: KEEP_MS, now })
  const loading = new Map<string, Promise<void>>()
  let failed: { error: KeyError; until: number } | undefined
  let current: { id: string; until: number } | undefined

  /** Fetches a key into the cache; many who want the same one at once share one call. */
  const load = (id: string): Promise<void> => {
    if (failed && failed.until > now()) return Promise.reject(failed.error)
    const underway = loading.get(id)
    if (underway) return underway
    const fetched = unwrapDataKey({ db, providers }, id)
      .then((key) => cache.put(id, key))
      .catch((error: unknown) => {
        if (!(error instanceof KeyError)) throw error
        if (unreachable.has(error.fault)) failed = { error, until: now() + failureMs }
        else cache.drop(id) // we may not use it any more
        throw error
      })
      .finally(() => loading.delete(id))
    loading.set(id, fetched)
    return fetched
  }

  /** `work` is not async, so that no key is overwritten while it is used. */
  const withKey = async <T>(id: string, work: (bytes: Buffer) => T): Promise<T> => {
    for (let tries = 0; tries < TRIES; tries++) {
      const held = cache.get(id)
      if (held?.isFresh) return work(held.key)
      const failure = await load(id).catch(asKeyError)
      if (!failure) continue
      const old = cache.get(id)
      if (!old || !unreachable.has(failure.fault)) throw failure
      return work(old.key)
    }
    throw new KeyError('away', 'more data keys are in use at once than are held in memory')
  }

  const currentId = async (): Promise<string> => {
    if (current && current.until > now()) return current.id
    const asked = now()
    const id = (await findCurrentDataKey(db)) ?? (await makeFirstDataKey({ db, providers }))
    current = { id, until: asked + currentMs }
    return id
  }

  return {
    seal: async (place, text) => {
      const id = await currentId()
      return withKey(id, (bytes) => sealWith({ id, bytes }, place, text))
    },
    open: async (place, sealed) => {
      const id = keyIdOf(place, sealed)
      return withKey(id, (bytes) => openWith({ id, bytes }, place, sealed))
    },
    current: currentId,
    held: cache.size,
    clear: cache.clear,
    close: async () => {
      cache.clear()
      await providers.close()
    },
  }
}

type Source = Pick<KeyringOptions, 'db' | 'providers'>

/** A new data key, wrapped by the chosen provider; its plain form is gone when this returns. */
export async function newDataKey({ primary }: Providers): Promise<NewDataKey> {
  const id = randomUUID()
  const key = randomBytes(KEY_BYTES)
  try {
    return { id, provider: primary.name, ...(await primary.wrap(key, id)) }
  } finally {
    wipe(key)
  }
}

async function makeFirstDataKey({ db, providers }: Source): Promise<string> {
  const made = await newDataKey(providers)
  if (await insertFirstDataKey(db, made)) return made.id
  const theirs = await findCurrentDataKey(db)
  if (theirs === null) throw new KeyError('away', 'the data key was being replaced just now')
  return theirs
}

/** Reads the row again when the provider has lost the key that wraps it: it may have been wrapped anew in between. */
async function unwrapDataKey({ db, providers }: Source, id: string): Promise<Buffer> {
  const row = await requireDataKey(db, id)
  try {
    return await providers.of(row.provider).unwrap(row, id)
  } catch (error) {
    const again = await requireDataKey(db, id)
    if (Buffer.from(again.wrapped).equals(row.wrapped)) throw error
    return providers.of(again.provider).unwrap(again, id)
  }
}

async function requireDataKey(db: Database, id: string): Promise<DataKeyRow> {
  const row = await findDataKey(db, id)
  if (!row) throw new KeyError('unknown-key', `there is no data key ${id}`)
  return row
}

function asKeyError(error: unknown): KeyError {
  if (error instanceof KeyError) return error
  throw error
}
