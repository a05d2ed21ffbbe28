import { unitDealId } from '@fairhold/protocol/deal/id'
import type { Payment } from '@fairhold/protocol/deal/payment'
import { type Offer, offerToJson, parseOffer } from '@fairhold/protocol/deal/terms'
import type { Address, Hex } from 'viem'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { notifyPeople } from '../http/notify.ts'
import { pageFrom } from '../http/paging.ts'
import { getListing } from '../listings/service.ts'
import { askOf, bidProblems, type Parties, partiesIn, refused, requireSignedBy } from './check-bid.ts'
import { paymentProblems } from './check-payment.ts'
import { asksOfUnit, freeUnit } from './choices.ts'
import type { Acceptance, Bid, BidIn, BidPage, BidQuery, Closed } from './contract.ts'
import { type BidRow, closeEnded, countBids, findBid, listBids, lockOpen } from './queries.ts'
import { whyRefused } from './simulate.ts'
import { viewsOf } from './view.ts'

/** Open bids of one person in all, and new ones on one listing within a day. */
const MOST_OPEN = 30
const MOST_TODAY = 10

/**
 * Keeps a bid, or the seller's counter, and closes the offer it answers. All that the contract would check when it is taken is
 * checked now.
 */
export async function makeBid(context: Context, account: Account, input: BidIn): Promise<Bid> {
  const listing = await getListing(context, input.listingId)
  const ask = askOf(listing, input.choice)
  const offer = parseOffer(input.offer)
  const parties = partiesIn(offer, account)
  const errors = await bidProblems(context, offer, parties, ask)
  if (parties.kind === 'counter' && input.answers === undefined)
    errors.push({ path: 'answers', message: 'must be the bid that the counter answers' })
  if (errors.length > 0) throw refused(errors)
  await requireSignedBy(context, parties.maker, offer, input.signature)
  const id = unitDealId(offer, 0, context.domain)
  if (parties.kind === 'bid') await requireFair(context, offer, input.listingId)
  const payment = parties.kind === 'bid' ? await requirePaid(context, offer, id, input) : null
  await keep(context, { input, offer, id, parties, payment })
  return viewOf(context, account, id)
}

async function requireFair(context: Context, { terms }: Offer, listingId: string): Promise<void> {
  const { open, today } = await countBids(context, terms.buyer, listingId)
  if (open >= MOST_OPEN) throw new AppError('RATE_LIMITED', `You have ${open} offers open. Withdraw some first.`)
  if (today >= MOST_TODAY) throw new AppError('RATE_LIMITED', 'You made ten offers on this listing since yesterday.')
}

/** The payment of a bid, which the contract would take now. @throws AppError OFFER_REFUSED */
async function requirePaid(context: Context, offer: Offer, dealId: Hex, input: BidIn): Promise<Payment> {
  const { buyer, seller } = offer.terms
  const payment = (input.payment ?? { method: 'allowance' }) as Payment // the same shape, with hex as text
  if ('tip' in payment && payment.tip !== '0')
    throw refused([{ path: 'payment.tip', message: 'must be 0: the seller submits it' }])
  const errors = await paymentProblems(context, { offer, dealId, buyer, payment, until: offer.expiry })
  if (errors.length > 0) throw refused(errors)
  const why = await whyRefused(context, seller, { offer, unit: 0, signature: input.signature as Hex, buyer, payment })
  if (why) throw refused([{ path: 'payment', message: `would not be taken: ${why.title}. ${why.detail}` }])
  return payment
}

interface Keep {
  input: BidIn
  offer: Offer
  id: Hex
  parties: Parties
  payment: Payment | null
}

