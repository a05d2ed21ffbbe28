import { isUniqueViolation, type Prisma } from '@fairhold/db/client'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { unitDealId } from '@fairhold/protocol/deal/id'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { endOf, openCall, type Payment, tipOf } from '@fairhold/protocol/deal/payment'
import { parseOffer, parseTerms, type Terms, termsProblems } from '@fairhold/protocol/deal/terms'
import { type Act, actTypedData, packAct } from '@fairhold/protocol/eip712/acts'
import { contractErrors, explainContractError, isContractError } from '@fairhold/protocol/errors'
import { type Abi, type Address, encodeFunctionData, type Hex, hashTypedData, keccak256 } from 'viem'
import { refused } from '../bids/check-bid.ts'
import { paymentProblems } from '../bids/check-payment.ts'
import { isRevert } from '../bids/simulate.ts'
import type { Context } from '../context.ts'
import { requireDeal, requireParty } from '../deals/service.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { notifyPeople, wakeWorker } from '../http/notify.ts'
import { isSigned } from '../http/signatures.ts'
import { isFreeLeft, isNewcomer, moneyOf, requireFair, requireMoney } from './budget.ts'
import type { ActIn, OpeningIn, Relay, RelayOffer } from './contract.ts'
import { isBought, type Signed } from './queries.ts'

/** What is sent has to reach a block before it ends. */
const SHORTEST = 120

/** What the relayer does just now. */
export async function relayOffer(context: Context): Promise<RelayOffer> {
  const { chain, env } = context
  const { floor, tips } = env.relay
  const acts = env.relay.acts && (await isFreeLeft(context))
  const offer = { tips: [...tips].map(([token, tip]) => ({ token, tip: tip.toString() })), acts }
  if (tips.size === 0 && !env.relay.acts) return { ...offer, open: false, reason: 'not-offered' }
  const balance = await chain.getBalance({ address: env.publisher })
  return balance < floor ? { ...offer, open: false, reason: 'out-of-gas' } : { ...offer, open: true, reason: null }
}

async function requireOpen(context: Context): Promise<void> {
  const { reason } = await relayOffer(context)
  if (reason === 'not-offered') throw new AppError('RELAY_CLOSED', 'This market sends nothing for others.')
  if (reason === 'out-of-gas') throw new AppError('RELAY_CLOSED', 'The relayer cannot pay for gas at the moment.')
}

/** @throws AppError RELAY_CLOSED unless what people sign without a payment is sent too. */
export async function requireActs(context: Context): Promise<void> {
  await requireOpen(context)
  if (!context.env.relay.acts) throw new AppError('RELAY_CLOSED', 'This market sends purchases only.')
}

/** @throws AppError OFFER_REFUSED if what was signed ends before it can be in a block. */
export async function requireTime({ chainNow }: Context, expiry: number): Promise<void> {
  if (expiry >= (await chainNow()) + SHORTEST) return
  throw new AppError('OFFER_REFUSED', 'expiry must leave two minutes.', [{ path: 'expiry', message: 'must leave two minutes' }])
}

