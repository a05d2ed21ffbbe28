import type { DraftForm } from '@fairhold/api/contract/drafts'

const PREFIX = 'fairhold.sell-draft.v2'

/** What is kept in this browser: for who is not signed in, and until the server has it. */
export interface LocalDraft {
  form: DraftForm
  /** The server's draft and the revision that it was changed from; null while the server has none. */
  id: string | null
  revision: number
}

/** Drafts of an edit have a place of their own, so that they do not mix with a new listing. */
const keyOf = (listingId: string | null): string => (listingId === null ? PREFIX : `${PREFIX}.${listingId}`)

/** What was kept, or null. `completeDraft` checks the form. */
export function recallLocal(listingId: string | null): LocalDraft | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(listingId)) ?? 'null') as LocalDraft | null
    if (kept === null || typeof kept.form !== 'object' || kept.form === null) return null
    return { form: kept.form, id: typeof kept.id === 'string' ? kept.id : null, revision: Number(kept.revision) || 0 }
  } catch {
    return null
  }
}

/** Keeps it; false where the browser keeps nothing, as in private windows. */
export function keepLocal(listingId: string | null, draft: LocalDraft): boolean {
  try {
    localStorage.setItem(keyOf(listingId), JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export function dropLocal(listingId: string | null): void {
  try {
    localStorage.removeItem(keyOf(listingId))
  } catch {
    // Nothing was kept either.
  }
}
