import { turnsText } from '@fairhold/protocol/characters'
import { MAX_PRICE, MAX_WINDOW_SECONDS } from '@fairhold/protocol/deal/terms'
import { attributeOf, attributeProblem, attributesOf } from '@fairhold/protocol/listing/attributes'
import type { ListingContentV2 } from '@fairhold/protocol/listing/content-v2'
import { categories, conditions, contentLimits, languages } from '@fairhold/protocol/listing/vocabulary'
import { parseAmount } from '@fairhold/protocol/money'
import type { Locale } from 'next-intl'
import type { Address } from 'viem'
import type { Words } from '@/i18n/words-of'
import { type MarketConfig, type TokenInfo, tokenOf } from '../../lib/chain-tokens.ts'
import { readNumber } from '../../lib/typed-number.ts'
import { type Draft, type StepName, stepNames } from './draft.ts'

const DAY = 86_400
export const MAX_QUANTITY = 100
/** In per cent: with more there would be nothing left to pay later. */
export const MAX_DEPOSIT = 90
/** In days: what a buyer finds should be something that the seller still remembers. */
export const MAX_EXPIRY = 365

/** What is wrong, by field: `title`, `attributes.gears`, `shipping.1.price`. */
export type DraftErrors = Readonly<Record<string, string>>
type Found = Record<string, string>

/** What the seller wants to sign, read from a draft without mistakes. */
export interface Sale {
  content: ListingContentV2
  token: Address
  /** Of the item alone. */
  price: bigint
  quantity: number
  arbiter: { address: Address; feeBps: number }
  silentAwardBps: number
  /** Null where the whole price is paid at once. */
  instalments: { depositBps: number; fundingSeconds: number } | null
  seconds: Record<StepName, number>
  expirySeconds: number
}

/** An amount in base units, or null while it is none, or may be either of two. */
export function priceOf(text: string, token: TokenInfo, locale: Locale): bigint | null {
  const typed = readNumber(text, locale)
  if ('whole' in typed) return null
  try {
    return parseAmount(typed.plain, token.decimals)
  } catch {
    return null
  }
}

export const secondsOf = (days: string): number => (days.trim() === '' ? Number.NaN : Math.round(Number(days) * DAY))

const wholeNumber = (text: string): number => (/^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN)

/** `12.50` as the protocol has it, `12.5`. */
const withoutZeros = (plain: string): string => plain.replace(/^(\d+)(?:\.0*|(\.\d*?)0*)$/, '$1$2')

/** Text trimmed once, here: the same string is hashed, signed and sent. */
function contentOf(draft: Draft, token: TokenInfo, locale: Locale): ListingContentV2 {
  const { category, condition, language, photos, pickup, place } = draft
  const known = attributesOf[category as ListingContentV2['category']] ?? []
  const attributes = known.map(({ key, kind }): [string, string] => {
    const text = draft.attributes[key]?.trim() ?? ''
    const typed = kind === 'number' ? readNumber(text, locale) : null
    return [key, typed && 'plain' in typed ? withoutZeros(typed.plain) : text]
  })
  return {
    v: 2,
    language: language as ListingContentV2['language'],
    title: draft.title.trim(),
    description: draft.description.replaceAll('\r\n', '\n').trim(),
    category: category as ListingContentV2['category'],
    attributes: Object.fromEntries(attributes.filter(([, value]) => value !== '')),
    condition: condition as ListingContentV2['condition'],
    photos: photos.map(({ sha256, alt }) => ({ sha256, alt: alt.trim() })),
    place,
    pickup,
    shipping: draft.shipping.map(({ name, to, price, least, most }) => ({
      name: name.trim(),
      to,
      price: String(priceOf(price, token, locale) ?? 0n),
      days: [wholeNumber(least), wholeNumber(most)] as const,
    })),
  }
}

/** What keeps a text from being published, in words; undefined if nothing does. The rules are those of the protocol. */
function textError(t: Words<'sell'>, text: string, { min, max }: { min: number; max: number }, lines: 'line' | 'lines' = 'line') {
  if (text.length < min || text.length > max) return t('errors.length', { min, max })
  const controls = lines === 'lines' ? /[^\P{Cc}\n\r\t]/u : /\p{Cc}/u
  if (!text.isWellFormed() || controls.test(text) || turnsText(text)) return t('errors.text')
  return min > 0 && !/[\p{L}\p{N}\p{P}\p{S}]/u.test(text) ? t('errors.blank') : undefined
}

function contentErrors(t: Words<'sell'>, content: ListingContentV2): Found {
  const found: Found = {}
  const say = (field: string, problem: string | undefined) => problem && Object.assign(found, { [field]: problem })
  say('title', textError(t, content.title, contentLimits.title))
  say('description', textError(t, content.description, contentLimits.description, 'lines'))
  if (!categories.includes(content.category)) say('category', t('errors.choice'))
  if (!conditions.includes(content.condition)) say('condition', t('errors.choice'))
  if (!languages.includes(content.language)) say('language', t('errors.choice'))
  for (const [at, { alt }] of content.photos.entries()) say(`photos.${at}.alt`, textError(t, alt, contentLimits.alt))
  for (const [key, value] of Object.entries(content.attributes)) say(`attributes.${key}`, attributeError(t, content, key, value))
  if (content.pickup && !content.place) say('place', t('errors.pickupPlace'))
  if (!content.pickup && content.shipping.length === 0) say('shipping', t('errors.noWay'))
  return found
}

