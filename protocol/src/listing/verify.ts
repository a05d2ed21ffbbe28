import { type Address, type Hex, isAddressEqual, recoverTypedDataAddress } from 'viem'
import { unitDealId } from '../deal/id.ts'
import { type Offer, parseOffer } from '../deal/terms.ts'
import type { EscrowDomain } from '../eip712/domain.ts'
import { offerTypedData } from '../eip712/types.ts'
import { choicesOf, offersProblems } from './choices.ts'
import { itemHash, type ListingContent, parseListingContent } from './content.ts'
import { listingWithdrawalTypedData } from './withdrawal.ts'

/** What a market says of a listing, as far as it can be checked without asking anybody. */
export interface ClaimedListing {
  readonly id: string
  readonly content: unknown
  readonly itemHash: string
  readonly choices: readonly { readonly offer: unknown; readonly signature: string }[]
  /** What the seller signed to take it off the market, where they did. */
  readonly withdrawal?: { readonly issuedAt: number; readonly signature: string } | null
}

export interface Verification {
  /** The content is what the offers' hash names. */
  readonly content: boolean
  /** There is an offer for every way that the listing can be had, and they differ in price and salt alone. */
  readonly offers: boolean
  /** The listing's id is that of the deal which its first unit becomes. */
  readonly id: boolean
  /**
   * Of each choice, whether the seller's key signed the offer. `unknown`: another signature, which a contract wallet (ERC-1271) may
   * have made; only the chain can tell.
   */
  readonly signatures: readonly ('seller' | 'unknown')[]
  /** Who signed that it is off the market; `none` where nobody is said to have. */
  readonly withdrawal: 'seller' | 'unknown' | 'none'
}

/** Whether all of it holds. */
export function holds({ content, id, offers, signatures, withdrawal }: Verification): boolean {
  return content && offers && id && signatures.every((by) => by === 'seller') && withdrawal !== 'unknown'
}

/** Checks that what a market shows is what the seller signed. Offline: all it takes is the listing and the chain's escrow. */
export async function verifyListing(listing: ClaimedListing, domain: EscrowDomain): Promise<Verification> {
  const content = contentOf(listing)
  const offers = offersFrom(listing)
  const [first] = offers
  if (!content || !first || offers.length !== listing.choices.length) {
    const signatures = listing.choices.map(() => 'unknown' as const)
    return {
      content: content !== null,
      offers: false,
      id: false,
      signatures,
      withdrawal: listing.withdrawal ? 'unknown' : 'none',
    }
  }
  const hash = itemHash(content)
  return {
    content: hash === listing.itemHash && offers.every(({ terms }) => terms.itemHash === hash),
    offers: offers.length === choicesOf(content).length && offersProblems(content, offers).length === 0,
    id: unitDealId(first, 0, domain) === listing.id,
    signatures: await Promise.all(offers.map((offer, at) => signerOf(offer, listing.choices[at]?.signature ?? '', domain))),
    withdrawal: await withdrawerOf(listing, first.terms.seller, domain),
  }
}

async function withdrawerOf(
  { id, withdrawal }: ClaimedListing,
  seller: Address,
  domain: EscrowDomain,
): Promise<Verification['withdrawal']> {
  if (!withdrawal) return 'none'
  const { issuedAt, signature } = withdrawal
  try {
    const typed = listingWithdrawalTypedData({ seller, listing: id as Hex, issuedAt }, domain)
    const signer = await recoverTypedDataAddress({ ...typed, signature: signature as Hex })
    return isAddressEqual(signer, seller) ? 'seller' : 'unknown'
  } catch {
    return 'unknown'
  }
}

function contentOf({ content }: ClaimedListing): ListingContent | null {
  try {
    return parseListingContent(content)
  } catch {
    return null
  }
}

function offersFrom({ choices }: ClaimedListing): Offer[] {
  try {
    return choices.map(({ offer }) => parseOffer(offer))
  } catch {
    return []
  }
}

async function signerOf(offer: Offer, signature: string, domain: EscrowDomain): Promise<'seller' | 'unknown'> {
  try {
    const signer = await recoverTypedDataAddress({ ...offerTypedData(offer, domain), signature: signature as Hex })
    return isAddressEqual(signer, offer.terms.seller) ? 'seller' : 'unknown'
  } catch {
    return 'unknown'
  }
}
