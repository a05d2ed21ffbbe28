'use client'

import { type Attribute, attributesOf } from '@fairhold/protocol/listing/attributes'
import { type Category, contentLimits } from '@fairhold/protocol/listing/vocabulary'
import { useLocale, useTranslations } from 'next-intl'
import { attributeName, choiceName, unitName } from '@/features/listings/goods'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { type FieldsProps, fieldId } from './fields'

/** What things of the chosen category have. What was written for another category stays in the draft, and is not published. */
export function AttributeFields({ draft, errors, change }: FieldsProps) {
  const t = useTranslations('sell')
  const attributes = attributesOf[draft.category as Category] ?? []
  const set = (key: string, value: string) => change((now) => ({ attributes: { ...now.attributes, [key]: value } }))
  if (attributes.length === 0) return null
  return (
    <fieldset>
      <legend className="font-medium">{t('sections.details')}</legend>
      <p className="mb-3 text-muted text-sm">{t('sections.detailsHint')}</p>
      <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
        {attributes.map((attribute) => (
          <AttributeField
            key={`${draft.category} ${attribute.key}`}
            attribute={attribute}
            value={draft.attributes[attribute.key] ?? ''}
            error={errors[`attributes.${attribute.key}`]}
            onChange={(value) => set(attribute.key, value)}
          />
        ))}
      </div>
    </fieldset>
  )
}

interface AttributeFieldProps {
  attribute: Attribute
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

function AttributeField({ attribute, value, error, onChange }: AttributeFieldProps) {
  const t = useTranslations('sell')
  const names = useTranslations('attributes')
  const locale = useLocale()
  const id = fieldId(`attributes.${attribute.key}`)
  const choices = attribute.kind === 'choice' ? attribute.choices : null
  return (
    <Field quiet label={attributeName(names, attribute.key)} error={error}>
      {choices ? (
        <Select
          id={id}
          options={[
            { value: '', label: t('labels.none') },
            ...choices.map((choice) => ({ value: choice, label: choiceName(names, { key: attribute.key, choice }, locale) })),
          ]}
          value={choices.includes(value) ? value : ''}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Input
          id={id}
          dir="auto"
          inputMode={attribute.kind === 'number' ? 'decimal' : 'text'}
          autoComplete="off"
          maxLength={contentLimits.attribute.max}
          suffix={attribute.kind === 'number' ? unitName(names, attribute.unit) : undefined}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