function attributeError(t: Words<'sell'>, { category }: ListingContentV2, key: string, value: string): string | undefined {
  const attribute = attributeOf(category, key)
  const wrong = textError(t, value, contentLimits.attribute)
  if (!attribute || wrong || attributeProblem(attribute, value) === null) return wrong
  if (attribute.kind !== 'number') return t('errors.choice')
  const { decimals, max, min } = attribute
  return t('errors.number', { decimals, max, min })
}

function shippingErrors(t: Words<'sell'>, content: ListingContentV2, errorOf: (at: number) => string | undefined): Found {
  const found: Found = {}
  content.shipping.forEach(({ name, to, days: [least, most] }, at) => {
    const say = (field: string, problem: string | undefined) =>
      problem && Object.assign(found, { [`shipping.${at}.${field}`]: problem })
    const twice = content.shipping.findIndex((other) => other.name === name) < at
    say('name', textError(t, name, contentLimits.shippingName) ?? (twice ? t('errors.sameName') : undefined))
    if (to.length === 0) say('to', t('errors.to'))
    say('price', errorOf(at))
    const { max } = contentLimits.shippingDays
    if (!(least >= 0 && most <= max && least <= most)) say('days', t('errors.shippingDays', { max }))
  })
  return found
}

function amountError(
  t: Words<'sell'>,
  text: string,
  { token, locale }: { token: TokenInfo; locale: Locale },
): string | undefined {
  const price = priceOf(text, token, locale)
  if (price !== null) return price > MAX_PRICE / 2n ? t('errors.priceHigh') : undefined
  const typed = readNumber(text, locale)
  if ('whole' in typed) return t('errors.priceUnclear', typed)
  return /^\d*\.\d+$/.test(typed.plain) ? t('errors.priceDigits', { decimals: token.decimals }) : t('errors.priceForm')
}

function numberErrors(t: Words<'sell'>, draft: Draft): Found {
  const found: Found = {}
  const quantity = wholeNumber(draft.quantity)
  if (!(quantity >= 1 && quantity <= MAX_QUANTITY)) found.quantity = t('errors.quantity', { max: MAX_QUANTITY })
  for (const step of stepNames) if (!isWindow(draft[step])) found[step] = t('errors.days')
  const expiry = wholeNumber(draft.expiry)
  if (!(expiry >= 1 && expiry <= MAX_EXPIRY)) found.expiry = t('errors.wholeDays', { max: MAX_EXPIRY })
  if (draft.payment === 'whole') return found
  const deposit = Number(draft.deposit)
  if (!/^\s*\d+(\.\d{1,2})?\s*$/.test(draft.deposit) || deposit < 1 || deposit > MAX_DEPOSIT) {
    found.deposit = t('errors.deposit', { max: MAX_DEPOSIT })
  }
  if (!isWindow(draft.funding)) found.funding = t('errors.days')
  return found
}

function isWindow(days: string): boolean {
  const seconds = secondsOf(days)
  return seconds >= 1 && seconds <= MAX_WINDOW_SECONDS
}

/** What is wrong with a draft, per field; `sale` is there when nothing is. */
export function checkDraft(
  t: Words<'sell'>,
  draft: Draft,
  { market, locale }: { market: MarketConfig; locale: Locale },
): { errors: DraftErrors; sale: Sale | null } {
  const token = tokenOf(market, draft.token)
  const arbiter = market.arbiters.find(({ address }) => address === draft.arbiter)
  if (!token) return { errors: { token: t('errors.choice') }, sale: null }
  const content = contentOf(draft, token, locale)
  const price = priceOf(draft.price, token, locale)
  const errorOf = (text: string) => amountError(t, text, { token, locale })
  const wrongPrice = price === 0n ? t('errors.priceZero') : errorOf(draft.price)
  const errors: Found = {
    ...contentErrors(t, content),
    ...(wrongPrice ? { price: wrongPrice } : {}),
    ...shippingErrors(t, content, (at) => errorOf(draft.shipping[at]?.price ?? '')),
    ...numberErrors(t, draft),
    ...(arbiter ? {} : { arbiter: t('errors.arbiter') }),
  }
  if (!arbiter || price === null || Object.keys(errors).length > 0) return { errors, sale: null }
  const sale: Sale = {
    content,
    token: token.address,
    price,
    quantity: Number(draft.quantity),
    arbiter: { address: arbiter.address as Address, feeBps: arbiter.feeBps },
    silentAwardBps: Number(draft.silent),
    instalments: instalmentsOf(draft),
    seconds: Object.fromEntries(stepNames.map((step) => [step, secondsOf(draft[step])])) as Sale['seconds'],
    expirySeconds: secondsOf(draft.expiry),
  }
  return { errors, sale }
}

function instalmentsOf({ payment, deposit, funding }: Draft): Sale['instalments'] {
  if (payment === 'whole') return null
  return { depositBps: Math.round(Number(deposit) * 100), fundingSeconds: secondsOf(funding) }
}

/** Names of the terms that the form has under another name. */
const fieldOfTerm: Readonly<Record<string, string>> = {
  ...{ silentAwardBps: 'silent', depositBps: 'deposit', fundingSeconds: 'funding', shipSeconds: 'ship' },
  ...{ deliverySeconds: 'delivery', inspectionSeconds: 'inspection', rulingSeconds: 'ruling' },
}

/** The API's complaints at the fields they are about: `content.shipping.0.price`, `offer.terms.price`. */
export function errorsFromApi(fields: Readonly<Record<string, string>>): DraftErrors {
  const named = Object.entries(fields).map(([path, message]): [string, string] => {
    if (path.startsWith('content.')) return [path.slice('content.'.length), message]
    const last = path.split('.').at(-1) ?? path
    return [fieldOfTerm[last] ?? last, message]
  })
  return Object.fromEntries(named)
}
