import { randomBytes } from 'node:crypto'
import { remainingOf } from '@fairhold/protocol/deal/amount'
import { isOpen } from '@fairhold/protocol/deal/state'
import { trackingHash } from '@fairhold/protocol/deal/tracking'
import { settlementTypedData } from '@fairhold/protocol/eip712/types'
import { type Hex, hashTypedData } from 'viem'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError, invalid } from '../http/errors.ts'
import { notifyDeal } from '../http/notify.ts'
import { pageFrom } from '../http/paging.ts'
import { isSigned } from '../http/signatures.ts'
import { peopleOf, personIn } from '../identity/people.ts'
import { listingsOfDeals } from '../listings/service.ts'
import type { Deal, DealCard, DealCounts, DealPage, MineQuery, MyDealPage, Propose, SettlementOffer } from './contract.ts'
import { countByNeed, countOffers, listByNeed } from './need.ts'
import { type DealFilter, type DealRow, findDeal, findReviews, findTimeline, listDeals } from './queries.ts'
import { findShipping, openShipping, saveShipping } from './shipping.ts'

export async function listDealCards(context: Context, filter: DealFilter): Promise<DealPage> {
  const rows = await listDeals(context, filter)
  const cards = await cardsOf(context, rows)
  return pageFrom(rows, filter.limit, {
    cursorOf: (row) => ({ key: String(row.opened_at), id: row.id }),
    toItem: (row) => cards.get(row.id) as DealCard, // every row has its card
  })
}

/** The person's purchases or sales, those first that wait for them: over all pages. */
export async function listMine(context: Context, { wallets }: Account, { side, cursor, limit }: MineQuery): Promise<MyDealPage> {
  const now = await context.chainNow()
  const rows = await listByNeed(context, { accounts: wallets, side, cursor, limit }, now)
  const cards = await cardsOf(context, rows)
  return pageFrom(rows, limit, {
    cursorOf: (row) => ({ key: row.need, id: row.id }),
    toItem: (row) => ({ ...(cards.get(row.id) as DealCard), turn: row.turn }), // every row has its card
  })
}

export async function countMine(context: Context, { wallets }: Account): Promise<DealCounts> {
  const now = await context.chainNow()
  const [buyer, seller, offers] = await Promise.all([
    countByNeed(context, wallets, 'buyer', now),
    countByNeed(context, wallets, 'seller', now),
    countOffers(context, wallets, now),
  ])
  return { buyer, seller, offers }
}

/** @throws AppError NOT_FOUND */
export async function requireDeal(context: Context, id: string): Promise<DealRow> {
  const row = await findDeal(context, id)
  if (!row) throw new AppError('NOT_FOUND', 'There is no such deal, or the indexer has not seen it yet.')
  return row
}

/** Which side of the deal the account is. @throws AppError FORBIDDEN for anybody else. */
export function requireParty(row: DealRow, account: Account): 'buyer' | 'seller' {
  if (account.wallets.includes(row.buyer)) return 'buyer'
  if (account.wallets.includes(row.seller)) return 'seller'
  throw new AppError('FORBIDDEN', 'Only the buyer and the seller of this deal can do that.')
}

export interface Viewer {
  account: Account | null
  /** Hears why private data cannot be read. */
  onUnreadable: (err: Error) => void
}

