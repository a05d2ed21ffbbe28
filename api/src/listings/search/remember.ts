/** What was asked a moment ago, so that it need not be asked again: at most `size` answers, each for `ms`. */
export interface Memory<T> {
  get: (key: string) => T | undefined
  set: (key: string, value: T) => void
}

export function createMemory<T>({
  size,
  ms,
  clock = () => performance.now(),
}: {
  size: number
  ms: number
  clock?: () => number
}): Memory<T> {
  const kept = new Map<string, { value: T; until: number }>()
  return {
    get: (key) => {
      const found = kept.get(key)
      return found && found.until > clock() ? found.value : undefined
    },
    set: (key, value) => {
      kept.delete(key)
      kept.set(key, { value, until: clock() + ms })
      for (const oldest of kept.keys()) {
        if (kept.size <= size) break
        kept.delete(oldest)
      }
    },
  }
}
