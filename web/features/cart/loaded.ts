import type { Listing } from '@/lib/api'
import { type MarketConfig, tokenOf } from '../../lib/chain-tokens.ts'
import { type Choice, dealsOfUnit, freeUnits } from '../checkout/choices.ts'
import type { CartLine } from './kept'
import type { CartDeal } from './totals'

/** A line of the cart with what the market says of it now. */
export interface LoadedLine {
  line: CartLine
  /** Undefined while it is loaded, null for a listing that is gone. */
  listing: Listing | null | undefined
  choice: Choice | undefined
  /** How many can be had; below the wanted number somebody was faster. */
  available: number
  deals: CartDeal[]
}

type Answer = LoadedLine['listing']

/**
 * The deals that the lines of a cart would open. Two lines may be of one listing, to be had in two ways: a unit that one of them
 * gets is none for the other. `mine`: wallets that cannot buy from themselves.
 */
export function loadedFrom(
  lines: readonly CartLine[],
  answers: readonly Answer[],
  { market, mine }: { market: MarketConfig; mine: readonly string[] },
): LoadedLine[] {
  const given = new Set<string>()
  return lines.map((line, index): LoadedLine => {
    const listing = answers[index]
    const choice = listing?.choices.find((one) => one.choice === line.choice) ?? listing?.choices[0]
    const token = listing ? tokenOf(market, listing.token) : undefined
    if (!listing || !choice || !token || listing.status !== 'active' || mine.includes(listing.seller.address))
      return { line, listing, choice, available: 0, deals: [] }
    const left = freeUnits(choice).filter(({ unit }) => !given.has(`${listing.id} ${unit}`))
    const units = left.slice(0, line.quantity)
    for (const { unit } of units) given.add(`${listing.id} ${unit}`)
    return { line, listing, choice, available: left.length, deals: units.map((unit) => dealOf({ listing, choice, token }, unit)) }
  })
}

type Way = { listing: Listing; choice: Choice; token: CartDeal['token'] }

function dealOf({ listing, choice, token }: Way, { unit, dealId }: Listing['units'][number]): CartDeal {
  const { offer, signature } = choice
  return {
    dealId,
    unit,
    offer,
    signature,
    siblings: dealsOfUnit(listing, unit),
    token,
    listingId: listing.id,
    title: listing.title,
    seller: listing.seller.address,
    sellerName: listing.seller.name,
    price: BigInt(choice.price),
    isShipped: choice.kind === 'ship',
  }
}
