import { wipe } from './provider.ts'

export interface KeyCacheOptions {
  /** How many keys are held; the one unused for longest goes first. */
  max: number
  /** After that long a key should be asked for anew, so that access taken away in the KMS takes effect here. */
  freshMs: number
  /** After that long it is dropped, whether or not the KMS can be reached. */
  keepMs: number
  now: () => number
}

/** Plain data keys in memory. Whatever is dropped is overwritten. */
export interface KeyCache {
  /** Use it at once: after the next await it may be overwritten. */
  get: (id: string) => { key: Buffer; isFresh: boolean } | undefined
  /** Takes the buffer over. */
  put: (id: string, key: Buffer) => void
  drop: (id: string) => void
  clear: () => void
  size: () => number
}

export function createKeyCache({ max, freshMs, keepMs, now }: KeyCacheOptions): KeyCache {
  const held = new Map<string, { key: Buffer; since: number }>() // in order of use

  const drop = (id: string): void => {
    const entry = held.get(id)
    if (entry) wipe(entry.key)
    held.delete(id)
  }
  const dropOld = (): void => {
    const time = now()
    for (const [id, { since }] of held) if (since + keepMs <= time) drop(id)
  }
  return {
    get: (id) => {
      dropOld()
      const entry = held.get(id)
      if (!entry) return undefined
      held.delete(id)
      held.set(id, entry)
      return { key: entry.key, isFresh: entry.since + freshMs > now() }
    },
    put: (id, key) => {
      drop(id)
      held.set(id, { key, since: now() })
      for (const oldest of held.keys()) {
        if (held.size <= max) break
        drop(oldest)
      }
    },
    drop,
    clear: () => {
      for (const id of [...held.keys()]) drop(id)
    },
    size: () => held.size,
  }
}
