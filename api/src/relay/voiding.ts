import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { parseOffer, type Terms, termsOfUnit } from '@fairhold/protocol/deal/terms'
import { type Act, actTypedData, packAct } from '@fairhold/protocol/eip712/acts'
import { type Voiding, voidingTypedData } from '@fairhold/protocol/eip712/types'
import { type Address, encodeFunctionData, type Hex, hashTypedData, zeroHash } from 'viem'
import { findBid } from '../bids/queries.ts'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { isSigned } from '../http/signatures.ts'
import { findListing, findOffers, findUnits } from '../listings/stored.ts'
import type { Relay, VoidingIn } from './contract.ts'
import { enqueue, requireActs, requireTime } from './service.ts'

type Of<How> = Extract<VoidingIn, { how: How }>

/** Takes what a maker signed to void a listing or a bid, to be sent. @throws AppError NOT_FOUND, FORBIDDEN, and as `relayAct` */
export async function relayVoiding(context: Context, account: Account, input: VoidingIn): Promise<Relay> {
  await requireActs(context)
  await requireTime(context, input.expiry)
  const voided = input.how === 'bid' ? await bidCall(context, account, input) : await listingCall(context, account, input)
  return enqueue(context, account, { ...voided, action: 'void', tip: 0n, expires: input.expiry })
}

interface Voided {
  signer: Address
  dealId: Hex
  token: string
  data: Hex
}

async function listingCall(context: Context, account: Account, input: Of<'group' | 'units'>): Promise<Voided> {
  const listing = await findListing(context, input.listingId)
  if (!listing) throw new AppError('NOT_FOUND', 'There is no such listing.')
  if (!account.wallets.includes(listing.seller)) throw new AppError('FORBIDDEN', 'Only its seller can void a listing.')
  const data = input.how === 'group' ? await groupCall(context, listing, input) : await unitsCall(context, listing, input)
  return { signer: listing.seller as Address, dealId: input.listingId as Hex, token: listing.token, data }
}

async function bidCall(context: Context, account: Account, { bidId, expiry, signature }: Of<'bid'>): Promise<Voided> {
  const bid = await findBid(context, bidId)
  if (!bid || !account.wallets.includes(bid.maker)) throw new AppError('NOT_FOUND', 'There is no such offer of yours.')
  const { terms } = parseOffer(bid.offer)
  const data = await unitCall(context, { maker: bid.maker, terms, dealId: bidId, signature, expiry })
  return { signer: bid.maker as Address, dealId: bidId as Hex, token: bid.token, data }
}

type Seller = { seller: string; offer: unknown }

/** All offers that have the nonce of this listing's. */
async function groupCall(context: Context, listing: Seller, { expiry, signature }: Of<'group'>): Promise<Hex> {
  const { counter, nonce } = parseOffer(listing.offer)
  const maker = listing.seller as Address
  const voiding: Voiding = { maker, counter, nonces: 1n << BigInt(nonce), expiry }
  const hash = hashTypedData(voidingTypedData(voiding, context.domain))
  if (!(await isSigned(context, { address: maker, hash, signature }))) throw notSigned('The voiding')
  const args = [maker, voiding.nonces, expiry, signature as Hex] as const
  return encodeFunctionData({ abi: escrowAbi, functionName: 'cancelFor', args })
}

/** Each deal that could be opened, by itself. */
async function unitsCall(context: Context, { seller }: Seller, { expiry, listingId, units }: Of<'units'>): Promise<Hex> {
  const known = await termsByDeal(context, listingId)
  const calls = await Promise.all(
    units.map(({ dealId, signature }) => {
      const terms = known.get(dealId)
      if (!terms) throw new AppError('NOT_FOUND', `The listing has no unit ${dealId}.`)
      return unitCall(context, { maker: seller, terms, dealId, signature, expiry })
    }),
  )
  const [only] = calls
  return calls.length === 1 && only ? only : encodeFunctionData({ abi: escrowAbi, functionName: 'multicall', args: [calls] })
}

interface SignedUnit {
  maker: string
  terms: Terms
  dealId: string
  signature: string
  expiry: number
}

async function unitCall(context: Context, { maker, terms, dealId, signature, expiry }: SignedUnit): Promise<Hex> {
  const signer = maker as Address
  const act: Act = { signer, dealId: dealId as Hex, action: 'cancelOffer', value: 0n, hash: zeroHash, tip: 0n, expiry }
  const hash = hashTypedData(actTypedData(act, context.domain))
  if (!(await isSigned(context, { address: signer, hash, signature }))) throw notSigned(`The voiding of ${dealId}`)
  return encodeFunctionData({ abi: escrowAbi, functionName: 'act', args: [packTerms(terms), packAct(act), signature as Hex] })
}

async function termsByDeal(context: Context, listingId: string): Promise<Map<string, Terms>> {
  const [offers, units] = await Promise.all([findOffers(context, listingId), findUnits(context, listingId)])
  const parsed = new Map(offers.map(({ choice, offer }) => [choice, parseOffer(offer)]))
  return new Map(
    units.flatMap(({ choice, dealId, unit }) => {
      const offer = parsed.get(choice)
      return offer ? [[dealId, termsOfUnit(offer, unit)] as const] : []
    }),
  )
}

const notSigned = (what: string) =>
  new AppError('WRONG_SIGNATURE', `${what} was not signed by its maker, or for another counter.`)
