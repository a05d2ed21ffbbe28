const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Keeps what somebody chose in a cookie, and sends them back to where they were. An answer to a plain form, so that it works without JavaScript. */
export function rememberChoice(request: Request, cookie: string, choice: string): Response {
  const headers = new Headers({ location: backTo(request.headers.get('referer')) })
  headers.append('set-cookie', `${cookie}=${choice}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`)
  return new Response(null, { status: 303, headers })
}

/** Only a path of this site: what stands before it in the header is left out. */
function backTo(referer: string | null): string {
  if (!referer || !URL.canParse(referer)) return '/'
  const { pathname, search } = new URL(referer)
  return pathname.replace(/^\/+/, '/') + search
}
