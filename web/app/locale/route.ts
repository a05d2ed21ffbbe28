import { isLocale, LOCALE_COOKIE } from '@/i18n/locales'

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Remembers the language that somebody chose and goes back to where they were. A plain form, so that it works without JavaScript. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => null)
  const locale = form?.get('locale')
  if (!isLocale(locale)) return new Response(null, { status: 400 })
  const headers = new Headers({ location: backTo(request.headers.get('referer')) })
  headers.append('set-cookie', `${LOCALE_COOKIE}=${locale}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`)
  return new Response(null, { status: 303, headers })
}

/** Only a path of this site: what stands before it in the header is left out. */
function backTo(referer: string | null): string {
  if (!referer || !URL.canParse(referer)) return '/'
  const { pathname, search } = new URL(referer)
  return pathname.replace(/^\/+/, '/') + search
}
