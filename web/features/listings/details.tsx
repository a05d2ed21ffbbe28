import { attributesOf } from '@fairhold/protocol/listing/attributes'
import { useLocale, useTranslations } from 'next-intl'
import type { Listing } from '@/lib/api'
import { attributeName, attributeValue, categoryName, conditionName } from './goods'

/** What kind of thing it is, as the seller signed it: one row for each attribute, in the order of the category. */
export function Details({ listing }: { listing: Listing }) {
  const t = useTranslations('listing')
  const goods = useTranslations('goods')
  const names = useTranslations('attributes')
  const locale = useLocale()
  const { category } = listing
  const known = attributesOf[category].filter(({ key }) => listing.attributes[key] !== undefined)
  const rows = [
    { name: t('category'), value: categoryName(goods, category) },
    { name: t('condition'), value: conditionName(goods, listing.condition) },
    ...known.map(({ key }) => {
      const value = attributeValue(names, { category, key, value: listing.attributes[key] ?? '' }, locale)
      return { name: attributeName(names, key), value }
    }),
  ]
  return (
    <section aria-labelledby="details">
      <h2 id="details" className="mb-2 font-semibold text-lg">
        {t('details')}
      </h2>
      <dl className="grid gap-x-8 text-sm sm:grid-cols-2">
        {rows.map(({ name, value }) => (
          <div key={name} className="flex justify-between gap-4 border-line border-b py-2">
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-0 break-words text-right" dir="auto">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