/** Takes a purchase to be sent. @throws AppError OFFER_REFUSED, WRONG_STATE, RELAY_CLOSED, RATE_LIMITED */
export async function relayOpening(context: Context, account: Account, input: OpeningIn): Promise<Relay> {
  await requireOpen(context)
  const offer = parseOffer(input.offer)
  const { price, token } = offer.terms
  const payment = input.payment as Payment // the same shape, with hex as text
  const buyer = input.buyer as Address
  if (!account.wallets.includes(buyer)) throw new AppError('FORBIDDEN', 'The buyer is none of your wallets.')
  const wrong = termsProblems(offer.terms).map(({ field, message }) => ({ path: `offer.terms.${field}`, message }))
  if (input.unit >= offer.quantity) wrong.push({ path: 'unit', message: 'must be one of the offer’s' })
  if (wrong.length > 0) throw refused(wrong)
  if (payment.method !== 'authorization' && payment.method !== 'permit2')
    throw refused([{ path: 'payment.method', message: 'must be authorization or permit2, which anyone can submit' }])
  const tip = context.env.relay.tips.get(token)
  if (tip === undefined) throw refused([{ path: 'offer.terms.token', message: 'is one that the relayer does not take' }])
  if (tipOf(payment) < tip) throw refused([{ path: 'payment.tip', message: `must be at least ${tip}, what the relayer asks` }])
  const dealId = unitDealId(offer, input.unit, context.domain)
  if (!(await doesEarn(context, offer.terms, dealId)))
    throw refused([{ path: 'offer.terms.operator', message: 'is not this market, or earns less than its fee' }])
  const until = (await context.chainNow()) + SHORTEST
  const errors = await paymentProblems(context, { offer, dealId, buyer, payment, until })
  if (errors.length > 0) throw refused(errors)
  const { functionName, args } = openCall({ offer, unit: input.unit, signature: input.signature as Hex, buyer, payment })
  const data = encodeFunctionData({ abi: escrowAbi as Abi, functionName, args })
  const expires = Math.min(offer.expiry, endOf(payment) ?? offer.expiry)
  const paying = { signer: buyer, token, amount: price + tipOf(payment) }
  const request = { ...paying, dealId, action: 'open', data, tip: tipOf(payment), expires }
  const money = await moneyOf(context, paying)
  return enqueue(context, account, request, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('relay opening', 0))`
    await requireOneWay(context, tx, dealId)
    await requireMoney(tx, paying, money)
  })
}

/** Whether this market earns its fee by a deal: by its terms, or because it was published here, when the fee may have been another. */
async function doesEarn({ db, env }: Context, { operator, operatorFeeBps }: Terms, dealId: string): Promise<boolean> {
  if (operator !== env.operator) return false
  if (operatorFeeBps >= env.operatorFeeBps) return true
  return (await db.listingUnit.findUnique({ where: { dealId }, select: { dealId: true } })) !== null
}

/**
 * The ways in which a listing can be had are deals of their own, so the contract would sell a unit in each of them.
 * @throws AppError WRONG_STATE
 */
async function requireOneWay({ caip2 }: Context, tx: Tx, dealId: Hex): Promise<void> {
  if (await isBought(caip2, tx, dealId))
    throw new AppError('WRONG_STATE', 'This unit was bought in another way, or is just being bought so.')
}

/** Takes what a party of a deal signed to be sent. @throws AppError as `relayOpening` */
export async function relayAct(context: Context, account: Account, input: ActIn): Promise<Relay> {
  await requireActs(context)
  const deal = await requireDeal(context, input.dealId)
  const side = requireParty(deal, account)
  const signer = input.signer as Address
  if (deal[side] !== signer) throw new AppError('FORBIDDEN', 'The signer is not your wallet in this deal.')
  const terms = parseTerms(deal.terms)
  if (!(await doesEarn(context, terms, deal.id))) throw new AppError('FORBIDDEN', 'This market does not earn from that deal.')
  const { action, expiry, hash, signature } = input
  const dealId = input.dealId as Hex
  await requireTime(context, expiry)
  const act: Act = { signer, dealId, action, value: BigInt(input.value), hash: hash as Hex, tip: 0n, expiry }
  if (!(await isSigned(context, { address: signer, hash: hashTypedData(actTypedData(act, context.domain)), signature })))
    throw new AppError('WRONG_SIGNATURE', 'The act was not signed by your wallet in this deal.')
  const args = [packTerms(terms), packAct(act), signature as Hex] as const
  const data = encodeFunctionData({ abi: escrowAbi, functionName: 'act', args })
  return enqueue(context, account, { signer, dealId, action, data, token: terms.token, tip: 0n, expires: expiry })
}

interface Request {
  signer: Address
  dealId: Hex
  action: string
  data: Hex
  token: string
  tip: bigint
  /** What the signer pays by it; nothing where it is no purchase. */
  amount?: bigint
  expires: number
}

type Tx = Prisma.TransactionClient

/** Simulates the call as the relayer would send it, and queues it if `check` has nothing against it; the same call again is the same request. */
export async function enqueue(
  context: Context,
  account: Account,
  request: Request,
  check?: (tx: Tx) => Promise<void>,
): Promise<Relay> {
  const digest = keccak256(request.data)
  const earlier = await findByDigest(context, account, digest)
  if (earlier) return earlier
  const newcomer = await isNewcomer(context, account)
  await requireFair(context, account, { newcomer, tip: request.tip })
  await requireWorks(context, request.data)
  const { amount = 0n, tip, expires, ...rest } = request
  const numbers = { amount: amount.toString(), tip: tip.toString(), expires: BigInt(expires) }
  const data = { ...rest, ...numbers, digest, newcomer, accountId: account.id }
  try {
    const row = await context.db.$transaction(async (tx) => {
      await check?.(tx)
      await notifyPeople(tx, 'requests', [request.signer])
      await wakeWorker(tx)
      return tx.relay.create({ data })
    })
    return viewFrom(row)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const twin = await findByDigest(context, account, digest)
    if (twin) return twin
    throw new AppError('ALREADY_THERE', 'Somebody else has handed in the same.')
  }
}

async function findByDigest({ db }: Context, account: Account, digest: Hex): Promise<Relay | null> {
  const row = await db.relay.findFirst({ where: { digest, accountId: account.id, status: { not: 'failed' } } })
  return row && viewFrom(row)
}

/** @throws AppError WRONG_STATE with the contract's reason, or RELAY_CLOSED where it costs more gas than the operator allows. */
async function requireWorks({ chain, deployment, env }: Context, data: Hex): Promise<void> {
  const gas = await chain.estimateGas({ account: env.publisher, to: deployment.escrow, data }).catch(async (error: unknown) => {
    // The estimate tells no reason that could be decoded; the call does.
    await chain.call({ account: env.publisher, to: deployment.escrow, data }).catch((reason: unknown) => {
      const { title, detail } = explainContractError(reason)
      throw new AppError('WRONG_STATE', `The contract would refuse it: ${title}. ${detail}`)
    })
    throw isRevert(error) ? new AppError('WRONG_STATE', 'The contract would refuse it.') : error
  })
  if (gas > env.relay.maxGas)
    throw new AppError('RELAY_CLOSED', `It would use ${gas} gas; the relayer pays for ${env.relay.maxGas}.`)
}

/** A request of the person's. @throws AppError NOT_FOUND */
export async function findRelay({ db }: Context, account: Account, id: string): Promise<Relay> {
  const row = await db.relay.findFirst({ where: { id, accountId: account.id } })
  if (!row) throw new AppError('NOT_FOUND', 'There is no such request of yours.')
  return viewFrom(row)
}

/** The person's newest request about a deal, which a page looks for after a reload; null if there is none. */
export async function relayOfDeal({ db }: Context, account: Account, dealId: string): Promise<Relay | null> {
  const where = { dealId, accountId: account.id, action: { not: 'void' } }
  const row = await db.relay.findFirst({ where, orderBy: { createdAt: 'desc' } })
  return row && viewFrom(row)
}

/** The person's newest request to void a listing or a bid; null if there is none. */
export async function relayOfVoided({ db }: Context, account: Account, voidedId: string): Promise<Relay | null> {
  const where = { dealId: voidedId, accountId: account.id, action: 'void' }
  const row = await db.relay.findFirst({ where, orderBy: { createdAt: 'desc' } })
  return row && viewFrom(row)
}

/** What of ours ends a request, besides the contract's errors. */
const ownProblems: Record<string, string> = {
  expired: 'It was not sent in time, and its signature has expired',
  'out-of-gas': 'The relayer ran out of money for gas',
  'gas-high': 'It came to use more gas than the market pays for',
  reverted: 'The transaction was mined but undone: something changed meanwhile',
}

function viewFrom(row: Awaited<ReturnType<Context['db']['relay']['findFirstOrThrow']>>): Relay {
  const { id, dealId, action, problem } = row
  const transactions = row.transactions as unknown as Signed[] // written by the job alone
  return {
    id,
    dealId,
    action,
    status: row.status as Relay['status'],
    hash: transactions.at(-1)?.hash ?? null,
    tip: row.tip.toFixed(0),
    problem: problem === null ? null : { code: problem, title: titleOf(problem) },
    createdAt: row.createdAt.toISOString(),
  }
}

function titleOf(code: string): string {
  if (isContractError(code)) return contractErrors[code].title
  return ownProblems[code] ?? 'It could not be sent'
}
