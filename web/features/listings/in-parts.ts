import { depositOf } from '@fairhold/protocol/deal/amount'
import type { Locale } from '@/i18n/locales'
import type { Listing } from '@/lib/api'
import type { TokenInfo } from '@/lib/chain-tokens'
import { duration, money } from '@/lib/format'

/** The least that is to be paid at once where the rest may come later, in the cheapest way of getting it; null where all is paid at once. */
export function inParts({ choices }: Pick<Listing, 'choices'>, token: TokenInfo, locale: Locale) {
  const inPieces = choices.filter(({ offer }) => offer.terms.fundingSeconds > 0)
  const [cheapest] = inPieces.toSorted((one, other) => (BigInt(one.price) < BigInt(other.price) ? -1 : 1))
  if (!cheapest) return null
  const { depositBps, fundingSeconds } = cheapest.offer.terms
  return {
    amount: money(depositOf(BigInt(cheapest.price), depositBps), token, locale),
    time: duration(fundingSeconds, locale),
  }
}
