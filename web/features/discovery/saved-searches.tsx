import { useTranslations } from 'next-intl'
import { hrefOfQuery } from '@/features/listings/filters'
import type { SavedSearch } from '@/lib/api/discovery'
import { type MarketConfig, tokensOf } from '@/lib/chain-tokens'
import { SearchRow } from './search-row'

/** Searches that somebody wants to hear of. */
export function SavedSearches({ searches, config }: { searches: readonly SavedSearch[]; config: MarketConfig }) {
  const t = useTranslations('saved')
  const tokens = tokensOf(config)
  return (
    <section aria-labelledby="searches">
      <h2 id="searches" className="mb-3 font-semibold text-xl tracking-tight">
        {t('searches.title')}
      </h2>
      {searches.length === 0 ? (
        <p className="text-muted text-sm">{t('searches.none')}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line rounded-2xl border border-line bg-surface">
          {searches.map((search) => (
            <SearchRow key={search.id} search={search} href={hrefOfQuery(search.query, tokens)} />
          ))}
        </ul>
      )}
    </section>
  )
}
