/** Holds the time zone of the browser, which it says itself (app/providers.tsx): the server writes the first times, and cannot know. */
export const ZONE_COOKIE = 'zone'

const YEAR = 31_536_000

/** The zone to write times in: the one in the cookie if there is such a one, else UTC. */
export function pickZone(told: string | undefined): string {
  if (told === undefined || !/^[A-Za-z0-9_+/-]{1,64}$/.test(told)) return 'UTC'
  try {
    // Its one name: what is kept for each zone is kept for a few hundred, however somebody writes them.
    return new Intl.DateTimeFormat('en', { timeZone: told }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

/** Tells the server from the next page on. Runs in browsers. */
export function tellZone(): void {
  const cookie = `${ZONE_COOKIE}=${Intl.DateTimeFormat().resolvedOptions().timeZone}`
  if (!document.cookie.split('; ').includes(cookie)) {
    // biome-ignore lint/suspicious/noDocumentCookie: the store of cookies is not there in every browser
    document.cookie = `${cookie}; path=/; max-age=${YEAR}; samesite=lax`
  }
}
