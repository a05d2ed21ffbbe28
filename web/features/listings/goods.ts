import { type AttributeKind, attributeOf } from '@fairhold/protocol/listing/attributes'
import { europeanUnion } from '@fairhold/protocol/listing/countries'
import { type Category, type Condition, EVERYWHERE } from '@fairhold/protocol/listing/vocabulary'
import type { Words } from '@/i18n/words-of'

export const categoryName = (t: Words<'goods'>, category: Category): string => t(`category.${category}`)
export const conditionName = (t: Words<'goods'>, condition: Condition): string => t(`condition.${condition}`)

/** What an attribute is called: `Frame size`. */
export const attributeName = (t: Words<'attributes'>, key: string): string => t(`name.${key}` as 'name.brand')

/** The unit of an attribute, as it stands behind a number; empty where it has none. */
export function unitName(t: Words<'attributes'>, unit: string): string {
  return unit === '' || unit === '%' ? unit : t(`unit.${unit as 'cm'}`)
}

/** A choice of an attribute by name; numbers stand for themselves, as the language writes them. */
export function choiceName(t: Words<'attributes'>, { key, choice }: { key: string; choice: string }, locale: string): string {
  return /^\d/.test(choice) ? numberIn(choice, locale) : t(`value.${key}.${choice}` as 'value.color.black')
}

/** The value of an attribute with its unit, in the reader's language and way of writing numbers. */
export function attributeValue(
  t: Words<'attributes'>,
  { category, key, value }: { category: Category; key: string; value: string },
  locale: string,
): string {
  const attribute: AttributeKind | undefined = attributeOf(category, key)
  if (attribute?.kind === 'choice') return choiceName(t, { key, choice: value }, locale)
  if (attribute?.kind !== 'number') return value
  if (key === 'year') return value
  if (attribute.unit === '%') return numberIn(value, locale, { style: 'unit', unit: 'percent' })
  const unit = unitName(t, attribute.unit)
  return unit === '' ? numberIn(value, locale) : `${numberIn(value, locale)}\u00a0${unit}`
}

const numberIn = (value: string, locale: string, options: Intl.NumberFormatOptions = {}): string =>
  new Intl.NumberFormat(locale, options).format(Number(value))

/** Names of countries, or of everywhere: `Portugal, Spain and France`. */
export function placesNamed(t: Words<'attributes'>, codes: readonly string[], locale: string): string {
  if (codes.includes(EVERYWHERE)) return t('everywhere')
  if (isUnion(codes)) return t('union')
  return new Intl.ListFormat(locale).format(codes.map((code) => countryName(code, locale)))
}

/** Whether these are all countries of the European Union, in any order. */
export function isUnion(codes: readonly string[]): boolean {
  return codes.length === europeanUnion.length && europeanUnion.every((code) => codes.includes(code))
}

/** A country's name in the reader's language; its code where the browser knows none. */
export function countryName(code: string, locale: string): string {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })
  return names.of(code) ?? code
}
