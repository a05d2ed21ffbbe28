import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { type Offer, parseOffer, type Terms, termsProblems } from '@fairhold/protocol/deal/terms'
import { tokenOf } from '@fairhold/protocol/deployments'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import { convertDown } from '@fairhold/protocol/rate'
import { type Address, hashTypedData, zeroAddress } from 'viem'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError, type FieldError } from '../http/errors.ts'
import { isSigned } from '../http/signatures.ts'
import type { Listing } from '../listings/contract.ts'
import { tokenRate } from '../rates/service.ts'

/** An offer between two people stands for a month at most: it is for one buyer, and prices change. */
const LONGEST = 31 * 86_400
/** And long enough for the other side to see it. */
const SHORTEST = 300
/** A bid below this part of what is asked is no offer but noise, which costs the seller's attention. */
export const LEAST_BPS = 2_000n

/** What a bid or counter must have in common with the ask: all but these. */
const free: ReadonlySet<keyof Terms> = new Set(['buyer', 'price', 'salt', 'token', 'depositBps', 'fundingSeconds'])

export interface Parties {
  kind: 'bid' | 'counter'
  maker: Address
}

/** Who made the offer: its buyer (a bid) or the listing's seller (a counter). @throws AppError FORBIDDEN for a stranger. */
export function partiesIn(offer: Offer, account: Account): Parties {
  const { buyer, seller } = offer.terms
  if (buyer !== zeroAddress && account.wallets.includes(buyer)) return { kind: 'bid', maker: buyer }
  if (account.wallets.includes(seller)) return { kind: 'counter', maker: seller }
  throw new AppError('FORBIDDEN', 'The offer is made by none of your wallets.')
}

/** The terms of the ask that an offer answers. @throws AppError WRONG_STATE, OFFER_REFUSED */
export function askOf(listing: Listing, choice: number): Terms {
  if (listing.status !== 'active' || listing.available === 0)
    throw new AppError('WRONG_STATE', 'This listing is sold, has expired, or is off the market.')
  const ask = listing.choices.find((one) => one.choice === choice)
  if (!ask) throw refused([{ path: 'choice', message: 'is none of the listing’s' }])
  return parseOffer(ask.offer).terms
}

export function refused(errors: readonly FieldError[]): AppError {
  return new AppError('OFFER_REFUSED', `${errors.map(({ path, message }) => `${path} ${message}`).join('; ')}.`, errors)
}

/** What this market or the contract would refuse in an offer between two people about an ask. */
export async function bidProblems(context: Context, offer: Offer, { kind, maker }: Parties, asked: Terms): Promise<FieldError[]> {
  const { terms } = offer
  const found: FieldError[] = termsProblems(terms).map(({ field, message }) => ({ path: `offer.terms.${field}`, message }))
  const demand = (holds: boolean, field: string, message: string) => holds || found.push({ path: `offer.${field}`, message })
  for (const field of Object.keys(asked) as (keyof Terms)[])
    if (!free.has(field)) demand(terms[field] === asked[field], `terms.${field}`, 'must be what the listing says')
  demand(terms.buyer !== zeroAddress, 'terms.buyer', 'must be one person')
  demand(terms.buyer !== asked.seller, 'terms.buyer', 'must not be the seller')
  demand(terms.fundingSeconds === 0 && terms.depositBps === 0, 'terms.fundingSeconds', 'must be 0: offers are paid at once')
  demand(tokenOf(context.deployment, terms.token) !== undefined, 'terms.token', 'is not taken on this market')
  if (kind === 'bid') {
    // A listing in coins is bid for in any token: coins cannot be collected.
    if (asked.token !== zeroAddress) demand(terms.token === asked.token, 'terms.token', 'must be the token of the listing')
    demand(terms.token !== zeroAddress, 'terms.token', 'must not be coins: nobody can collect them from you')
  }
  if (terms.token === asked.token) demand(terms.price < asked.price, 'terms.price', 'must be less than what is asked')
  const worth = terms.token === asked.token || kind === 'bid' ? await worthIn(context, asked, terms.token) : null
  if (worth !== null)
    demand(terms.price * 10_000n >= worth * LEAST_BPS, 'terms.price', 'must be at least a fifth of what is asked')
  demand(offer.quantity === 1, 'quantity', 'must be 1')
  const now = await context.chainNow()
  demand(offer.expiry >= now + SHORTEST, 'expiry', 'must leave the other side five minutes')
  demand(offer.expiry <= now + LONGEST, 'expiry', 'must be within 31 days')
  return [...found, ...(await makerProblems(context, offer, maker))]
}

/** What is asked, in another token at the rates of now; null where a rate is missing, and with it what could be compared. */
async function worthIn(context: Context, { token, price }: Terms, other: Address): Promise<bigint | null> {
  if (token === other) return price
  const [from, to] = await Promise.all([tokenRate(context, token), tokenRate(context, other)])
  return from && to ? convertDown(price, from, to) : null
}

/** Whether the maker's counter and nonce on chain still let this offer be taken. */
export async function makerProblems({ chain, deployment }: Context, offer: Offer, maker: Address): Promise<FieldError[]> {
  const call = { abi: escrowAbi, address: deployment.escrow, args: [maker] } as const
  const [counter, voided] = await Promise.all([
    chain.readContract({ ...call, functionName: 'counterOf' }),
    chain.readContract({ ...call, functionName: 'voidedNoncesOf' }),
  ])
  const found: FieldError[] = []
  if (counter !== offer.counter) found.push({ path: 'offer.counter', message: `must be ${counter}, your counter on chain` })
  if ((voided >> BigInt(offer.nonce)) & 1n) found.push({ path: 'offer.nonce', message: 'is one that you voided on chain' })
  return found
}

/** @throws AppError WRONG_SIGNATURE */
export async function requireSignedBy(context: Context, maker: Address, offer: Offer, signature: string): Promise<void> {
  const hash = hashTypedData(offerTypedData(offer, context.domain))
  if (!(await isSigned(context, { address: maker, hash, signature })))
    throw new AppError('WRONG_SIGNATURE', 'The offer was not signed by its maker, or was changed after signing.')
}
