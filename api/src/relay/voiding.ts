import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { type Offer, parseOffer, termsOfUnit } from '@fairhold/protocol/deal/terms'
import { type Act, actTypedData, packAct } from '@fairhold/protocol/eip712/acts'
import { type Voiding, voidingTypedData } from '@fairhold/protocol/eip712/types'
import { type Address, encodeFunctionData, type Hex, hashTypedData, zeroHash } from 'viem'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { isSigned } from '../http/signatures.ts'
import { findListing, findOffers, findUnits } from '../listings/stored.ts'
import type { Relay, VoidingIn } from './contract.ts'
import { enqueue, requireActs, requireTime } from './service.ts'

/** Takes what a seller signed to void a listing, to be sent. @throws AppError NOT_FOUND, FORBIDDEN, and as `relayAct` */
export async function relayVoiding(context: Context, account: Account, input: VoidingIn): Promise<Relay> {
  await requireActs(context)
  const { expiry, listingId } = input
  const listing = await findListing(context, listingId)
  if (!listing) throw new AppError('NOT_FOUND', 'There is no such listing.')
  if (!account.wallets.includes(listing.seller)) throw new AppError('FORBIDDEN', 'Only its seller can void a listing.')
  await requireTime(context, expiry)
  const data = input.how === 'group' ? await groupCall(context, listing, input) : await unitsCall(context, listing, input)
  const { seller: signer, token } = listing
  const request = { signer: signer as Address, dealId: listingId as Hex, action: 'void', data, token, tip: 0n, expires: expiry }
  return enqueue(context, account, request)
}

type Seller = { seller: string; offer: unknown }

/** All offers that have the nonce of this listing's. */
async function groupCall(
  context: Context,
  listing: Seller,
  { expiry, signature }: Extract<VoidingIn, { how: 'group' }>,
): Promise<Hex> {
  const { counter, nonce } = parseOffer(listing.offer)
  const maker = listing.seller as Address
  const voiding: Voiding = { maker, counter, nonces: 1n << BigInt(nonce), expiry }
  const hash = hashTypedData(voidingTypedData(voiding, context.domain))
  if (!(await isSigned(context, { address: maker, hash, signature }))) throw notSigned('The voiding')
  const args = [maker, voiding.nonces, expiry, signature as Hex] as const
  return encodeFunctionData({ abi: escrowAbi, functionName: 'cancelFor', args })
}

/** Each deal that could be opened, by itself. */
async function unitsCall(context: Context, listing: Seller, input: Extract<VoidingIn, { how: 'units' }>): Promise<Hex> {
  const offers = await offersByDeal(context, input.listingId)
  const calls = await Promise.all(input.units.map((one) => unitCall(context, listing, { ...one, expiry: input.expiry }, offers)))
  const [only] = calls
  return calls.length === 1 && only ? only : encodeFunctionData({ abi: escrowAbi, functionName: 'multicall', args: [calls] })
}

async function unitCall(
  context: Context,
  { seller }: Seller,
  { dealId, signature, expiry }: { dealId: string; signature: string; expiry: number },
  offers: Map<string, { offer: Offer; unit: number }>,
): Promise<Hex> {
  const found = offers.get(dealId)
  if (!found) throw new AppError('NOT_FOUND', `The listing has no unit ${dealId}.`)
  const signer = seller as Address
  const what = { action: 'cancelOffer', value: 0n, hash: zeroHash, tip: 0n, expiry } as const
  const act: Act = { signer, dealId: dealId as Hex, ...what }
  const hash = hashTypedData(actTypedData(act, context.domain))
  if (!(await isSigned(context, { address: signer, hash, signature }))) throw notSigned(`The voiding of ${dealId}`)
  const args = [packTerms(termsOfUnit(found.offer, found.unit)), packAct(act), signature as Hex] as const
  return encodeFunctionData({ abi: escrowAbi, functionName: 'act', args })
}

async function offersByDeal(context: Context, listingId: string): Promise<Map<string, { offer: Offer; unit: number }>> {
  const [offers, units] = await Promise.all([findOffers(context, listingId), findUnits(context, listingId)])
  const parsed = new Map(offers.map(({ choice, offer }) => [choice, parseOffer(offer)]))
  return new Map(
    units.flatMap(({ choice, dealId, unit }) => {
      const offer = parsed.get(choice)
      return offer ? [[dealId, { offer, unit }] as const] : []
    }),
  )
}

const notSigned = (what: string) =>
  new AppError('WRONG_SIGNATURE', `${what} was not signed by the seller, or for another counter.`)
