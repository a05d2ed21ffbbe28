import { useTranslations } from 'next-intl'
import { buttonClass } from '@/ui/button'
import Form from '@/ui/get-form'
import { type Filters, hiddenFields } from './filters'
import { SearchBox } from './search-box'

/** Search words, with the filters that are chosen: a plain form that ends in the address bar, so it works without JavaScript. */
export function SearchForm({ filters }: { filters: Filters }) {
  const t = useTranslations('market')
  return (
    <Form action="/" role="search" data-own-search="" className="relative flex gap-2">
      <Hidden filters={filters} changed={['q']} />
      <SearchBox key={filters.q} initial={filters.q} label={t('search.label')} placeholder={t('search.placeholder')} />
      <button type="submit" className={buttonClass()}>
        {t('search.action')}
      </button>
    </Form>
  )
}

/** The filters that a form leaves as they are. */
export function Hidden({ filters, changed }: { filters: Filters; changed: readonly (keyof Filters)[] }) {
  return hiddenFields(filters, changed).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)
}
