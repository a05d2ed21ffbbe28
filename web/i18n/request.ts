import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { catalogues } from './catalogues'
import { isLocale, LOCALE_COOKIE, pickLocale } from './locales'
import { pickZone, ZONE_COOKIE } from './zone'

/** Language, words and time zone of a request. */
export default getRequestConfig(async ({ locale: asked }) => {
  const locale = isLocale(asked)
    ? asked
    : pickLocale((await cookies()).get(LOCALE_COOKIE)?.value, (await headers()).get('accept-language'))
  return { locale, messages: catalogues[locale], timeZone: pickZone((await cookies()).get(ZONE_COOKIE)?.value) }
})
