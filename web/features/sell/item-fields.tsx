'use client'

import { categories, conditions, contentLimits } from '@fairhold/protocol/listing/content'
import { tokenOf, tokensOf, useMarketConfig } from '@/lib/chain'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { Textarea } from '@/ui/textarea'
import { sellCopy as copy } from './copy'
import type { Draft } from './draft'
import type { ChangeDraft } from './use-draft'
import { type DraftErrors, MAX_QUANTITY } from './validate'

export interface FieldsProps {
  draft: Draft
  errors: DraftErrors
  change: ChangeDraft
}

const categoryOptions = categories.map((value) => ({ value, label: copy.categories[value] }))
const conditionOptions = conditions.map((value) => ({ value, label: copy.conditions[value] }))

/** What the item is and where. */
export function ItemFields({ draft, errors, change }: FieldsProps) {
  const { labels, hints } = copy
  return (
    <>
      <Field label={labels.title} hint={hints.title} error={errors.title}>
        <Input
          value={draft.title}
          maxLength={contentLimits.title.max}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      <Field label={labels.description} hint={hints.description} error={errors.description}>
        <Textarea
          rows={7}
          value={draft.description}
          maxLength={contentLimits.description.max}
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={labels.category} error={errors.category}>
          <Select
            options={categoryOptions}
            value={draft.category}
            onChange={(event) => change({ category: event.target.value })}
          />
        </Field>
        <Field label={labels.condition} error={errors.condition}>
          <Select
            options={conditionOptions}
            value={draft.condition}
            onChange={(event) => change({ condition: event.target.value })}
          />
        </Field>
        <Field label={labels.place} hint={hints.place} error={errors.place}>
          <Input
            value={draft.place}
            maxLength={contentLimits.place.max}
            onChange={(event) => change({ place: event.target.value })}
          />
        </Field>
        <Field label={labels.shipsTo} hint={hints.shipsTo} error={errors.shipsTo}>
          <Input
            value={draft.shipsTo}
            maxLength={contentLimits.shipsTo.max}
            onChange={(event) => change({ shipsTo: event.target.value })}
          />
        </Field>
      </div>
    </>
  )
}

/** What it costs and how many there are. */
export function PriceFields({ draft, errors, change }: FieldsProps) {
  const market = useMarketConfig()
  const { labels, hints } = copy
  const currencies = tokensOf(market).map(({ address, symbol, name }) => ({ value: address, label: `${symbol} (${name})` }))
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label={labels.price} hint={hints.price} error={errors.price}>
        <Input
          inputMode="decimal"
          autoComplete="off"
          suffix={tokenOf(market, draft.token)?.symbol}
          value={draft.price}
          onChange={(event) => change({ price: event.target.value })}
        />
      </Field>
      <Field label={labels.token} error={errors.token}>
        <Select options={currencies} value={draft.token} onChange={(event) => change({ token: event.target.value })} />
      </Field>
      <Field label={labels.quantity} hint={hints.quantity} error={errors.quantity}>
        <Input
          type="number"
          inputMode="numeric"
          min={1}
          max={MAX_QUANTITY}
          value={draft.quantity}
          onChange={(event) => change({ quantity: event.target.value })}
        />
      </Field>
    </div>
  )
}
