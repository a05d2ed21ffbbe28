import type { Session } from '@fairhold/api/contract/identity'

/** What proves with every write that this page can read the session. Known in browsers only: a server serves many people. */
let csrf = ''

/** Takes the token of a session that came with the page or in an answer. Apart from the client, which comes when something is asked. */
export function rememberCsrf(session: Session | null | undefined): void {
  if (typeof window !== 'undefined' && session) csrf = session.csrf
}

/** The token for writes that do not go through `call`. */
export const csrfToken = (): string => csrf
