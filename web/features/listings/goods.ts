import { type AttributeKind, attributeOf } from '@fairhold/protocol/listing/attributes'
import { europeanUnion } from '@fairhold/protocol/listing/countries'
import { type Category, type Condition, EVERYWHERE } from '@fairhold/protocol/listing/vocabulary'
import type { Words } from '@/i18n/words-of'

export const categoryName = (t: Words<'goods'>, category: Category): string => t(`category.${category}`)
export const conditionName = (t: Words<'goods'>, condition: Condition): string => t(`condition.${condition}`)

/** What an attribute is called: `Frame size`. */
export const attributeName = (t: Words<'attributes'>, key: string): string => t(`name.${key}` as 'name.brand')

/** A choice of an attribute by name; numbers stand for themselves. */
export function choiceName(t: Words<'attributes'>, key: string, choice: string): string {
  return /^\d/.test(choice) ? choice : t(`value.${key}.${choice}` as 'value.color.black')
}

/** The value of an attribute with its unit, in the reader's language and way of writing numbers. */
export function attributeValue(
  t: Words<'attributes'>,
  { category, key, value }: { category: Category; key: string; value: string },
  locale: string,
): string {
  const attribute: AttributeKind | undefined = attributeOf(category, key)
  if (attribute?.kind === 'choice') return choiceName(t, key, value)
  if (attribute?.kind !== 'number') return value
  const number = key === 'year' ? value : new Intl.NumberFormat(locale).format(Number(value))
  return attribute.unit === '' ? number : `${number} ${attribute.unit}`
}

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
