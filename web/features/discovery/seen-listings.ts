import { SEEN_KEY } from './seen-key'
import { readList, writeList } from './storage'

const MOST = 24

/** A listing as it was when it was looked at. */
export interface SeenListing {
  id: string
  title: string
  photo: string | null
  at: number
}

function isSeen(value: unknown): value is SeenListing {
  if (typeof value !== 'object' || value === null) return false
  const { id, title, photo, at } = value as Record<string, unknown>
  const isPhoto = photo === null || (typeof photo === 'string' && /^[0-9a-f]{64}$/.test(photo))
  return typeof id === 'string' && /^0x[0-9a-f]{64}$/.test(id) && typeof title === 'string' && isPhoto && typeof at === 'number'
}

/** What was looked at in this browser. It is kept here alone. */
export const seenListings = {
  read: (): SeenListing[] => readList(SEEN_KEY, isSeen).slice(0, MOST),
  add: (listing: Omit<SeenListing, 'at'>, at: number): void =>
    writeList(SEEN_KEY, [{ ...listing, at }, ...seenListings.read().filter(({ id }) => id !== listing.id)].slice(0, MOST)),
  clear: (): void => writeList(SEEN_KEY, []),
}
