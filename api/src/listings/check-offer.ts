import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { MAX_SALT, type Offer, termsProblems } from '@fairhold/protocol/deal/terms'
import { tokenOf } from '@fairhold/protocol/deployments'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import { itemHash } from '@fairhold/protocol/listing/content'
import { hashTypedData, zeroAddress } from 'viem'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError, type FieldError } from '../http/errors.ts'
import { isSigned } from '../http/signatures.ts'
import type { Publish } from './contract.ts'
import { countPhotos } from './queries.ts'

export interface SignedOffer {
  content: Publish['content']
  offer: Offer
  signature: string
}

/**
 * Checks all that a buyer will rely on: that the offer is the seller's, that it is of this market, that the contract would
 * take it now, and that it is for what is described.
 * @throws AppError FORBIDDEN, OFFER_REFUSED naming each field, or WRONG_SIGNATURE
 */
export async function checkOffer(context: Context, account: Account, signed: SignedOffer): Promise<void> {
  const { content, offer, signature } = signed
  const { terms } = offer
  if (!account.wallets.includes(terms.seller))
    throw new AppError('FORBIDDEN', 'The offer names a seller that is none of your wallets.')
  const errors = [...refusals(context, signed), ...(await refusalsOfChain(context, offer))]
  if ((await countPhotos(context, content.photos)) !== content.photos.length) {
    errors.push({ path: 'content.photos', message: 'must each be uploaded first, and be there once' })
  }
  if (errors.length > 0) {
    throw new AppError('OFFER_REFUSED', `${errors.map(({ path, message }) => `${path} ${message}`).join('; ')}.`, errors)
  }
  const hash = hashTypedData(offerTypedData(offer, context.domain))
  if (!(await isSigned(context, { address: terms.seller, hash, signature }))) {
    throw new AppError('WRONG_SIGNATURE', 'The offer was not signed by its seller, or was changed after signing.')
  }
}

/** What this marketplace does not take, and what the contract would refuse whenever asked. */
function refusals({ env, deployment }: Context, { content, offer }: SignedOffer): FieldError[] {
  const { terms } = offer
  const found: FieldError[] = termsProblems(terms).map(({ field, message }) => ({ path: `offer.terms.${field}`, message }))
  const demand = (holds: boolean, field: string, message: string) =>
    holds || found.push({ path: `offer.terms.${field}`, message })
  const arbiter = env.arbiters.find(({ address }) => address === terms.arbiter)
  const fee = arbiter?.feeBps ?? terms.arbiterFeeBps
  demand(itemHash(content) === terms.itemHash, 'itemHash', 'is not the hash of the content')
  demand(tokenOf(deployment, terms.token) !== undefined, 'token', 'is not taken on this market')
  demand(arbiter !== undefined, 'arbiter', 'is not on the list of this market')
  demand(terms.arbiterFeeBps === fee, 'arbiterFeeBps', `must be ${fee}, what the arbiter asks`)
  demand(terms.operator === env.operator, 'operator', `must be ${env.operator}`)
  demand(terms.operatorFeeBps === env.operatorFeeBps, 'operatorFeeBps', `must be ${env.operatorFeeBps}`)
  demand(terms.buyer === zeroAddress, 'buyer', 'must be open to any buyer')
  demand(terms.salt + BigInt(offer.quantity - 1) <= MAX_SALT, 'salt', 'leaves no room for the salts of all units')
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
