/** Told to whoever keeps what the API said, where much may have changed at once. */
export const STALE_EVENT = 'fairhold:stale'

/** Has every cache of this page ask anew. */
export function markStale(): void {
  window.dispatchEvent(new Event(STALE_EVENT))
}
