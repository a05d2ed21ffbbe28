import { contentLimits } from '@fairhold/protocol/listing/content'
import { type MarketConfig, tokenOf, ZERO_ADDRESS } from '@/lib/chain'

const STORAGE_KEY = 'fairhold.sell-draft.v1'
const DAY = 86_400

export const stepNames = ['ship', 'delivery', 'inspection', 'ruling'] as const
export type StepName = (typeof stepNames)[number]

/** Buyer's shares that can be chosen for a silent arbiter, as basis points. */
export const silentShares = ['5000', '10000', '0'] as const

/** The form as it is typed: text throughout, so that nothing is lost on the way. */
export interface Draft {
  title: string
  description: string
  category: string
  condition: string
  place: string
  shipsTo: string
  price: string
  token: string
  quantity: string
  /** All at once, or in instalments. */
  payment: 'whole' | 'parts'
  /** Smallest first instalment, in per cent. */
  deposit: string
  /** Days for the rest. */
  funding: string
  arbiter: string
  /** Windows in days. */
  ship: string
  delivery: string
  inspection: string
  ruling: string
  /** Buyer's share in basis points if the arbiter stays silent. */
  silent: string
  /** SHA-256 of each uploaded photo, the cover first. */
  photos: string[]
}

const days = (seconds: number): string => String(Number((seconds / DAY).toFixed(4)))

/** A form that nobody has written in. */
export function emptyDraft({ defaults, arbiters }: MarketConfig): Draft {
  const silent = String(defaults.silentAwardBps)
  return {
    title: '',
    description: '',
    category: 'cameras',
    condition: 'good',
    place: '',
    shipsTo: '',
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
    photos: [],
  }
}

/** The draft with choices that this market and this person do not have replaced by ones they do. */
export function fitDraft(draft: Draft, market: MarketConfig, me: string | undefined): Draft {
  const able = market.arbiters.filter(({ address }) => address.toLowerCase() !== me?.toLowerCase())
  const arbiter = able.find(({ address }) => address === draft.arbiter) ?? able[0]
  const token = tokenOf(market, draft.token)?.address ?? ZERO_ADDRESS
  return { ...draft, token, arbiter: arbiter?.address ?? '' }
}

/** What was kept in this browser, or `empty`. */
export function recallDraft(empty: Draft): Draft {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null')
    return typeof kept === 'object' && kept !== null ? readDraft({ ...kept }, empty) : empty
  } catch {
    return empty
  }
}

function readDraft(kept: Record<string, unknown>, empty: Draft): Draft {
  const text = Object.entries(empty).map(([name, value]) => [name, typeof kept[name] === 'string' ? kept[name] : value])
  const photos = Array.isArray(kept.photos) ? kept.photos : []
  const hashes = photos.filter((photo): photo is string => typeof photo === 'string' && /^[0-9a-f]{64}$/.test(photo))
  const payment = kept.payment === 'parts' ? 'parts' : 'whole'
  return { ...Object.fromEntries(text), payment, photos: hashes.slice(0, contentLimits.photos.max) }
}

export function keepDraft(draft: Draft): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(draft))
  } catch {
    // Without storage the draft lasts as long as the page.
  }
}

export function dropDraft(): void {
  try {
    localStorage.removeItem(STORAGE_KEY)
  } catch {
    // Nothing was kept either.
  }
}
