import type { DraftForm } from '@fairhold/api/contract/drafts'

const PREFIX = 'fairhold.sell-draft.v2'

/** What is kept in this browser: for who is not signed in, and until the server has it. */
export interface LocalDraft {
  form: DraftForm
  /** The server's draft and the revision that it was changed from; null while the server has none. */
  id: string | null
  revision: number
}

/** What a kept draft is of: the listing that is edited, null for a new one, and whoever writes it, null for a visitor. */
export interface LocalPlace {
  listingId: string | null
  account: string | null
}

/** Each account has a place of its own. A visitor's is taken along by whoever signs in. */
function keysOf({ listingId, account }: LocalPlace): [string, ...string[]] {
  const guests = listingId === null ? PREFIX : `${PREFIX}.${listingId}`
  return account === null ? [guests] : [`${guests}.of.${account}`, guests]
}

/** What was kept, or null. `completeDraft` checks the form. */
export function recallLocal(place: LocalPlace): LocalDraft | null {
  for (const key of keysOf(place)) {
    const kept = read(key)
    if (kept) return kept
  }
  return null
}

function read(key: string): LocalDraft | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as LocalDraft | null
    if (kept === null || typeof kept.form !== 'object' || kept.form === null) return null
    return { form: kept.form, id: typeof kept.id === 'string' ? kept.id : null, revision: Number(kept.revision) || 0 }
  } catch {
    return null
  }
}

/** Keeps it; false where the browser keeps nothing, as in private windows. */
export function keepLocal(place: LocalPlace, draft: LocalDraft): boolean {
  try {
    localStorage.setItem(keysOf(place)[0], JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export function dropLocal(place: LocalPlace): void {
  try {
    for (const key of keysOf(place)) localStorage.removeItem(key)
  } catch {
    // Nothing was kept either.
  }
}
