/** Remembers what was looked up for a while, at most so many things, and looks nothing up twice at once. */
export interface LookupCache<T> {
  /** What `look` says for the key, or said not longer than `lifeMs` ago. A failure is told to all who wait, and not remembered. */
  get: (key: string, lifeMs: number, look: () => Promise<T>) => Promise<T>
  forget: (key: string) => void
  readonly size: number
}

interface Entry<T> {
  at: number
  value: T
}

/** `now` in milliseconds. What was used longest ago goes first when it is full. */
export function createLookupCache<T>(max: number, now: () => number): LookupCache<T> {
  const known = new Map<string, Entry<T>>()
  const asking = new Map<string, Promise<T>>()

  const keep = (key: string, value: T): void => {
    known.delete(key)
    known.set(key, { at: now(), value })
    for (const oldest of known.keys()) {
      if (known.size <= max) break
      known.delete(oldest)
    }
  }
  const ask = (key: string, look: () => Promise<T>): Promise<T> => {
    const already = asking.get(key)
    if (already) return already
    const answer = look()
      .then((value) => {
        keep(key, value)
        return value
      })
      .finally(() => asking.delete(key))
    asking.set(key, answer)
    return answer
  }

  return {
    get: async (key, lifeMs, look) => {
      const entry = known.get(key)
      if (entry === undefined || now() - entry.at >= lifeMs) return ask(key, look)
      known.delete(key)
      known.set(key, entry) // the youngest again
      return entry.value
    },
    forget: (key) => void known.delete(key),
    get size() {
      return known.size
    },
  }
}
