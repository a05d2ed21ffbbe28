import type { Session } from '@fairhold/api/contract/identity'

/** Whom this page has for signed in, and what proves with every write that it can read the session. Known in browsers only: a server serves many people. */
let known: Pick<Session, 'address' | 'csrf'> | null = null

/** Told to the page when an answer shows that its cookie has become somebody else's. */
export const SESSION_EVENT = 'fairhold:session'

/** Takes what a session that came with the page or in an answer says. Apart from the client, which comes when something is asked. */
export function rememberSession(session: Pick<Session, 'address' | 'csrf'> | null): void {
  if (typeof window !== 'undefined') known = session
}

/** The token for writes. */
export const csrfToken = (): string => known?.csrf ?? ''

/** The wallet that the session of this page was opened with; null for a visitor. */
export const knownAccount = (): string | null => known?.address ?? null

/** Has the page show this session in place of the one it has. */
export function tellSession(session: Session | null): void {
  rememberSession(session)
  window.dispatchEvent(new CustomEvent(SESSION_EVENT, { detail: session }))
}
