import { encryptionKeyId } from '@fairhold/protocol/identity/encryption-key'
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

/** A wallet on its chain. */
export interface WalletId {
  chainId: number
  account: string
}

/** What the names of all keys of a wallet begin with. */
export const prefixOf = ({ chainId, account }: WalletId): string => encryptionKeyId(chainId, account, 0).slice(0, -1)

/** Numbers of the keys on this device, the newest first. */
export async function sequencesOn(store: KeyStore, wallet: WalletId): Promise<number[]> {
  return (await store.ofWallet(prefixOf(wallet))).map(({ sequence }) => sequence)
}

export function forgetKeys(store: KeyStore, wallet: WalletId): Promise<void> {
  return store.forget(prefixOf(wallet))
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
