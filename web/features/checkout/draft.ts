const KEY = 'fairhold.checkout.v1'

/** What a buyer wrote on the way to a deal. It stays in this browser until the deal is there to take it. */
export interface CheckoutDraft {
  address: string
}

type Drafts = Record<string, CheckoutDraft>

function readAll(): Drafts {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? '{}')
    return typeof stored === 'object' && stored !== null ? (stored as Drafts) : {}
  } catch {
    return {}
  }
}

function writeAll(drafts: Drafts): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(drafts))
  } catch {
    // A full or forbidden storage only costs the memory across reloads; the deal page asks again.
  }
}

/** What was written for a listing, a cart or a deal, by its id. */
export function readDraft(id: string): CheckoutDraft | null {
  return readAll()[id] ?? null
}

export function keepDraft(id: string, draft: CheckoutDraft): void {
  writeAll({ ...readAll(), [id]: draft })
}

export function forgetDraft(id: string): void {
  const { [id]: _gone, ...rest } = readAll()
  writeAll(rest)
}
