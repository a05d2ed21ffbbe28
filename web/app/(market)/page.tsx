import { isCountry } from '@fairhold/protocol/listing/countries'
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import { RecentlySeen } from '@/features/discovery/recently-seen'
import { Recommendations } from '@/features/discovery/recommendations'
import { ActiveChips, chipsOf } from '@/features/listings/active-chips'
import { CategoryChips } from '@/features/listings/category-chips'
import type { FacetContext } from '@/features/listings/facet-choices'
import { FilterPanel } from '@/features/listings/filter-panel'
import { isNarrowed, queryFrom, readFilters } from '@/features/listings/filters'
import { findTown, findWaysOn, loadMarket, nameOfTown } from '@/features/listings/load-market'
import { MarketLive } from '@/features/listings/market-live'
import { Results } from '@/features/listings/results'
import { SearchForm } from '@/features/listings/search-form'
import { Welcome } from '@/features/listings/welcome'
import { chosenCurrency, loadRates } from '@/features/rates/load'
import { homeCountry } from '@/features/rates/rate-view'
import { Words } from '@/i18n/words'
import { market } from '@/lib/api/market'
import { meta } from '@/lib/api/meta'
import { tokensOf } from '@/lib/chain-tokens'
import { loadFrame } from '@/lib/session'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** What is looked for, where it is looked for: whoever has several searches open finds the right one again. */
export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [t, goods, asked, locale] = await Promise.all([
    getTranslations('market'),
    getTranslations('goods'),
    searchParams,
    getLocale(),
  ])
  const { q, category } = readFilters(asked, { tokens: [], currency: null, locale })
  const named = [q && t('chips.words', { q }), category && goods(`category.${category as 'cameras'}`)].filter(Boolean)
  return named.length === 0 ? {} : { title: named.join(' · ') }
}

export default async function MarketPage({ searchParams }: Props) {
  const t = await getTranslations('market')
  const goods = await getTranslations('goods')
  const [frame, config, locale, rates, currency] = await Promise.all([
    loadFrame(),
    meta.config(),
    getLocale(),
    loadRates(),
    chosenCurrency(),
  ])
  const tokens = tokensOf(config)
  const asked = readFilters(await searchParams, { tokens, currency, locale })
  // Before the listings are asked for: what changes in between is told to the page.
  const [position, town] = await Promise.all([market.position().catch(() => null), findTown(asked, locale)])
  const filters = town ? { ...asked, near: String(town.id), place: '' } : asked
  const { page, facets, refusal } = await loadMarket(filters, tokens, locale)
  const region = homeCountry((await headers()).get('accept-language'))
  const home = isCountry(region) ? region : ''
  const context: FacetContext = { filters, facets, tokens, locale, t, goods, home }
  const townName = town ? nameOfTown(town, locale) : asked.place
  const chips = chipsOf(context, townName)
  const narrowed = isNarrowed(filters)
  const isNew = !narrowed && filters.cursor === '' && !frame?.session
  const waysOn = page.items.length === 0 ? await findWaysOn(filters, tokens, chips) : []
  const search = { query: queryFrom(filters, tokens), name: chips.map(({ label }) => label).join(' · ') }
  return (
    <main id="main" className="mx-auto flex w-full max-w-7xl flex-col gap-5 px-4 py-6 sm:px-6">
      <Words of={['market', 'goods', 'rates', 'personal']}>
        {isNew ? <Welcome /> : <h1 className="sr-only">{t('search.label')}</h1>}
        <SearchForm filters={filters} />
        <CategoryChips filters={filters} facets={facets} />
        <div className="flex items-start gap-8">
          <FilterPanel context={context} town={townName} />
          <div className="flex min-w-0 flex-1 flex-col gap-4">
            <ActiveChips t={t} filters={filters} chips={chips} />
            <Results {...{ context, page, refusal, config, rates, waysOn, search, narrowed }} />
          </div>
        </div>
        {!narrowed && <Recommendations />}
        <RecentlySeen />
        <MarketLive key={position?.lastSeq} position={position} shown={page.items.map(({ id }) => id)} />
      </Words>
    </main>
  )
}
