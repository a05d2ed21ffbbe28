import { categories } from '@fairhold/protocol/listing/content'
import type { Facets } from '@/lib/api'
import { cx } from '@/ui/cx'
import Link from '@/ui/link'
import { categoryWords } from './copy'
import { type Filters, hrefOf } from './filters'

/** The categories with how much each holds. */
export function CategoryChips({ filters, facets }: { filters: Filters; facets: Facets }) {
  const counts = new Map(facets.category.map(({ value, count }) => [value, count]))
  const total = facets.category.reduce((sum, { count }) => sum + count, 0)
  const chips = [
    { value: '', label: 'Everything', count: total },
    ...categories.map((value) => ({ value, label: categoryWords[value], count: counts.get(value) ?? 0 })),
  ]
  return (
    <nav aria-label="Categories" className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-2 pb-1 sm:flex-wrap">
        {chips.map(({ value, label, count }) => {
          const active = filters.category === value
          return (
            <li key={value}>
              <Link
                href={hrefOf(filters, { category: value })}
                aria-current={active ? 'page' : undefined}
                className={cx(
                  'flex min-h-11 items-center gap-1.5 whitespace-nowrap rounded-full border px-4 font-medium text-sm',
                  active ? 'border-primary bg-primary text-on-primary' : 'border-line-strong bg-surface hover:bg-sunken',
                )}
              >
                {label} <span className={active ? 'text-on-primary' : 'text-muted'}>{count}</span>
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