/** A deal as the viewer may see it. */
export async function getDeal(context: Context, id: string, { account: viewer, onUnreadable }: Viewer): Promise<Deal> {
  const row = await requireDeal(context, id)
  const mine = viewer?.wallets ?? []
  const isParty = mine.includes(row.buyer) || mine.includes(row.seller)
  const isJudge = mine.includes(row.arbiter) && row.disputed_at !== null
  const [cards, timeline, reviews, chainNow, settlements, statements, shipping] = await Promise.all([
    cardsOf(context, [row]),
    findTimeline(context, id),
    findReviews(context, id),
    context.chainNow(),
    isParty || isJudge ? findSettlements(context, id) : [],
    isParty || isJudge ? findStatements(context, id) : null,
    isParty || isJudge ? findShipping(context, id, onUnreadable) : null,
  ])
  const ruling = await findRuling(context, id, { isParty, isJudge, ruledFor: row.state === 'resolved' ? row.reason_hash : null })
  const card = cards.get(id) as DealCard
  return {
    ...card,
    terms: row.terms,
    arbiterName: arbiterName(context, row.arbiter),
    released: row.released,
    refunded: row.refunded,
    toSeller: row.to_seller,
    toBuyer: row.to_buyer,
    operatorFee: row.operator_fee,
    arbiterFee: row.arbiter_fee,
    feesDue: row.fees_due,
    instalments: instalmentsIn(row),
    disputedBy: row.disputed_by,
    fundedAt: seconds(row.funded_at),
    shippedAt: seconds(row.shipped_at),
    deliveredAt: seconds(row.delivered_at),
    disputedAt: seconds(row.disputed_at),
    endedAt: seconds(row.ended_at),
    timeline,
    settlements,
    statements,
    shipping,
    ruling,
    reviews,
    chainNow,
  }
}

/** The buyer says where to send it; only the seller gets to read it. */
export async function setShippingAddress(
  context: Context,
  account: Account,
  { id, text }: { id: string; text: string },
): Promise<void> {
  const row = await requireDeal(context, id)
  if (requireParty(row, account) !== 'buyer') throw new AppError('FORBIDDEN', 'Only the buyer can say where to send it.')
  if (row.state !== 'funded' && row.state !== 'partlyFunded')
    throw new AppError('WRONG_STATE', 'The address can be changed only until the seller has shipped.')
  await saveShipping(context, row, { address: text })
}

/** Keeps the tracking number for the parties; its salted hash is what `ship` puts on chain. */
export async function setTracking(
  context: Context,
  account: Account,
  { id, carrier, number }: { id: string; carrier: string; number: string },
) {
  const row = await requireDeal(context, id)
  if (requireParty(row, account) !== 'seller') throw new AppError('FORBIDDEN', 'Only the seller can give the tracking number.')
  if (row.state !== 'funded') throw new AppError('WRONG_STATE', 'This deal has been shipped, or has ended.')
  const earlier = await openShipping(context, id)
  // The hash of the same number given before may be on its way to the chain already: it keeps its salt.
  const isSame = earlier.carrier === carrier && earlier.trackingNumber === number
  const salt = ((isSame && earlier.trackingSalt) || `0x${randomBytes(32).toString('hex')}`) as Hex
  await saveShipping(context, row, { carrier, trackingNumber: number, trackingSalt: salt })
  return { trackingHash: trackingHash({ carrier, number, salt }), salt }
}

/** Keeps a split that one party signed, or adds the other's signature to the same split. */
export async function proposeSettlement(
  context: Context,
  account: Account,
  { id, propose }: { id: string; propose: Propose },
): Promise<SettlementOffer> {
  const row = await requireDeal(context, id)
  const side = requireParty(row, account)
  await checkSettlement(context, row, { signer: row[side], propose })
  const { toBuyer, remaining, expiry, signature } = propose
  const where = { dealId_toBuyer_remaining_expiry: { dealId: id, toBuyer, remaining, expiry: BigInt(expiry) } }
  const mark = side === 'buyer' ? { buyerSignature: signature } : { sellerSignature: signature }
  const create = { dealId: id, toBuyer, remaining, expiry: BigInt(expiry), proposedBy: row[side], ...mark }
  const saved = await context.db.$transaction(async (tx) => {
    await notifyDeal(tx, id, [row.buyer, row.seller])
    return tx.settlement.upsert({ where, create, update: mark })
  })
  return settlementFrom(saved)
}

