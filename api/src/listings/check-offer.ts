import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { MAX_SALT, type Offer, termsProblems } from '@fairhold/protocol/deal/terms'
import { tokenOf } from '@fairhold/protocol/deployments'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import { offersProblems } from '@fairhold/protocol/listing/choices'
import { itemHash, type ListingContent, photosOf } from '@fairhold/protocol/listing/content'
import { type Hex, hashTypedData, zeroAddress } from 'viem'
import { isErc6492Signature } from 'viem/utils'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError, type FieldError } from '../http/errors.ts'
import { isSigned } from '../http/signatures.ts'
import { countPhotos } from './stored.ts'
import { isTown } from './towns/find.ts'

export interface SignedOffer {
  offer: Offer
  signature: string
}

/** A listing with the signed offers of its choices, in their order. */
export interface SignedListing {
  content: ListingContent
  offers: readonly SignedOffer[]
}

/**
 * Checks all that a buyer will rely on: that every offer is the seller's, that it is of this market, that the contract would take
 * it now, that it is for what is described, and that together they are the choices that the listing has.
 * @throws AppError FORBIDDEN, OFFER_REFUSED naming each field, or WRONG_SIGNATURE
 */
export async function checkOffers(context: Context, account: Account, signed: SignedListing): Promise<void> {
  const { content, offers } = signed
  const foreign = offers.find(({ offer }) => !account.wallets.includes(offer.terms.seller))
  if (foreign) throw new AppError('FORBIDDEN', 'The offer names a seller that is none of your wallets.')
  const found = [
    ...offers.flatMap(({ offer }, choice) => refusals(context, { content, offer, choice })),
    ...disagreements(signed),
    ...(await refusalsOfChain(context, offers[0]?.offer as Offer)),
    ...(await strangeContent(context, content)),
    ...unborn(offers),
  ]
  const errors = found.filter(({ path }, index) => found.findIndex((other) => other.path === path) === index)
  if (errors.length > 0) {
    throw new AppError('OFFER_REFUSED', `${errors.map(({ path, message }) => `${path} ${message}`).join('; ')}.`, errors)
  }
  await checkSignatures(context, offers)
}

async function checkSignatures(context: Context, offers: readonly SignedOffer[]): Promise<void> {
  const checks = offers.map(({ offer, signature }) => {
    const hash = hashTypedData(offerTypedData(offer, context.domain))
    return isSigned(context, { address: offer.terms.seller, hash, signature })
  })
  const wrong = (await Promise.all(checks)).indexOf(false)
  if (wrong >= 0) {
    const which = offers.length === 1 ? 'The offer' : `The offer of choice ${wrong + 1}`
    throw new AppError('WRONG_SIGNATURE', `${which} was not signed by its seller, or was changed after signing.`)
  }
}

/**
 * A wallet that is not on the chain yet signs with instructions for making it (ERC-6492). We could follow them; the contract does not,
 * so nobody could buy.
 */
function unborn(offers: readonly SignedOffer[]): FieldError[] {
  const message = 'is of a wallet that is not on the chain yet: send any transaction with it, then sign again'
  return offers.flatMap(({ signature }, choice) =>
    isErc6492Signature(signature as Hex)
      ? [{ path: choice === 0 ? 'signature' : `otherOffers.${choice - 1}.signature`, message }]
      : [],
  )
}

/** Where an offer is in the request: the first one at the top, as a listing with one choice has it. */
const pathOf = (choice: number, field: string): string => {
  if (field === '') return 'otherOffers'
  return choice === 0 ? `offer.${field}` : `otherOffers.${choice - 1}.offer.${field}`
}

/** Where the offers are not those of the listing's choices. */
function disagreements({ content, offers }: SignedListing): FieldError[] {
  const problems = offersProblems(
    content,
    offers.map(({ offer }) => offer),
  )
  return problems.map(({ choice, field, message }) => ({ path: pathOf(choice, field), message }))
}

/** What is well-formed and yet not so: photos that are not there, a town that does not exist. */
async function strangeContent(context: Context, content: ListingContent): Promise<FieldError[]> {
  const found: FieldError[] = []
  const photos = photosOf(content).map(({ sha256 }) => sha256)
  if ((await countPhotos(context, photos)) !== photos.length) {
    found.push({ path: 'content.photos', message: 'must each be uploaded first, and be there once' })
  }
  if (content.v === 2 && content.place && !(await isTown(context, content.place))) {
    found.push({ path: 'content.place', message: 'is no town that we know under this name, in this country' })
  }
  // The first version of listings names its place in words.
  if (content.v === 1 && /\p{N}/u.test(content.place))
    found.push({ path: 'content.place', message: 'names a town, never a street or a number' })
  return found
}

interface OneOffer {
  content: ListingContent
  offer: Offer
  choice: number
}

/** What this marketplace does not take, and what the contract would refuse whenever asked. */
function refusals({ env, deployment }: Context, { content, offer, choice }: OneOffer): FieldError[] {
  const { terms } = offer
  const path = (field: string) => pathOf(choice, `terms.${field}`)
  // What the offers of all choices have in common is said once, by the first one.
  const problems = termsProblems(terms).filter(({ field }) => choice === 0 || field === 'price')
  const found: FieldError[] = problems.map(({ field, message }) => ({ path: path(field), message }))
  const demand = (holds: boolean, field: string, message: string) => holds || found.push({ path: path(field), message })
  demand(terms.salt + BigInt(offer.quantity - 1) <= MAX_SALT, 'salt', 'leaves no room for the salts of all units')
  if (choice > 0) return found
  const arbiter = env.arbiters.find(({ address }) => address === terms.arbiter)
  const fee = arbiter?.feeBps ?? terms.arbiterFeeBps
  demand(itemHash(content) === terms.itemHash, 'itemHash', 'is not the hash of the content')
  demand(tokenOf(deployment, terms.token) !== undefined, 'token', 'is not taken on this market')
  demand(arbiter !== undefined, 'arbiter', 'is not on the list of this market')
  demand(terms.arbiterFeeBps === fee, 'arbiterFeeBps', `must be ${fee}, what the arbiter asks`)
  demand(terms.operator === env.operator, 'operator', `must be ${env.operator}`)
  demand(terms.operatorFeeBps === env.operatorFeeBps, 'operatorFeeBps', `must be ${env.operatorFeeBps}`)
  demand(terms.buyer === zeroAddress, 'buyer', 'must be open to any buyer')
  return found
}

/** What the contract would refuse now. */
async function refusalsOfChain({ chain, chainNow, deployment }: Context, offer: Offer): Promise<FieldError[]> {
  const found: FieldError[] = []
  if (offer.expiry <= (await chainNow())) found.push({ path: 'offer.expiry', message: 'is in the past' })
  const seller = offer.terms.seller
  const call = { abi: escrowAbi, address: deployment.escrow, args: [seller] } as const
  const [counter, voided] = await Promise.all([
    chain.readContract({ ...call, functionName: 'counterOf' }),
    chain.readContract({ ...call, functionName: 'voidedNoncesOf' }),
  ])
  if (counter !== offer.counter) found.push({ path: 'offer.counter', message: `must be ${counter}, your counter on chain` })
  if ((voided >> BigInt(offer.nonce)) & 1n) found.push({ path: 'offer.nonce', message: 'is one that you voided on chain' })
  return found
}
