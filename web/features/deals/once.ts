const INDEX_TIMEOUT_MS = 45_000
const INDEX_POLL_MS = 500

/** Polls until `indexed` says that the marketplace has seen the block; false when it did not within 45 s. */
export const waitUntilIndexed = async (indexed: () => Promise<boolean>): Promise<boolean> => {
  const attempts = INDEX_TIMEOUT_MS / INDEX_POLL_MS
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await indexed().catch(() => false)) return true
    await new Promise((resolve) => setTimeout(resolve, INDEX_POLL_MS))
  }
  return false
}

/**
 * Runs `work` unless the same key is at work in any tab of this browser.
 * Resolves with null when it was: a double click or a second tab never sends twice.
 */
export const runOnce = async <T>(key: string, work: () => Promise<T>): Promise<T | null> => {
  if (!('locks' in navigator)) return work()
  return navigator.locks.request(`fairhold:${key}`, { ifAvailable: true }, (lock) => (lock ? work() : null))
}
