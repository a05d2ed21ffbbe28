'use client'

import { europeanUnion } from '@fairhold/protocol/listing/countries'
import { contentLimits, EVERYWHERE } from '@fairhold/protocol/listing/vocabulary'
import { Plus, Trash2 } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useLayoutEffect, useRef } from 'react'
import { countryName, isUnion } from '@/features/listings/goods'
import { tokenOf, useMarketConfig } from '@/lib/chain'
import { Button } from '@/ui/button'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { CountryPicker } from './country-picker'
import { type DraftShipping, emptyShipping, isEverywhere } from './draft'
import { type FieldsProps, fieldId } from './fields'

/** How it gets to the buyer: pick-up, and up to six ways of sending with their prices. */
export function ShippingFields({ draft, errors, change }: FieldsProps) {
  const t = useTranslations('sell')
  const { shipping, place, pickup } = draft
  const isAdded = useRef(false)
  useLayoutEffect(() => {
    if (!isAdded.current) return
    isAdded.current = false
    document.getElementById(fieldId(`shipping.${shipping.length - 1}.name`))?.focus() // it is above the button
  }, [shipping.length])
  const full = shipping.length >= contentLimits.shipping.max
  const add = () => {
    const name = t('shipping.default')
    const taken = shipping.some((one) => one.name === name)
    change({ shipping: [...shipping, emptyShipping(taken ? '' : name, place?.country)] })
    isAdded.current = true
  }
  const set = (at: number, made: Partial<DraftShipping>) =>
    change((now) => ({ shipping: now.shipping.map((one, index) => (index === at ? { ...one, ...made } : one)) }))
  return (
    <div className="flex flex-col gap-5">
      <label className="flex min-h-11 cursor-pointer items-start gap-3">
        <input
          id={fieldId('pickup')}
          type="checkbox"
          checked={pickup}
          onChange={(event) => change({ pickup: event.target.checked })}
          className="mt-0.5 size-5 accent-primary"
        />
        <span>
          <span className="block font-medium">{t('shipping.pickup')}</span>
          <span className="block text-muted text-sm">{t('shipping.pickupHint')}</span>
        </span>
      </label>
      {shipping.map((choice, at) => (
        <ShippingChoice
          // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else that stays the same while they are written
          key={at}
          at={at}
          choice={choice}
          draft={draft}
          errors={errors}
          onChange={(made) => set(at, made)}
          onRemove={() => change({ shipping: shipping.filter((_, index) => index !== at) })}
        />
      ))}
      {errors.shipping && <p className="font-medium text-danger text-sm">{errors.shipping}</p>}
      {!full && (
        <div>
          <Button id={fieldId('shipping')} variant="secondary" onClick={add}>
            <Plus aria-hidden="true" className="size-4" />
            {shipping.length === 0 ? t('shipping.addFirst') : t('shipping.add')}
          </Button>
        </div>
      )}
    </div>
  )
}

interface ChoiceProps extends Omit<FieldsProps, 'change'> {
  at: number
  choice: DraftShipping
  onChange: (made: Partial<DraftShipping>) => void
  onRemove: () => void
}

function ShippingChoice({ at, choice, draft, errors, onChange, onRemove }: ChoiceProps) {
  const t = useTranslations('sell')
  const token = tokenOf(useMarketConfig(), draft.token)
  const error = (field: string) => errors[`shipping.${at}.${field}`]
  const id = (field: string) => fieldId(`shipping.${at}.${field}`)
  return (
    <fieldset className="rounded-2xl border border-line p-4">
      <legend className="px-1.5 font-medium text-sm">{t('shipping.choice', { at: at + 1 })}</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field quiet label={t('shipping.name')} hint={t('shipping.nameHint')} error={error('name')}>
          <Input
            id={id('name')}
            dir="auto"
            maxLength={contentLimits.shippingName.max}
            value={choice.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
        <Field quiet label={t('shipping.price')} hint={t('shipping.free')} error={error('price')}>
          <Input
            id={id('price')}
            inputMode="decimal"
            autoComplete="off"
            suffix={token?.symbol}
            value={choice.price}
            onChange={(event) => onChange({ price: event.target.value })}
          />
        </Field>
        <Destinations draft={draft} choice={choice} id={id('to')} error={error('to')} onChange={(to) => onChange({ to })} />
        <Days choice={choice} id={id('days')} error={error('days')} onChange={onChange} />
      </div>
      <div className="mt-3 flex justify-end">
        <Button
          variant="ghost"
          size="sm"
          onClick={onRemove}
          aria-label={`${t('shipping.remove')}: ${choice.name || t('shipping.choice', { at: at + 1 })}`}
        >
          <Trash2 aria-hidden="true" className="size-4" />
          {t('shipping.remove')}
        </Button>
      </div>
    </fieldset>
  )
}

interface DestinationsProps {
  draft: FieldsProps['draft']
  choice: DraftShipping
  id: string
  error: string | undefined
  onChange: (to: string[]) => void
}

/** The seller's country, the Union, everywhere: one choice for nearly everybody; countries by name for the rest. */
function Destinations({ draft, choice, id, error, onChange }: DestinationsProps) {
  const t = useTranslations('sell')
  const locale = useLocale()
  const home = draft.place?.country
  const { to } = choice
  const kind = isEverywhere(to) ? 'everywhere' : isUnion(to) ? 'eu' : home && to.length === 1 && to[0] === home ? 'home' : 'some'
  const sets: Record<string, string[]> = { home: home ? [home] : [], eu: [...europeanUnion], everywhere: [EVERYWHERE], some: [] }
  const options = [
    ...(home ? [{ value: 'home', label: t('shipping.home', { country: countryName(home, locale) }) }] : []),
    { value: 'eu', label: t('shipping.eu') },
    { value: 'everywhere', label: t('shipping.everywhere') },
    { value: 'some', label: t('shipping.some') },
  ]
  return (
    <div className="flex flex-col gap-2">
      <Field quiet label={t('shipping.to')} error={error}>
        <Select id={id} options={options} value={kind} onChange={(event) => onChange(sets[event.target.value] ?? [])} />
      </Field>
      {kind === 'some' && <CountryPicker chosen={to} onChange={onChange} />}
    </div>
  )
}

function Days({ choice, id, error, onChange }: Omit<DestinationsProps, 'draft' | 'onChange'> & Pick<ChoiceProps, 'onChange'>) {
  const t = useTranslations('sell')
  const input = { type: 'number', inputMode: 'numeric', min: 0, max: contentLimits.shippingDays.max } as const
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">{t('shipping.days')}</legend>
      <div className="grid grid-cols-2 gap-2">
        {(['least', 'most'] as const).map((which) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the input is inside
          <label key={which} className="flex flex-col gap-1 text-muted text-sm">
            <Input
              {...input}
              id={which === 'least' ? id : undefined}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `${id}-error` : undefined}
              value={choice[which]}
              onChange={(event) => onChange({ [which]: event.target.value })}
            />
            {t(`shipping.${which}`)}
          </label>
        ))}
      </div>
      {error && (
        <p id={`${id}-error`} className="mt-1.5 font-medium text-danger text-sm">
          {error}
        </p>
      )}
    </fieldset>
  )
}
