import type { Hex } from 'viem'

const STORAGE_KEY = 'fairhold.pending.v1'

/** A transaction that was sent and whose outcome the page has not shown yet. */
export type PendingTransaction = { hash: Hex; chainId: number; sentAt: number }
type PendingMap = Record<string, PendingTransaction>

const readAll = (): PendingMap => {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(STORAGE_KEY) ?? '{}')
    return typeof stored === 'object' && stored !== null ? (stored as PendingMap) : {}
  } catch {
    return {}
  }
}

const writeAll = (map: PendingMap): void => {
  try {
    window.localStorage.setItem(STORAGE_KEY, JSON.stringify(map))
  } catch {
    // A full or forbidden storage only costs the memory across reloads.
  }
}

/** The transaction remembered under `key`, or null. */
export const recallPending = (key: string): PendingTransaction | null => readAll()[key] ?? null

/** Remembers a sent transaction, so that a reload goes on waiting for it instead of sending it again. */
export const rememberPending = (key: string, pending: PendingTransaction): void => writeAll({ ...readAll(), [key]: pending })

/** Forgets a transaction whose outcome is known. */
export const forgetPending = (key: string): void => {
  const { [key]: _done, ...rest } = readAll()
  writeAll(rest)
}
