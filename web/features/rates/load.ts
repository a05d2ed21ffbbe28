import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { rates } from '@/lib/api/rates'
import { CURRENCY_COOKIE, knownIn, pickCurrency, type RateView, viewOf } from './rate-view'

/** Rates as the API tells them, asked once for a page; none where nobody tells, as a price in its token is as good. */
const allRates = cache(async () =>
  rates
    .list()
    .then((answer) => answer.rates)
    .catch(() => []),
)

/** Rates as this visitor wants to see them; null if they want none. */
export const loadRates = cache(async (): Promise<RateView | null> => {
  const currency = await chosenCurrency()
  return currency === null ? null : viewOf(await allRates(), currency, Date.now())
})

/** The visitor's currency by cookie or language; null for none. */
export const chosenCurrency = cache(async () =>
  pickCurrency((await cookies()).get(CURRENCY_COOKIE)?.value, (await headers()).get('accept-language')),
)

/** Currencies that prices can be shown in. */
export const knownCurrencies = async () => knownIn(await allRates())
