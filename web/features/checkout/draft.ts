import { knownAccount } from '../../lib/api/known-session.ts'

const KEY = 'fairhold.checkout.v2'
/** Without an owner: it is read no more, and holds addresses. */
const FORMER_KEY = 'fairhold.checkout.v1'

/** What a buyer wrote on the way to a deal. It stays in this browser until the deal is there to take it, or its owner signs out. */
export interface CheckoutDraft {
  address: string
}

/** Of one account, or of a visitor (null), who takes it along when signing in. Nobody else gets to see it. */
interface Kept {
  owner: string | null
  drafts: Record<string, CheckoutDraft>
}

function readAll(): Kept['drafts'] {
  try {
    window.localStorage.removeItem(FORMER_KEY)
    const { owner, drafts } = JSON.parse(window.localStorage.getItem(KEY) ?? '{}') as Partial<Kept>
    return drafts && (owner === null || owner === knownAccount()) ? drafts : {}
  } catch {
    return {}
  }
}

function writeAll(drafts: Kept['drafts']): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify({ owner: knownAccount(), drafts } satisfies Kept))
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

/** Whoever comes to this browser next must not find where somebody lives. What a deal still lacks is asked for on its page. */
export function forgetAllDrafts(): void {
  try {
    window.localStorage.removeItem(KEY)
    window.localStorage.removeItem(FORMER_KEY)
  } catch {
    // Without storage nothing was kept.
  }
}
