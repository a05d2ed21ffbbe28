import { isCurrency } from '@fairhold/protocol/rate'
import { CURRENCY_COOKIE, NO_CURRENCY } from '@/features/rates/rate-view'

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Remembers the currency that somebody wants to see prices in, and goes back to where they were. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => null)
  const currency = form?.get('currency')
  if (typeof currency !== 'string' || !(currency === NO_CURRENCY || isCurrency(currency)))
    return new Response(null, { status: 400 })
  const headers = new Headers({ location: backTo(request.headers.get('referer')) })
  headers.append('set-cookie', `${CURRENCY_COOKIE}=${currency}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`)
  return new Response(null, { status: 303, headers })
}

/** Only a path of this site: what stands before it in the header is left out. */
function backTo(referer: string | null): string {
  if (!referer || !URL.canParse(referer)) return '/'
  const { pathname, search } = new URL(referer)
  return pathname.replace(/^\/+/, '/') + search
}
