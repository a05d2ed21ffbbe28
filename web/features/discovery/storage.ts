/** A short list in this browser alone, the newest first. Where storage is closed, as in some private windows, there is none. */
export function readList<T>(key: string, isItem: (value: unknown) => value is T): T[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(value) ? value.filter(isItem) : []
  } catch {
    return []
  }
}

export function writeList(key: string, items: readonly unknown[]): void {
  try {
    if (items.length === 0) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(items))
  } catch {
    // Full or closed: what is not remembered is only less convenient.
  }
}
