'use client'

import { countries } from '@fairhold/protocol/listing/countries'
import { X } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { countryName } from '@/features/listings/goods'
import { Select } from '@/ui/select'

/** Countries one by one, in the order of their names in the reader's language. */
export function CountryPicker({ chosen, onChange }: { chosen: readonly string[]; onChange: (codes: string[]) => void }) {
  const t = useTranslations('sell')
  const locale = useLocale()
  const named = useMemo(() => {
    const order = new Intl.Collator(locale)
    return countries
      .map((value) => ({ value, label: countryName(value, locale) }))
      .toSorted((a, b) => order.compare(a.label, b.label))
  }, [locale])
  const open = named.filter(({ value }) => !chosen.includes(value))
  return (
    <div className="flex flex-col gap-2">
      <Select
        aria-label={t('shipping.addCountry')}
        options={[{ value: '', label: t('shipping.addCountry') }, ...open]}
        value=""
        onChange={(event) => event.target.value && onChange([...chosen, event.target.value])}
      />
      <ul className="flex flex-wrap gap-1.5">
        {chosen.map((code) => (
          <li key={code}>
            <button
              type="button"
              aria-label={t('shipping.removeCountry', { country: countryName(code, locale) })}
              onClick={() => onChange(chosen.filter((other) => other !== code))}
              className="flex min-h-9 items-center gap-1 rounded-full border border-line-strong bg-surface px-3 text-sm hover:bg-sunken"
            >
              {countryName(code, locale)}
              <X aria-hidden="true" className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
