'use client'

import { categories, conditions, contentLimits, languages } from '@fairhold/protocol/listing/vocabulary'
import { useLocale, useTranslations } from 'next-intl'
import { categoryName, conditionName } from '@/features/listings/goods'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { Textarea } from '@/ui/textarea'
import { AttributeFields } from './attribute-fields'
import { type FieldsProps, fieldId } from './fields'

const NEARLY_FULL = 0.8

/** What the item is. */
export function ItemFields({ draft, errors, change }: FieldsProps) {
  const t = useTranslations('sell')
  const goods = useTranslations('goods')
  const left = (text: string, { max }: { max: number }, otherwise: string) =>
    text.length > max * NEARLY_FULL ? t('hints.left', { count: Math.max(0, max - text.length) }) : otherwise
  const choose = { value: '', label: t('labels.choose') }
  return (
    <>
      <Field quiet label={t('labels.title')} hint={left(draft.title, contentLimits.title, t('hints.title'))} error={errors.title}>
        <Input
          id={fieldId('title')}
          dir="auto"
          value={draft.title}
          maxLength={contentLimits.title.max}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      <Field
        quiet
        label={t('labels.description')}
        hint={left(draft.description, contentLimits.description, t('hints.description'))}
        error={errors.description}
      >
        <Textarea
          id={fieldId('description')}
          rows={7}
          dir="auto"
          value={draft.description}
          maxLength={contentLimits.description.max}
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field quiet label={t('labels.category')} error={errors.category}>
          <Select
            id={fieldId('category')}
            options={[choose, ...categories.map((value) => ({ value, label: categoryName(goods, value) }))]}
            value={draft.category}
            onChange={(event) => change({ category: event.target.value })}
          />
        </Field>
        <Field
          quiet
          label={t('labels.condition')}
          hint={draft.condition && t(`conditionHint.${draft.condition}` as 'conditionHint.new')}
          error={errors.condition}
        >
          <Select
            id={fieldId('condition')}
            options={[choose, ...conditions.map((value) => ({ value, label: conditionName(goods, value) }))]}
            value={draft.condition}
            onChange={(event) => change({ condition: event.target.value })}
          />
        </Field>
      </div>
      <AttributeFields draft={draft} errors={errors} change={change} />
      <LanguageField draft={draft} errors={errors} change={change} />
    </>
  )
}

function LanguageField({ draft, errors, change }: FieldsProps) {
  const t = useTranslations('sell')
  const names = new Intl.DisplayNames(useLocale(), { type: 'language' })
  return (
    <div className="sm:max-w-64">
      <Field quiet label={t('labels.language')} error={errors.language}>
        <Select
          id={fieldId('language')}
          options={languages.map((value) => ({ value, label: names.of(value) ?? value }))}
          value={draft.language}
          onChange={(event) => change({ language: event.target.value })}
        />
      </Field>
    </div>
  )
}
