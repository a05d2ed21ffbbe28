import { type HashTypedDataParameters, hashTypedData, zeroAddress } from 'viem'
import { MAX_PRICE, offerToJson } from '../../protocol/src/deal/terms.ts'
import { trackingHash } from '../../protocol/src/deal/tracking.ts'
import { actNames, actTypedData } from '../../protocol/src/eip712/acts.ts'
import type { EscrowDomain } from '../../protocol/src/eip712/domain.ts'
import { authorizationTypedData, PERMIT2, permit2TypedData } from '../../protocol/src/eip712/payments.ts'
import {
  offerTypedData,
  reviewTypedData,
  rulingTypedData,
  settlementTypedData,
  voidingTypedData,
  withdrawalTypedData,
} from '../../protocol/src/eip712/types.ts'
import { reviewCommitment } from '../../protocol/src/reputation/review.ts'
import { address, below, bpsOf, domainOf, indices, offerOf, VECTORS, word } from './samples.ts'

/** Typed data of any of the types; viem's own type can only say it for one at a time. */
interface TypedData {
  readonly domain: object
  readonly types: object
  readonly primaryType: string
  readonly message: object
}

/** Vectors of everything that people sign, and of the hashes in it. */
export function typedDataVectors(): unknown {
  const offers = indices(VECTORS).map((index) => {
    const domain = domainOf(index)
    const offer = offerOf(index)
    return { ...domain, offer: offerToJson(offer), digest: hashTypedData(offerTypedData(offer, domain)) }
  })
  return {
    offers,
    settlements: vectorsOf('settlement', settlementOf, settlementTypedData),
    rulings: vectorsOf('ruling', rulingOf, rulingTypedData),
    acts: vectorsOf('act', actOf, actTypedData),
    withdrawals: vectorsOf('withdrawal', withdrawalOf, withdrawalTypedData),
    voidings: vectorsOf('voiding', voidingOf, voidingTypedData),
    signedReviews: vectorsOf('review', signedReviewOf, (review, { chainId, escrow }) =>
      reviewTypedData(review, { chainId, reputation: escrow }),
    ),
    permit2: vectorsOf('transfer', permit2Of, (transfer, { chainId }) =>
      permit2TypedData(transfer, { chainId, address: PERMIT2 }),
    ),
    authorizations: vectorsOf('authorization', authorizationOf, (message, domain) =>
      authorizationTypedData(message, tokenOf(domain)),
    ),
    reviews: reviewVectors(),
    trackings: trackingVectors(),
  }
}

/** Twenty messages of one type with their digests; `escrow` is the verifying contract, except for Permit2. */
function vectorsOf<M extends object>(
  key: string,
  messageOf: (index: number) => M,
  typedDataOf: (message: M, domain: EscrowDomain) => TypedData,
): unknown {
  return indices(VECTORS).map((index) => {
    const domain = domainOf(index)
    const message = messageOf(index)
    return { ...domain, [key]: withText(message), digest: hashTypedData(typedDataOf(message, domain) as HashTypedDataParameters) }
  })
}

/** Amounts as decimal strings, because JSON numbers lose digits. */
function withText(message: object): object {
  return Object.fromEntries(
    Object.entries(message).map(([key, value]) => [key, typeof value === 'bigint' ? value.toString() : value]),
  )
}

/** The token that authorisations are signed for: at the address of the vector. */
function tokenOf({ chainId, escrow }: EscrowDomain) {
  return { chainId, address: escrow, name: 'Test Dollar', version: '2' }
}

function expiryOf(label: string): number {
  return Number(below(`${label} expiry`, 2n ** 40n))
}

function settlementOf(index: number) {
  const remaining = 1n + below(`remaining ${index}`, MAX_PRICE)
  const toBuyer = below(`toBuyer ${index}`, remaining + 1n)
  return { dealId: word(`deal ${index}`), toBuyer, remaining, expiry: expiryOf(`settlement ${index}`) }
}

function rulingOf(index: number) {
  return { dealId: word(`deal ${index}`), buyerBps: bpsOf(`buyer ${index}`), reasonHash: word(`reason ${index}`) }
}

/** Every action once, some twice. */
function actOf(index: number) {
  return {
    signer: address(`signer ${index}`),
    dealId: word(`deal ${index}`),
    action: actNames[index % actNames.length] ?? 'release',
    value: below(`value ${index}`, MAX_PRICE),
    hash: word(`hash ${index}`),
    tip: below(`tip ${index}`, 10n ** 9n),
    expiry: expiryOf(`act ${index}`),
  }
}

function withdrawalOf(index: number) {
  return {
    account: address(`account ${index}`),
    token: index % 4 === 0 ? zeroAddress : address(`token ${index}`),
    to: address(`to ${index}`),
    tip: below(`tip ${index}`, 10n ** 9n),
    nonce: below(`withdrawal ${index}`, 5n),
    expiry: expiryOf(`withdrawal ${index}`),
  }
}

function voidingOf(index: number) {
  return {
    maker: address(`maker ${index}`),
    counter: below(`counter ${index}`, index % 2 === 0 ? 3n : 2n ** 128n),
    nonces: index === 0 ? 2n ** 128n - 1n : 1n << below(`nonces ${index}`, 128n),
    expiry: expiryOf(`voiding ${index}`),
  }
}

function signedReviewOf(index: number) {
  return {
    dealId: word(`deal ${index}`),
    author: address(`author ${index}`),
    commitment: word(`commitment ${index}`),
    publisher: index % 3 === 0 ? zeroAddress : address(`publisher ${index}`),
  }
}

function permit2Of(index: number) {
  return {
    token: address(`token ${index}`),
    amount: below(`amount ${index}`, MAX_PRICE),
    spender: domainOf(index).escrow,
    nonce: BigInt(word(`permit2 nonce ${index}`)),
    deadline: below(`permit2 deadline ${index}`, 2n ** 40n),
    dealId: word(`deal ${index}`),
  }
}

function authorizationOf(index: number) {
  return {
    from: address(`payer ${index}`),
    to: address(`escrow of payer ${index}`),
    value: below(`value ${index}`, MAX_PRICE),
    validAfter: below(`after ${index}`, 2n ** 40n),
    validBefore: below(`before ${index}`, 2n ** 40n),
    dealId: word(`deal ${index}`),
  }
}

function reviewVectors(): unknown {
  return indices(5).map((index) => {
    const review = {
      dealId: word(`deal ${index}`),
      author: address(`author ${index}`),
      score: index + 1,
      textHash: word(`text ${index}`),
      secret: word(`secret ${index}`),
    }
    return { ...review, commitment: reviewCommitment(review) }
  })
}

function trackingVectors(): unknown {
  return ['Post', 'Über-Kurier 快递', ''].map((carrier, index) => {
    const tracking = { carrier, number: `FH${1000 + index}`, salt: word(`tracking ${index}`) }
    return { ...tracking, hash: trackingHash(tracking) }
  })
}
