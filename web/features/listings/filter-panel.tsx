import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { number } from '@/lib/format'
import { writtenIn } from '@/lib/typed-number'
import { Button, ButtonLink, buttonClass } from '@/ui/button'
import Form from '@/ui/get-form'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import {
  brandChoices,
  conditionChoices,
  countryChoices,
  type FacetContext,
  priceChoices,
  scoreChoices,
  shipsChoices,
  tokenChoices,
} from './facet-choices'
import { FacetChoices, FacetGroup } from './facet-group'
import { distances, hrefOf } from './filters'
import { Hidden } from './search-form'

export const FILTERS_ID = 'filters'

/**
 * All filters: beside the listings where there is room, and in a sheet of its own where there is none. The sheet is the browser's
 * popover, which opens and closes without JavaScript, and on Escape.
 */
export function FilterPanel({ context, town }: { context: FacetContext; town: string }) {
  const { filters, facets, locale } = context
  const t = useTranslations('market')
  const total = `${number(facets.total, locale)}${facets.capped ? '+' : ''}`
  return (
    <aside
      id={FILTERS_ID}
      popover="auto"
      aria-label={t('filters.title')}
      className="filter-sheet fixed inset-x-0 top-auto bottom-0 m-0 max-h-[88dvh] w-full max-w-none overflow-y-auto rounded-t-3xl border border-line bg-surface p-5 text-ink shadow-pop backdrop:bg-black/50 lg:static lg:block lg:max-h-none lg:w-60 lg:shrink-0 lg:overflow-visible lg:rounded-none lg:border-0 lg:bg-transparent lg:p-0 lg:shadow-none"
    >
      <div className="mb-3 flex items-center justify-between lg:sr-only">
        <h2 className="font-semibold text-lg">{t('filters.title')}</h2>
        <Button
          variant="ghost"
          className="lg:hidden"
          popoverTarget={FILTERS_ID}
          popoverTargetAction="hide"
          aria-label={t('filters.close')}
        >
          <X aria-hidden="true" className="size-5" />
        </Button>
      </div>
      <div className="flex flex-col gap-4">
        <Group title={t('filters.price')}>
          <PriceForm context={context} />
          <div className="mt-2">
            <FacetChoices choices={priceChoices(context)} />
          </div>
        </Group>
        <FacetGroup title={t('filters.condition')} choices={conditionChoices(context)} />
        <Group title={t('filters.place')}>
          <PlaceForm context={context} town={town} />
        </Group>
        <FacetGroup title={t('filters.country')} choices={countryChoices(context)} />
        <FacetGroup title={t('filters.ships')} choices={shipsChoices(context)} />
        <FacetGroup title={t('filters.brand')} choices={brandChoices(context)} />
        <FacetGroup title={t('filters.score')} choices={scoreChoices(context)} />
        <FacetGroup title={t('filters.token')} choices={tokenChoices(context)} />
        <FacetGroup
          title={t('filters.sold')}
          choices={[
            {
              key: 'all',
              label: t('filters.showSold'),
              count: null,
              isChosen: filters.all,
              href: hrefOf(filters, { all: !filters.all }),
            },
          ]}
        />
      </div>
      <div className="sticky -bottom-5 -mx-5 mt-4 flex gap-2 border-line border-t bg-surface p-4 lg:hidden">
        <ButtonLink variant="secondary" href="/" className="flex-1">
          {t('clear')}
        </ButtonLink>
        <Button className="flex-1" popoverTarget={FILTERS_ID} popoverTargetAction="hide">
          {t('filters.showResults', { total })}
        </Button>
      </div>
    </aside>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-line border-t pt-4 first:border-0 first:pt-0">
      <h3 className="mb-2 font-semibold text-sm">{title}</h3>
      {children}
    </section>
  )
}

function PriceForm({ context: { filters, locale } }: { context: FacetContext }) {
  const t = useTranslations('market')
  const unit = filters.token || filters.cur
  if (unit === '') return <p className="text-muted text-sm">{t('filters.priceNeedsToken')}</p>
  return (
    <Form action="/" key={`${filters.min} ${filters.max} ${unit}`} className="flex items-end gap-2">
      <Hidden filters={filters} changed={['min', 'max', 'cur']} />
      {filters.token === '' && <input type="hidden" name="cur" value={filters.cur} />}
      <Input
        name="min"
        inputMode="decimal"
        maxLength={40}
        defaultValue={writtenIn(locale, filters.min)}
        aria-label={t('filters.priceFrom', { unit })}
        placeholder={t('filters.from')}
      />
      <Input
        name="max"
        inputMode="decimal"
        maxLength={40}
        defaultValue={writtenIn(locale, filters.max)}
        aria-label={t('filters.priceTo', { unit })}
        placeholder={t('filters.to')}
      />
      <button type="submit" className={buttonClass({ variant: 'secondary' })} aria-label={t('filters.setPrice', { unit })}>
        {unit}
      </button>
    </Form>
  )
}

function PlaceForm({ context: { filters }, town }: { context: FacetContext; town: string }) {
  const t = useTranslations('market')
  const options = [
    { value: '', label: t('filters.anyDistance') },
    ...distances.map((km) => ({ value: km, label: t('filters.km', { km }) })),
  ]
  return (
    <Form action="/" key={`${town} ${filters.km}`} className="flex flex-col gap-2">
      <Hidden filters={filters} changed={['near', 'place', 'km']} />
      <Input
        name="place"
        maxLength={60}
        defaultValue={town}
        autoComplete="address-level2"
        aria-label={t('filters.town')}
        placeholder={t('filters.town')}
      />
      <div className="flex gap-2">
        <div className="min-w-0 flex-1">
          <Select name="km" defaultValue={filters.km} aria-label={t('filters.distance')} options={options} />
        </div>
        <button type="submit" className={buttonClass({ variant: 'secondary' })}>
          {t('filters.set')}
        </button>
      </div>
    </Form>
  )
}
