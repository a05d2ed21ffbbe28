import { QueryClient } from '@tanstack/react-query'

/** The answers that were asked for in somebody's name, null being a visitor's. */
export interface Held {
  readonly queries: QueryClient
  readonly who: string | null
}

const made = (who: string | null): Held => ({
  queries: new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 5_000 } } }),
  who,
})

/** One for the browser's page, so that what was asked for survives going elsewhere and back; on the server one for each request. */
let shared: Held | undefined

/**
 * What may be shown to `who`: nothing that was answered to another account. A visitor who signs in while a page uses theirs (`before`)
 * keeps it, and all that they typed there with it; it holds nothing that not everybody may see, and the page asks anew.
 */
export function heldFor(who: string | null, before?: Held): Held {
  if (typeof window === 'undefined') return made(who)
  if (shared?.who === who) return shared
  const isGuests = before !== undefined && shared?.who === null && before.queries === shared.queries
  shared = isGuests ? { queries: before.queries, who } : made(who)
  return shared
}