async function checkSettlement(
  context: Context,
  row: DealRow,
  { signer, propose }: { signer: string; propose: Propose },
): Promise<void> {
  if (!isOpen(row.state)) throw new AppError('WRONG_STATE', 'This deal has ended; there is nothing left to split.')
  const remaining = remainingIn(row)
  if (BigInt(propose.remaining) !== remaining)
    throw new AppError('WRONG_STATE', `The split is over ${propose.remaining}, but ${remaining} is left in the deal.`)
  if (BigInt(propose.toBuyer) > remaining) throw invalid('toBuyer', 'is more than what is left in the deal')
  if (propose.expiry <= (await context.chainNow())) throw invalid('expiry', 'is in the past')
  const message = { dealId: row.id as Hex, toBuyer: BigInt(propose.toBuyer), remaining, expiry: propose.expiry }
  const hash = hashTypedData(settlementTypedData(message, context.domain))
  const signed = await isSigned(context, { address: signer, hash, signature: propose.signature })
  if (!signed) throw new AppError('WRONG_SIGNATURE', 'The split was not signed by your wallet in this deal.')
}

async function findSettlements({ db }: Context, dealId: string): Promise<SettlementOffer[]> {
  return (await db.settlement.findMany({ where: { dealId }, orderBy: { createdAt: 'desc' }, take: 50 })).map(settlementFrom)
}

async function findStatements({ db }: Context, dealId: string): Promise<Deal['statements']> {
  const select = { author: true, text: true, textHash: true, createdAt: true }
  const rows = await db.statement.findMany({ where: { dealId }, orderBy: { createdAt: 'asc' }, take: 100, select })
  return rows.map((one) => ({ ...one, createdAt: one.createdAt.toISOString() }))
}

/** A signed ruling is the parties' and the arbiter's to submit; once it is carried out, anyone may read it. */
async function findRuling(
  { db }: Context,
  dealId: string,
  who: { isParty: boolean; isJudge: boolean; ruledFor: string | null },
): Promise<Deal['ruling']> {
  const row = await db.ruling.findUnique({ where: { dealId } })
  if (!row || (!who.isParty && !who.isJudge && who.ruledFor !== row.reasonHash)) return null
  const { buyerBps, reason, reasonHash, signature, submittedTx } = row
  return { buyerBps, reason, reasonHash, signature, submittedTx, createdAt: row.createdAt.toISOString() }
}

async function cardsOf(context: Context, rows: readonly DealRow[]): Promise<Map<string, DealCard>> {
  const [people, listings] = await Promise.all([
    peopleOf(
      context,
      rows.flatMap((row) => [row.seller, row.buyer]),
    ),
    listingsOfDeals(
      context,
      rows.map((row) => row.id),
    ),
  ])
  const card = (row: DealRow): DealCard => ({
    id: row.id,
    state: row.state,
    seller: personIn(people, row.seller),
    buyer: personIn(people, row.buyer),
    arbiter: row.arbiter,
    token: row.token,
    price: row.price,
    remaining: remainingIn(row).toString(),
    deadline: Number(row.deadline),
    openedAt: Number(row.opened_at),
    updatedAt: Number(row.updated_at),
    listing: listings.get(row.id) ?? null,
  })
  return new Map(rows.map((row) => [row.id, card(row)]))
}

/** What the contract still holds for the deal, in base units. */
function remainingIn(row: DealRow): bigint {
  if (!isOpen(row.state)) return 0n
  const amounts = { price: BigInt(row.price), paid: BigInt(row.paid) }
  return remainingOf({ ...amounts, released: BigInt(row.released), refunded: BigInt(row.refunded) })
}

function instalmentsIn({ state, price, paid, opened_at, funded_at, deadline }: DealRow): Deal['instalments'] {
  if (funded_at === opened_at) return null
  const rest = (BigInt(price) - BigInt(paid)).toString()
  return { paid, rest, dueBy: state === 'partlyFunded' ? Number(deadline) : null }
}

function settlementFrom(row: Awaited<ReturnType<Context['db']['settlement']['findFirstOrThrow']>>): SettlementOffer {
  const { id, proposedBy, buyerSignature, sellerSignature } = row
  const amounts = { toBuyer: row.toBuyer.toFixed(0), remaining: row.remaining.toFixed(0), expiry: Number(row.expiry) }
  return { id, ...amounts, proposedBy, buyerSignature, sellerSignature, createdAt: row.createdAt.toISOString() }
}

function arbiterName({ env }: Context, address: string): string {
  return env.arbiters.find((arbiter) => arbiter.address === address)?.name ?? ''
}

function seconds(value: bigint | null): number | null {
  return value === null ? null : Number(value)
}
