import { parseOffer } from '@fairhold/protocol/deal/terms'
import { attributeOf } from '@fairhold/protocol/listing/attributes'
import type { ListingContentV2 } from '@fairhold/protocol/listing/content-v2'
import { formatAmount } from '@fairhold/protocol/money'
import type { Locale } from 'next-intl'
import type { Listing } from '@/lib/api'
import type { TokenInfo } from '@/lib/chain-tokens'
import { writtenIn } from '@/lib/typed-number'
import { type Draft, silentShares } from './draft'

const DAY = 86_400
const days = (seconds: number): string => String(Number((seconds / DAY).toFixed(4)))

/** What is a number as a field in this language has it. */
function attributesIn({ category, attributes }: ListingContentV2, locale: Locale): Draft['attributes'] {
  const isNumber = (key: string) => attributeOf(category, key)?.kind === 'number'
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, isNumber(key) ? writtenIn(locale, value) : value]),
  )
}

/** The form as it was when the listing was published, to be changed. Its expiry begins anew. */
export function draftOfListing(listing: Listing, { token, locale }: { token: TokenInfo; locale: Locale }, empty: Draft): Draft {
  const { content } = listing
  const { terms } = parseOffer(listing.offer)
  const amount = (units: string) => writtenIn(locale, formatAmount(BigInt(units), token.decimals))
  const silent = String(terms.silentAwardBps)
  const shared = {
    title: content.title,
    description: content.description,
    category: content.category,
    condition: content.condition,
    price: amount(listing.price),
    token: token.address,
    quantity: String(Math.max(1, listing.units.filter(({ taken }) => !taken).length)),
    payment: terms.fundingSeconds > 0 ? ('parts' as const) : ('whole' as const),
    ...(terms.fundingSeconds > 0 ? { deposit: String(terms.depositBps / 100), funding: days(terms.fundingSeconds) } : {}),
    arbiter: terms.arbiter,
    ship: days(terms.shipSeconds),
    delivery: days(terms.deliverySeconds),
    inspection: days(terms.inspectionSeconds),
    ruling: days(terms.rulingSeconds),
    silent: silentShares.some((share) => share === silent) ? silent : empty.silent,
  }
  if (content.v === 1) return { ...empty, ...shared, photos: content.photos.map((sha256) => ({ sha256, alt: '' })) }
  return {
    ...empty,
    ...shared,
    language: content.language,
    attributes: attributesIn(content, locale),
    photos: content.photos.map((photo) => ({ ...photo })),
    place: content.place ? { ...content.place } : null,
    pickup: content.pickup,
    shipping: content.shipping.map(({ name, to, price, days: [least, most] }) => {
      return { name, to: [...to], price: amount(price), least: String(least), most: String(most) }
    }),
  }
}
