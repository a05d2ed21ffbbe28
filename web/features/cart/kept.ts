const KEY = 'fairhold.cart.v1'
/** As many as the market keeps for an account. */
export const MOST_LINES = 20

/** Some pieces of a listing, to be had in one of its ways. */
export interface CartLine {
  listingId: string
  choice: number
  quantity: number
}

/** What this browser knows of a cart: a guest's own where `owner` is null, else what the market has for that account. */
export interface Kept {
  owner: string | null
  lines: readonly CartLine[]
  /** The market could not be asked for it. */
  away?: boolean
}

export const NONE: Kept = { owner: null, lines: [] }
const listeners = new Set<() => void>()
let read: { text: string; kept: Kept } = { text: '', kept: NONE }

/** A list alone is a guest's. Every page reads this, so it is not checked any closer: whoever writes it is this site. */
function parse(text: string): Kept {
  try {
    const stored = JSON.parse(text)
    const kept: Kept = Array.isArray(stored) ? { owner: null, lines: stored } : stored
    return kept.lines.every((line) => line.quantity > 0) ? kept : NONE
  } catch {
    return NONE
  }
}

function stored(): string {
  try {
    return localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}

export function current(): Kept {
  const text = stored()
  if (text !== read.text) read = { text, kept: parse(text) }
  return read.kept
}

export function write(kept: Kept): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    read = { text: stored(), kept } // storage is full or forbidden: it lasts as long as the page
  }
  for (const listener of listeners) listener()
}

export function subscribe(listener: () => void): () => void {
  const hear = ({ key }: StorageEvent) => key === KEY && listener()
  listeners.add(listener)
  addEventListener('storage', hear)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', hear)
  }
}
