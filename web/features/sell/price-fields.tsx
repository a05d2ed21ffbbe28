'use client'

import { useLocale, useTranslations } from 'next-intl'
import { Approx } from '@/features/rates/approx'
import type { RateView } from '@/features/rates/rate-view'
import { tokenOf, tokensOf, useMarketConfig } from '@/lib/chain'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { type FieldsProps, fieldId } from './fields'
import { MAX_EXPIRY, MAX_QUANTITY, priceOf } from './validate'

/** What it costs, how many there are and for how long. */
export function PriceFields({ draft, errors, change, rates }: FieldsProps & { rates: RateView | null }) {
  const t = useTranslations('sell')
  const locale = useLocale()
  const market = useMarketConfig()
  const token = tokenOf(market, draft.token)
  const price = token ? priceOf(draft.price, token, locale) : null
  const currencies = tokensOf(market).map(({ address, symbol, name }) => ({ value: address, label: `${symbol} (${name})` }))
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <div>
        <Field quiet label={t('labels.price')} hint={t('hints.price')} error={errors.price}>
          <Input
            id={fieldId('price')}
            inputMode="decimal"
            autoComplete="off"
            suffix={token?.symbol}
            value={draft.price}
            onChange={(event) => change({ price: event.target.value })}
          />
        </Field>
        {token && price ? <Approx amount={price} token={token} rates={rates} className="mt-1 block text-sm" /> : null}
      </div>
      <Field quiet label={t('labels.token')} error={errors.token}>
        <Select
          id={fieldId('token')}
          options={currencies}
          value={draft.token}
          onChange={(event) => change({ token: event.target.value })}
        />
      </Field>
      <Field quiet label={t('labels.quantity')} hint={t('hints.quantity')} error={errors.quantity}>
        <Input
          id={fieldId('quantity')}
          type="number"
          inputMode="numeric"
          min={1}
          max={MAX_QUANTITY}
          value={draft.quantity}
          onChange={(event) => change({ quantity: event.target.value })}
        />
      </Field>
      <Field quiet label={t('labels.expiry')} hint={t('hints.expiry')} error={errors.expiry}>
        <Input
          id={fieldId('expiry')}
          type="number"
          inputMode="numeric"
          min={1}
          max={MAX_EXPIRY}
          suffix={t('windows.days')}
          value={draft.expiry}
          onChange={(event) => change({ expiry: event.target.value })}
        />
      </Field>
    </div>
  )
}
