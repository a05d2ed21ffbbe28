import { isCurrency } from '@fairhold/protocol/rate'
import { CURRENCY_COOKIE, NO_CURRENCY } from '@/features/rates/rate-view'
import { rememberChoice } from '@/lib/remember-choice'

/** Remembers the currency that somebody wants to see prices in, and goes back to where they were. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => null)
  const currency = form?.get('currency')
  if (typeof currency !== 'string' || !(currency === NO_CURRENCY || isCurrency(currency)))
    return new Response(null, { status: 400 })
  return rememberChoice(request, CURRENCY_COOKIE, currency)
}
