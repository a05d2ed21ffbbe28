import { MAX_PRICE, MAX_WINDOW_SECONDS } from '@fairhold/protocol/deal/terms'
import {
  categories,
  conditions,
  contentLimits,
  type ListingContentV1 as ListingContent,
} from '@fairhold/protocol/listing/content'
import { parseAmount } from '@fairhold/protocol/money'
import type { Address } from 'viem'
import { type MarketConfig, type TokenInfo, tokenOf } from '@/lib/chain'
import { sellCopy } from './copy'
import { type Draft, type StepName, stepNames } from './draft'

const words = sellCopy.errors
const DAY = 86_400
export const MAX_QUANTITY = 100
/** In per cent: with more there would be nothing left to pay later. */
export const MAX_DEPOSIT = 90

export type DraftErrors = Partial<Record<keyof Draft, string>>

/** What the seller wants to sign, read from a draft without mistakes. */
export interface Sale {
  content: ListingContent
  token: Address
  price: bigint
  quantity: number
  arbiter: { address: Address; feeBps: number }
  silentAwardBps: number
  /** Null where the whole price is paid at once. */
  instalments: { depositBps: number; fundingSeconds: number } | null
  seconds: Record<StepName, number>
}

/** The price in base units, or null while it is none. */
export function priceOf(text: string, token: TokenInfo): bigint | null {
  try {
    return parseAmount(text, token.decimals)
  } catch {
    return null
  }
}

export const secondsOf = (days: string): number => (days.trim() === '' ? Number.NaN : Math.round(Number(days) * DAY))

/** Text trimmed once, here: the same string is hashed, signed and sent. */
function contentOf(draft: Draft): ListingContent {
  return {
    v: 1,
    title: draft.title.trim(),
    description: draft.description.trim(),
    category: draft.category as ListingContent['category'],
    condition: draft.condition as ListingContent['condition'],
    photos: draft.photos,
    place: draft.place.trim(),
    shipsTo: draft.shipsTo.trim(),
  }
}

function textErrors(content: ListingContent): DraftErrors {
  const errors: DraftErrors = {}
  for (const field of ['title', 'description', 'place', 'shipsTo'] as const) {
    const { min, max } = contentLimits[field]
    const text = content[field]
    if (text.length < min || text.length > max) errors[field] = words.length(min, max)
    else if (!text.isWellFormed() || text.includes('\0')) errors[field] = words.text
  }
  if (!categories.includes(content.category)) errors.category = words.choice
  if (!conditions.includes(content.condition)) errors.condition = words.choice
  return errors
}

function priceError(text: string, token: TokenInfo): string | undefined {
  const price = priceOf(text, token)
  if (price === null) return /^\s*\d*\.\d+\s*$/.test(text) ? words.priceDigits(token.decimals) : words.priceForm
  if (price === 0n) return words.priceZero
  return price > MAX_PRICE ? words.priceHigh : undefined
}

function numberErrors(draft: Draft): DraftErrors {
  const errors: DraftErrors = {}
  const quantity = Number(draft.quantity)
  if (!/^\s*\d+\s*$/.test(draft.quantity) || quantity < 1 || quantity > MAX_QUANTITY)
    errors.quantity = words.quantity(MAX_QUANTITY)
  for (const step of stepNames) {
    const seconds = secondsOf(draft[step])
    if (!(seconds >= 1 && seconds <= MAX_WINDOW_SECONDS)) errors[step] = words.days
  }
  if (draft.payment === 'whole') return errors
  const deposit = Number(draft.deposit)
  if (!/^\s*\d+(\.\d{1,2})?\s*$/.test(draft.deposit) || deposit < 1 || deposit > MAX_DEPOSIT)
    errors.deposit = words.deposit(MAX_DEPOSIT)
  const funding = secondsOf(draft.funding)
  if (!(funding >= 1 && funding <= MAX_WINDOW_SECONDS)) errors.funding = words.days
  return errors
}

/** What is wrong with a draft, per field; `sale` is there when nothing is. */
export function checkDraft(draft: Draft, market: MarketConfig): { errors: DraftErrors; sale: Sale | null } {
  const content = contentOf(draft)
  const errors: DraftErrors = { ...textErrors(content), ...numberErrors(draft) }
  const token = tokenOf(market, draft.token)
  const arbiter = market.arbiters.find(({ address }) => address === draft.arbiter)
  const wrongPrice = token ? priceError(draft.price, token) : undefined
  if (wrongPrice) errors.price = wrongPrice
  if (!token) errors.token = words.choice
  if (!arbiter) errors.arbiter = words.arbiter
  if (!token || !arbiter || Object.keys(errors).length > 0) return { errors, sale: null }
  const sale: Sale = {
    content,
    token: token.address,
    price: parseAmount(draft.price, token.decimals),
    quantity: Number(draft.quantity),
    arbiter: { address: arbiter.address as Address, feeBps: arbiter.feeBps },
    silentAwardBps: Number(draft.silent),
    instalments: instalmentsOf(draft),
    seconds: Object.fromEntries(stepNames.map((step) => [step, secondsOf(draft[step])])) as Sale['seconds'],
  }
  return { errors, sale }
}

function instalmentsOf({ payment, deposit, funding }: Draft): Sale['instalments'] {
  if (payment === 'whole') return null
  return { depositBps: Math.round(Number(deposit) * 100), fundingSeconds: secondsOf(funding) }
}

const fieldOfPath: Record<string, keyof Draft> = {
  title: 'title',
  description: 'description',
  category: 'category',
  condition: 'condition',
  photos: 'photos',
  place: 'place',
  shipsTo: 'shipsTo',
  price: 'price',
  token: 'token',
  quantity: 'quantity',
  arbiter: 'arbiter',
  silentAwardBps: 'silent',
  depositBps: 'deposit',
  fundingSeconds: 'funding',
  shipSeconds: 'ship',
  deliverySeconds: 'delivery',
  inspectionSeconds: 'inspection',
  rulingSeconds: 'ruling',
}

/** The API's complaints at the fields they are about. Paths look like `content.title`. */
export function errorsFromApi(fields: Readonly<Record<string, string>>): DraftErrors {
  const errors: DraftErrors = {}
  for (const [path, message] of Object.entries(fields)) {
    const known = path.split('.').find((part) => Object.hasOwn(fieldOfPath, part))
    const field = known ? fieldOfPath[known] : undefined
    if (field) errors[field] = message
  }
  return errors
}
