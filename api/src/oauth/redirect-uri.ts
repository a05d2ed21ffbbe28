export const MAX_REDIRECT_URIS = 10
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * What keeps an address from being one that people are sent to; null if nothing does. It must be written as a browser would
 * write it, so that what is compared, what is shown and where the browser goes are one and the same. Plain http is for the
 * person's own machine only (RFC 8252, section 7.3).
 */
export function redirectUriProblem(uri: string): string | null {
  if (!URL.canParse(uri)) return 'must be a whole address, such as https://app.example/back'
  const url = new URL(uri)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname)))
    return 'must begin with https://, or with http:// for localhost, 127.0.0.1 or [::1]'
  if (url.username || url.password) return 'must not hold a name or a password'
  if (uri.includes('#')) return 'must not have a fragment'
  if (uri.includes('*')) return 'must not have a wildcard: each address is compared as it is'
  if (url.href !== uri && url.href !== `${uri}/`) return `must be written as browsers do: ${url.href.slice(0, 200)}`
  return null
}

/** Whether an address is on the person's own machine, where any program may listen. */
export function isLoopback(uri: string): boolean {
  return URL.canParse(uri) && LOOPBACK.has(new URL(uri).hostname)
}
