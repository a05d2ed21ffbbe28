import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { catalogues } from './catalogues'
import { isLocale, LOCALE_COOKIE, pickLocale } from './locales'

/** Language and words of a request. Times are in UTC, so that server and browser write the same. */
export default getRequestConfig(async ({ locale: asked }) => {
  const locale = isLocale(asked)
    ? asked
    : pickLocale((await cookies()).get(LOCALE_COOKIE)?.value, (await headers()).get('accept-language'))
  return { locale, messages: catalogues[locale], timeZone: 'UTC' }
})
