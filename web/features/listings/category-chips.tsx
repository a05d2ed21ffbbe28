import { categories } from '@fairhold/protocol/listing/vocabulary'
import { useLocale, useTranslations } from 'next-intl'
import type { Facets } from '@/lib/api'
import { number } from '@/lib/format'
import { cx } from '@/ui/cx'
import Link from '@/ui/link'
import { type Filters, hrefOf } from './filters'

/** The categories with how much each holds. Those that hold nothing lead nowhere: they are left out. */
export function CategoryChips({ filters, facets }: { filters: Filters; facets: Facets }) {
  const t = useTranslations('market')
  const goods = useTranslations('goods')
  const locale = useLocale()
  const counts = new Map(facets.category.map(({ value, count }) => [value, count]))
  const chips = [
    { value: '', label: t('categories.all'), count: null },
    ...categories
      .map((value) => ({ value: value as string, label: goods(`category.${value}`), count: counts.get(value) ?? 0 }))
      .filter(({ value, count }) => count > 0 || value === filters.category),
  ]
  return (
    <nav aria-label={t('categories.label')} className="-mx-4 overflow-x-auto px-4 [scrollbar-width:none] sm:mx-0 sm:px-0">
      <ul className="flex gap-2 pb-1 lg:flex-wrap">
        {chips.map(({ value, label, count }) => {
          const active = filters.category === value
          return (
            <li key={value}>
              <Link
                href={hrefOf(filters, { category: value })}
                scroll={false}
                aria-current={active ? 'page' : undefined}
                className={cx(
                  'flex min-h-11 items-center gap-1.5 whitespace-nowrap rounded-full border px-4 font-medium text-sm lg:px-3',
                  active ? 'border-primary bg-primary text-on-primary' : 'border-line-strong bg-surface hover:bg-sunken',
                )}
              >
                {label}
                {count !== null && <span className={active ? 'text-on-primary' : 'text-muted'}>{number(count, locale)}</span>}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