/** A counter answers a bid; a bid answers a counter, or begins. Two at once: the second is told to look again. */
async function keep(context: Context, { input, offer, id, parties, payment }: Keep): Promise<void> {
  const { buyer, price, seller, token } = offer.terms
  const row = { id, listingId: input.listingId, choice: input.choice, maker: parties.maker, seller, buyer, token }
  const signed = { price: price.toString(), offer: jsonOf(offer), signature: input.signature, expiry: BigInt(offer.expiry) }
  const now = await context.chainNow()
  await context.db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`bid ${input.listingId} ${buyer}`}, 0))`
    if (await tx.bid.findUnique({ where: { id }, select: { id: true } }))
      throw new AppError('ALREADY_THERE', 'This offer has been made already.')
    await closeEnded(context, tx, { listingId: input.listingId, buyer, now })
    const open = await lockOpen(tx, input.listingId, buyer)
    if (input.answers !== undefined && open?.id !== input.answers)
      throw new AppError('WRONG_STATE', 'The offer that you answer is not open any more.')
    if (open && open.maker === parties.maker)
      throw new AppError('ALREADY_THERE', 'You have an open offer here already. Withdraw it first.')
    if (open) await tx.bid.update({ where: { id: open.id }, data: { status: 'countered', closedAt: new Date() } })
    await tx.bid.create({ data: { ...row, ...signed, note: input.note, ...(payment ? { payment: { ...payment } } : {}) } })
    await notifyPeople(tx, 'offers', [seller, buyer])
  })
}

function jsonOf(offer: Offer) {
  const json = offerToJson(offer)
  return { ...json, terms: { ...json.terms } }
}

/** The bids of a person, newest first. */
export async function bidsOf(context: Context, account: Account, query: BidQuery): Promise<BidPage> {
  const rows = await listBids(context, account.wallets, query)
  const shown = await viewsOf(context, rows.slice(0, query.limit), account.wallets)
  const views = new Map(shown.map((bid) => [bid.id, bid]))
  return pageFrom(rows, query.limit, { cursorOf: ({ key, id }) => ({ key, id }), toItem: (row) => views.get(row.id) as Bid })
}

export async function viewOf(context: Context, account: Account, id: string): Promise<Bid> {
  const row = await requireBid(context, account, id)
  const [view] = await viewsOf(context, [row], account.wallets)
  return view as Bid
}

/** A bid of the person's, made or received. @throws AppError NOT_FOUND for anybody else, who is not told that it exists. */
async function requireBid(context: Context, { wallets }: Account, id: string): Promise<BidRow> {
  const row = await findBid(context, id)
  if (!row || (!wallets.includes(row.seller) && !wallets.includes(row.buyer)))
    throw new AppError('NOT_FOUND', 'There is no such offer of yours.')
  return row
}

/** What an offer says, for its two people: whoever made it needs the terms to void them on chain. */
export async function offerIn(context: Context, account: Account, id: string): Promise<BidIn['offer']> {
  return (await requireBid(context, account, id)).offer
}

/**
 * Hands what is needed to take an open offer to the side that may take it, having looked at the chain once more. From then on its
 * maker can only take it back on chain.
 */
export async function acceptBid(context: Context, account: Account, id: string): Promise<Acceptance> {
  const row = await requireBid(context, account, id)
  const isBid = row.maker === row.buyer
  const taker = isBid ? row.seller : row.buyer
  if (!account.wallets.includes(taker)) throw new AppError('FORBIDDEN', 'You made this offer; the other side takes it.')
  const [view] = await viewsOf(context, [row], [])
  if (view?.status !== 'open') throw new AppError('WRONG_STATE', `This offer is not open any more: it is ${view?.status}.`)
  const listing = await getListing(context, row.listing_id)
  const unit = freeUnit(listing)
  if (unit === null) throw new AppError('WRONG_STATE', 'Every unit of this listing has been sold.')
  if (isBid) await requireTakeable(context, row)
  await handOut(context, row, unit)
  const { offer, signature, payment } = row
  return {
    bid: { ...view, handed: true },
    offer,
    signature,
    payment: payment ?? null,
    voids: isBid ? asksOfUnit(listing, unit) : [],
  }
}

/**
 * Writes down that the taker has its signature, if it is still open: the chain was asked for seconds, in which it may have been closed.
 * Whoever closes it next sees that it was handed out.
 */
async function handOut({ db }: Context, { id, seller, buyer }: BidRow, unit: number): Promise<void> {
  await db.$transaction(async (tx) => {
    const handed = await tx.$executeRaw`
      UPDATE app.bid SET handed_at = COALESCE(handed_at, now()), unit = ${unit} WHERE id = ${id} AND status = 'open'`
    if (handed === 0) throw new AppError('WRONG_STATE', 'This offer is not open any more.')
    await notifyPeople(tx, 'offers', [seller, buyer])
  })
}

async function requireTakeable(context: Context, row: BidRow): Promise<void> {
  const payment = (row.payment ?? { method: 'allowance' }) as Payment
  const options = { offer: parseOffer(row.offer), unit: 0, signature: row.signature as Hex, buyer: row.buyer as Address, payment }
  const why = await whyRefused(context, row.seller as Address, options)
  if (why) throw new AppError('WRONG_STATE', `The contract would refuse it now: ${why.title}. ${why.detail}`)
}

/** The taker says no. */
export function declineBid(context: Context, account: Account, id: string): Promise<Closed> {
  return close(context, account, id, 'declined')
}

/** The maker takes it back: for good where nobody had its signature, else only on chain. */
export function withdrawBid(context: Context, account: Account, id: string): Promise<Closed> {
  return close(context, account, id, 'withdrawn')
}

async function close(context: Context, account: Account, id: string, status: 'declined' | 'withdrawn'): Promise<Closed> {
  const row = await requireBid(context, account, id)
  const taker = row.maker === row.buyer ? row.seller : row.buyer
  const who = status === 'withdrawn' ? row.maker : taker
  if (!account.wallets.includes(who))
    throw new AppError(
      'FORBIDDEN',
      status === 'withdrawn' ? 'Only its maker takes an offer back.' : 'Only who got an offer declines it.',
    )
  if (row.taken) throw new AppError('WRONG_STATE', 'This offer has become a deal.')
  const handed = await context.db.$transaction(async (tx) => {
    const [closed] = await tx.$queryRaw<{ handed: boolean }[]>`
      UPDATE app.bid SET status = ${status}, closed_at = now() WHERE id = ${id} AND status = 'open' RETURNING handed_at IS NOT NULL AS handed`
    if (closed) await notifyPeople(tx, 'offers', [row.seller, row.buyer])
    return closed?.handed
  })
  if (handed === undefined) throw new AppError('ALREADY_THERE', 'This offer was closed before.')
  return { handed }
}
