import type { Address, Hex } from 'viem'

const STORAGE_KEY = 'fairhold.pending.v2'

interface Asked {
  /** Null from the moment the wallet is asked until it answers: a page that is reloaded then does not know whether it was sent. */
  hash: Hex | null
  chainId: number
  account: Address
  /** The contract that is called. */
  to: Address
  /** Height of the chain when it was sent: nothing of it is below. */
  block: number
  /** Milliseconds. */
  sentAt: number
}

export interface PendingTransaction extends Asked {
  /** What tells it, and whatever replaces it, from every other transaction of the account. */
  nonce: number
  data: Hex
}

/** Calls that a wallet makes together (EIP-5792). Whose transaction they go in, and with what around them, is the wallet's affair. */
export interface PendingBundle extends Asked {
  bundle: {
    /** By which the wallet knows it: ours, written down before it is asked, or the one it gave instead. */
    id: string
    /** By whose events it is found on the chain. */
    dealId: Hex
    /** The wallet has said that it sends it. */
    accepted: boolean
  }
}

/** What a wallet was asked to send, and whose outcome the page has not shown yet. */
export type Pending = PendingTransaction | PendingBundle

/** Whether the wallet is known to have sent it. */
export const isSent = (pending: Pending): boolean => pending.hash !== null || ('bundle' in pending && pending.bundle.accepted)

type Kept = Record<string, Pending>

const readAll = (): Kept => {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(STORAGE_KEY) ?? '{}')
    return typeof stored === 'object' && stored !== null ? (stored as Kept) : {}
  } catch {
    return {}
  }
}

const writeAll = (kept: Kept): void => {
  try {
    window.localStorage.setItem(STORAGE_KEY, JSON.stringify(kept))
  } catch {
    // A full or forbidden storage only costs the memory across reloads.
  }
}

const nameOf = (key: string, { chainId, account }: Pick<Pending, 'chainId' | 'account'>): string =>
  `${chainId} ${account.toLowerCase()} ${key}`

/** What one of these accounts sent, or was asked to send, for `key` on this chain; null if nothing is under way. */
export const recallPending = (key: string, chainId: number, accounts: readonly string[]): Pending | null => {
  const kept = readAll()
  for (const account of accounts) {
    const pending = kept[nameOf(key, { chainId, account: account as Address })]
    if (pending) return pending
  }
  return null
}

/** Remembers it, so that a reload or another tab goes on with it instead of sending it again. */
export const rememberPending = (key: string, pending: Pending): void =>
  writeAll({ ...readAll(), [nameOf(key, pending)]: pending })

/** Forgets one whose outcome is known. */
export const forgetPending = (key: string, pending: Pick<Pending, 'chainId' | 'account'>): void => {
  const { [nameOf(key, pending)]: _done, ...rest } = readAll()
  writeAll(rest)
}

/** Calls `listener` when another tab remembers or forgets something. Returns what ends that. */
export const onPendingElsewhere = (listener: () => void): (() => void) => {
  const hear = (event: StorageEvent) => {
    if (event.key === STORAGE_KEY) listener()
  }
  window.addEventListener('storage', hear)
  return () => window.removeEventListener('storage', hear)
}
