import type { ListingPage } from '@fairhold/api/contract/listings'
import { SlidersHorizontal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { SaveSearchButton } from '@/features/discovery/save-search'
import type { RateView } from '@/features/rates/rate-view'
import type { SaveSearch } from '@/lib/api/discovery'
import type { MarketConfig } from '@/lib/chain-tokens'
import { number } from '@/lib/format'
import { Alert } from '@/ui/alert'
import { Button, ButtonLink } from '@/ui/button'
import Link from '@/ui/link'
import type { FacetContext } from './facet-choices'
import { FILTERS_ID } from './filter-panel'
import { hrefOf, sorts } from './filters'
import { ListingCard } from './listing-card'
import { hrefOfMore, type Refusal } from './load-market'
import { LoadMore } from './load-more'
import { NoResults, type WayOn } from './no-results'
import { PendingResults } from './pending-results'
import { Hidden } from './search-form'
import { SortForm } from './sort-form'

interface ResultsProps {
  context: FacetContext
  page: ListingPage
  refusal: Refusal | null
  config: MarketConfig
  rates: RateView | null
  waysOn: readonly WayOn[]
  search: { query: SaveSearch['query']; name: string }
  narrowed: boolean
}

/** Pictures of the first row: on a phone it has two, and more would only keep those two waiting. */
const FIRST = 2
const EAGER = 4

/** What was found, how much, in which order; and ways on where it is nothing. */
export function Results({ context, page, refusal, config, rates, waysOn, search, narrowed }: ResultsProps) {
  const { filters } = context
  const t = useTranslations('market')
  const more = hrefOfMore(filters, page)
  return (
    <section aria-labelledby="results" className="flex flex-col gap-4">
      <Toolbar context={context} search={search} narrowed={narrowed} />
      {page.corrected && <Corrected context={context} corrected={page.corrected} />}
      {refusal && (
        <Alert tone="warning" title={t('refused')}>
          {t(`refusal.${refusal}`)}
        </Alert>
      )}
      <PendingResults found={foundIn(context)}>
        {page.items.length === 0 ? (
          <NoResults isNarrowed={narrowed} waysOn={waysOn} {...search} />
        ) : (
          <div className="grid grid-cols-2 gap-3 sm:gap-5 min-[60rem]:grid-cols-3 xl:grid-cols-4">
            {page.items.map((listing, index) => (
              <ListingCard
                key={listing.id}
                listing={listing}
                config={config}
                rates={rates}
                first={index < FIRST}
                eager={index < EAGER}
              />
            ))}
          </div>
        )}
      </PendingResults>
      <div className="flex justify-center gap-3">
        {filters.cursor !== '' && (
          <ButtonLink variant="ghost" href={hrefOf(filters, {})}>
            {t('first')}
          </ButtonLink>
        )}
        {more && <LoadMore href={more}>{t('more')}</LoadMore>}
      </div>
    </section>
  )
}

/** `12 listings for “lens”`. */
function foundIn({ filters: { q }, facets: { total, capped }, locale, t }: FacetContext): string {
  const found = { count: total, shown: `${number(total, locale)}${capped ? '+' : ''}`, q }
  return q === '' ? t('found', found) : t('foundFor', found)
}

function Toolbar({ context, search, narrowed }: Pick<ResultsProps, 'context' | 'search' | 'narrowed'>) {
  const { filters, facets } = context
  const t = useTranslations('market')
  const options = [
    { value: '', label: t('sort.auto') },
    ...sorts
      .filter((sort) => sort !== 'nearest' || filters.near !== '')
      .map((sort) => ({ value: sort as string, label: t(`sort.${sort}`) })),
  ]
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <h2 id="results" className="w-full font-semibold text-lg sm:mr-auto sm:w-auto">
        {foundIn(context)}
      </h2>
      <Button variant="secondary" popoverTarget={FILTERS_ID} className="lg:hidden">
        <SlidersHorizontal aria-hidden="true" className="size-4" />
        {t('filters.title')}
      </Button>
      {narrowed && facets.total > 0 && Object.keys(search.query).length > 0 && (
        <SaveSearchButton key={JSON.stringify(search.query)} {...search} />
      )}
      <SortForm options={options} value={filters.sort} label={t('sort.label')} action={t('sort.action')}>
        <Hidden filters={filters} changed={['sort']} />
      </SortForm>
    </div>
  )
}

/** What was searched for instead of what was typed, and the way to insist. */
function Corrected({ context: { filters }, corrected }: { context: FacetContext; corrected: string }) {
  const t = useTranslations('market')
  const words = (chunks: ReactNode) => <strong>{chunks}</strong>
  const exact = (chunks: ReactNode) => (
    <Link
      href={hrefOf(filters, { q: `"${filters.q.replaceAll('"', '')}"` })}
      className="text-primary underline underline-offset-4"
    >
      {chunks}
    </Link>
  )
  return <p className="text-sm">{t.rich('corrected', { corrected, q: filters.q, words, exact })}</p>
}
