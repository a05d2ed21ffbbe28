import { type Hex, hashTypedData } from 'viem'
import type { EscrowDomain } from '../eip712/domain.ts'
import { termsTypedData } from '../eip712/types.ts'
import { type Offer, type Terms, termsOfUnit } from './terms.ts'

/** The deal's id: the EIP-712 digest of its terms as signed, for one escrow on one chain. */
export function dealId(terms: Terms, domain: EscrowDomain): Hex {
  return hashTypedData(termsTypedData(terms, domain))
}

/** The id of the deal that taking unit `unit` of an offer opens. @throws RangeError outside the quantity. */
export function unitDealId(offer: Offer, unit: number, domain: EscrowDomain): Hex {
  return dealId(termsOfUnit(offer, unit), domain)
}
