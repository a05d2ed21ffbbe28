import { isLocale, LOCALE_COOKIE } from '@/i18n/locales'
import { rememberChoice } from '@/lib/remember-choice'

/** Remembers the language that somebody chose and goes back to where they were. A plain form, so that it works without JavaScript. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => null)
  const locale = form?.get('locale')
  if (!isLocale(locale)) return new Response(null, { status: 400 })
  return rememberChoice(request, LOCALE_COOKIE, locale)
}
