import { X } from 'lucide-react'
import type { Words } from '@/i18n/words-of'
import { typedPrice } from '@/lib/format'
import Link from '@/ui/link'
import { countryNames, type FacetContext } from './facet-choices'
import { type Filters, hrefOf } from './filters'

/** What is chosen, each with a way to take it off again. */
export function ActiveChips({ t, filters, chips }: { t: Words<'market'>; filters: Filters; chips: readonly Chip[] }) {
  if (chips.length === 0) return null
  return (
    <ul aria-label={t('chips.label')} className="flex flex-wrap items-center gap-2">
      {chips.map(({ label, without }) => (
        <li key={label}>
          <Link
            href={hrefOf(filters, without)}
            scroll={false}
            aria-label={t('chips.remove', { label })}
            className="flex min-h-9 items-center gap-1.5 rounded-full border border-primary bg-primary-soft pr-2.5 pl-3.5 font-medium text-primary text-sm hover:bg-surface"
          >
            <span className="max-w-56 truncate">{label}</span>
            <X aria-hidden="true" className="size-4" />
          </Link>
        </li>
      ))}
      <li>
        <Link href="/" className="flex min-h-9 items-center px-2 text-sm underline underline-offset-4">
          {t('clear')}
        </Link>
      </li>
    </ul>
  )
}

export interface Chip {
  label: string
  without: Partial<Filters>
}

/** What is chosen, in words, and what would be left without it. */
export function chipsOf({ filters, t, locale, ...words }: FacetContext, town: string): Chip[] {
  const goods: Words<'goods'> = words.goods
  const country = countryNames(locale)
  const chips: (Chip | false)[] = [
    filters.q !== '' && { label: t('chips.words', { q: filters.q }), without: { q: '' } },
    filters.category !== '' && { label: goods(`category.${filters.category as 'cameras'}`), without: { category: '' } },
    (filters.min !== '' || filters.max !== '') && {
      label: priceLabel({ filters, t, locale }),
      without: { min: '', max: '' },
    },
    filters.condition !== '' && { label: goods(`condition.${filters.condition as 'new'}`), without: { condition: '' } },
    town !== '' && { label: placeLabel(filters, town, t), without: { near: '', place: '', km: '' } },
    filters.country !== '' && { label: t('chips.country', { country: country(filters.country) }), without: { country: '' } },
    filters.ships !== '' && { label: t('chips.ships', { country: country(filters.ships) }), without: { ships: '' } },
    filters.brand !== '' && { label: filters.brand, without: { brand: '' } },
    filters.score !== '' && { label: t('filters.stars', { count: Number(filters.score) }), without: { score: '' } },
    filters.token !== '' && { label: t('chips.token', { token: filters.token }), without: { token: '', min: '', max: '' } },
    filters.all && { label: t('chips.sold'), without: { all: false } },
  ]
  return chips.filter((chip) => chip !== false)
}

function priceLabel({ filters, t, locale }: Pick<FacetContext, 'filters' | 't' | 'locale'>): string {
  const [min, max] = [filters.min, filters.max].map((text) => typedPrice(text, filters.token || filters.cur, locale))
  if (!min) return t('chips.priceTo', { max: max ?? '' })
  return max ? t('chips.price', { min, max }) : t('chips.priceFrom', { min })
}

function placeLabel({ km }: Filters, town: string, t: Words<'market'>): string {
  return km === '' ? t('chips.near', { town }) : t('chips.within', { km, town })
}
