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
}

export const NONE: Kept = { owner: null, lines: [] }
const listeners = new Set<() => void>()
let read: { text: string; kept: Kept } = { text: '', kept: NONE }
let away = false

function isLine(value: unknown): value is CartLine {
  const { listingId, choice, quantity } = (value ?? {}) as Partial<CartLine>
  return typeof listingId === 'string' && Number.isInteger(choice) && Number.isInteger(quantity) && (quantity ?? 0) > 0
}

/** A list alone is a guest's. */
function parse(text: string): Kept {
  try {
    const stored = JSON.parse(text) as unknown
    const { owner, lines } = (Array.isArray(stored) ? { owner: null, lines: stored } : (stored ?? {})) as Partial<Kept>
    return { owner: typeof owner === 'string' ? owner : null, lines: Array.isArray(lines) ? lines.filter(isLine) : [] }
  } catch {
    return NONE
  }
}

function stored(): string {
  try {
    return window.localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}

export function current(): Kept {
  const text = stored()
  if (text !== read.text) read = { text, kept: text === '' ? NONE : parse(text) }
  return read.kept
}

export function write(kept: Kept): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    read = { text: stored(), kept } // storage is full or forbidden: it lasts as long as the page
  }
  tell()
}

/** Whether the market could not be asked for the account's cart. */
export const isAway = (): boolean => away
export function setAway(next: boolean): void {
  if (next === away) return
  away = next
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
}

export function subscribe(listener: () => void): () => void {
  const hear = (event: StorageEvent) => event.key === KEY && listener()
  listeners.add(listener)
  window.addEventListener('storage', hear)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', hear)
  }
}

const isSame = (a: Pick<CartLine, 'listingId' | 'choice'>, b: Pick<CartLine, 'listingId' | 'choice'>): boolean =>
  a.listingId === b.listingId && a.choice === b.choice

/** The lines after these were set; none of something takes it out, and what is there keeps its place. */
export function changed(lines: readonly CartLine[], changes: readonly CartLine[]): CartLine[] {
  const stays = lines.map((line) => changes.find((change) => isSame(line, change)) ?? line)
  const added = changes.filter((change) => !lines.some((line) => isSame(line, change)))
  return [...stays, ...added].filter(({ quantity }) => quantity > 0)
}
