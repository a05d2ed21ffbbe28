import type { DraftForm } from '@fairhold/api/contract/drafts'
import { europeanUnion } from '@fairhold/protocol/listing/countries'
import { contentLimits, EVERYWHERE, languages } from '@fairhold/protocol/listing/vocabulary'
import { type MarketConfig, tokenOf, ZERO_ADDRESS } from '../../lib/chain-tokens.ts'

const DAY = 86_400

export const stepNames = ['ship', 'delivery', 'inspection', 'ruling'] as const
export type StepName = (typeof stepNames)[number]

/** Buyer's shares that can be chosen for a silent arbiter, as basis points. */
export const silentShares = ['5000', '10000', '0'] as const

/** The form as it is typed: text throughout, so that nothing is lost on the way. */
export type Draft = { [Name in keyof DraftForm]-?: Exclude<DraftForm[Name], undefined> }
export type DraftShipping = Draft['shipping'][number]
export type DraftPhoto = Draft['photos'][number]

const days = (seconds: number): string => String(Number((seconds / DAY).toFixed(4)))

/** A form that nobody has written in. */
export function emptyDraft({ defaults, arbiters }: MarketConfig, locale: string): Draft {
  const silent = String(defaults.silentAwardBps)
  return {
    language: languages.find((language) => language === locale) ?? languages[0],
    title: '',
    description: '',
    category: '', // chosen, not left as it was: a wrong one is looked at by nobody
    condition: '',
    attributes: {},
    photos: [],
    place: null,
    pickup: false,
    shipping: [],
    price: '',
    token: ZERO_ADDRESS,
    quantity: '1',
    payment: 'whole',
    deposit: String(defaults.depositBps / 100),
    funding: days(defaults.fundingSeconds),
    arbiter: arbiters[0]?.address ?? '',
    ship: days(defaults.shipSeconds),
    delivery: days(defaults.deliverySeconds),
    inspection: days(defaults.inspectionSeconds),
    ruling: days(defaults.rulingSeconds),
    silent: silentShares.some((share) => share === silent) ? silent : silentShares[0],
    expiry: days(defaults.expirySeconds),
  }
}

/** The draft with choices that this market and this person do not have replaced by ones they do. */
export function fitDraft(draft: Draft, market: MarketConfig, me: string | undefined): Draft {
  const able = market.arbiters.filter(({ address }) => address.toLowerCase() !== me?.toLowerCase())
  const arbiter = able.find(({ address }) => address === draft.arbiter) ?? able[0]
  const token = tokenOf(market, draft.token)?.address ?? ZERO_ADDRESS
  return { ...draft, token, arbiter: arbiter?.address ?? '' }
}

/** A way of sending that nobody has filled in, to the country that the item is in. */
export function emptyShipping(name: string, country: string | undefined): DraftShipping {
  return { name, to: country ? [country] : [...europeanUnion], price: '', least: '2', most: '5' }
}

export const isEverywhere = (to: readonly string[]): boolean => to.length === 1 && to[0] === EVERYWHERE

/**
 * A form as it was kept, completed by what it lacks. What does not fit is left out: an older version of this page may have written
 * it, or anybody at this keyboard.
 */
export function completeDraft(kept: DraftForm, empty: Draft): Draft {
  const members = Object.entries(kept).filter(([name, value]) => name in empty && sameKind(value, empty[name as keyof Draft]))
  const draft: Draft = { ...empty, ...Object.fromEntries(members) }
  const photos = draft.photos.filter(({ sha256, alt }) => /^[0-9a-f]{64}$/.test(sha256) && typeof alt === 'string')
  const shipping = draft.shipping.filter(
    ({ name, to, price, least, most }) => isText(name, price, least, most) && Array.isArray(to) && isText(...to),
  )
  return {
    ...draft,
    attributes: Object.fromEntries(Object.entries(draft.attributes).filter(([, value]) => isText(value))),
    photos: photos.slice(0, contentLimits.photos.max),
    shipping: shipping.slice(0, contentLimits.shipping.max),
    place: draft.place && isText(draft.place.country, draft.place.town) ? draft.place : null,
  }
}

const isText = (...values: unknown[]): boolean => values.every((value) => typeof value === 'string')

function sameKind(value: unknown, example: unknown): boolean {
  if (example === null || value === null) return value === null || (typeof value === 'object' && !Array.isArray(value))
  return typeof value === typeof example && Array.isArray(value) === Array.isArray(example)
}
