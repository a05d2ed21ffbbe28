import type { StoredSecret } from './x25519.ts'

/** A key as a device keeps it. */
export interface DeviceKey {
  /** See `encryptionKeyId`. */
  kid: string
  sequence: number
  secret: StoredSecret
}

/** Where a device keeps keys. They stay when the person signs out: nobody can use them without the browser's profile. */
export interface KeyStore {
  put: (keys: readonly DeviceKey[]) => Promise<void>
  /** Keys whose name begins so, the newest first. */
  ofWallet: (prefix: string) => Promise<DeviceKey[]>
  forget: (prefix: string) => Promise<void>
}

const DATABASE = 'fairhold-keys'
const KEYS = 'keys'

/** In the browser's own database, which keeps keys without their bytes being readable. */
export const browserKeys: KeyStore = {
  put: (keys) => inStore('readwrite', (store) => keys.map((key) => store.put(key))).then(() => undefined),
  ofWallet: async (prefix) => {
    const [found] = await inStore('readonly', (store) => [store.getAll(rangeOf(prefix)) as IDBRequest<DeviceKey[]>])
    return (found ?? []).toSorted((a, b) => b.sequence - a.sequence)
  },
  forget: (prefix) => inStore('readwrite', (store) => [store.delete(rangeOf(prefix))]).then(() => undefined),
}

const rangeOf = (prefix: string) => IDBKeyRange.bound(prefix, `${prefix}\uffff`)

async function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>[]): Promise<T[]> {
  const database = await openDatabase()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(KEYS, mode)
      const requests = act(transaction.objectStore(KEYS))
      transaction.oncomplete = () => resolve(requests.map(({ result }) => result))
      transaction.onabort = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(KEYS, { keyPath: 'kid' })
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
}
