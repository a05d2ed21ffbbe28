import { Prisma } from '@fairhold/db/client'
import { audit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { notifyListing } from '../http/notify.ts'
import { lockWallet } from '../identity/accounts.ts'
import type { Deletion } from './contract.ts'
import { deleteListings, forgetPhotos, isOver, isPublished, removeFiles, TIMEOUT_MS, type Tx } from './erase-rows.ts'
import { holdings } from './holdings/all.ts'
import { dealsOf } from './holdings/holding.ts'

/** What deleting the account would meet. */
export async function previewDeletion(context: Context, account: Account): Promise<Deletion> {
  const { id, wallets } = account
  const now = await context.chainNow()
  const [open] = await context.db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM chain.deal d WHERE d.id IN (${dealsOf(id)}) AND NOT ${isOver(now)}`
  const [live] = await context.db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM app.listing WHERE seller = ANY(${[...wallets]}) AND expiry >= ${now}`
  const refusal = await whyNot(context, account)
  return { refusal, openDeals: Number(open?.count ?? 0), liveOffers: Number(live?.count ?? 0) }
}

async function whyNot({ caip2: chain, db }: Context, { roles, wallets }: Account): Promise<string | null> {
  if (roles.length > 0) return 'Your account helps to run the market. Have an admin take its roles away first.'
  const judging = await db.chainDeal.count({ where: { chain, arbiter: { in: [...wallets] }, state: 'disputed' } })
  if (judging === 0) return null
  const disputes = judging === 1 ? 'a dispute that is' : `${judging} disputes that are`
  return `You are the arbiter of ${disputes} open. Rule first: two people wait for it.`
}

/**
 * Erases an account and all that need not stay, in one transaction; what the other side of an open deal needs goes when that deal
 * is over (`erasureJob`). What stays, and why, is said in holdings.ts.
 * @throws AppError ACCOUNT_NEEDED with the reason
 */
export async function eraseAccount(context: Context, account: Account): Promise<Deletion> {
  const deletion = await previewDeletion(context, account)
  if (deletion.refusal) throw new AppError('ACCOUNT_NEEDED', deletion.refusal)
  const now = await context.chainNow()
  const work = async (tx: Tx) => {
    const wallets = await lockAll(tx, account.id)
    await noteWhatStays(tx, account.id, now)
    await eraseOfDeals(tx, account.id, now)
    await eraseReviews(tx, wallets)
    await eraseListings(tx, wallets, now)
    await endPrograms(tx, account.id)
    await revokeCredentials(tx, account.id)
    const photos = await forgetPhotos(tx, wallets, new Date())
    for (const { onDeletion, table, whose } of holdings)
      if (onDeletion === 'rows') await tx.$executeRaw`DELETE FROM ${Prisma.raw(`app."${table}"`)} t WHERE ${whose(account.id)}`
    const gone = { did: null, name: '', bio: '', deletedAt: new Date() }
    await tx.account.update({ where: { id: account.id }, data: gone, select: { id: true } })
    await audit(context, { kind: 'account.deleted', actor: account.id, details: { openDeals: deletion.openDeals } }, tx)
    await removeFiles(context, photos)
  }
  await context.db.$transaction(work, { timeout: TIMEOUT_MS })
  return deletion
}

/** Keeps everybody else from the account and its wallets until the end of the transaction. Returns the wallets, of all chains. */
async function lockAll(tx: Tx, id: string): Promise<string[]> {
  const where = { accountId: id }
  const wallets = await tx.wallet.findMany({ where, orderBy: [{ chain: 'asc' }, { address: 'asc' }] })
  for (const { chain, address } of wallets) await lockWallet(tx, chain, address)
  await tx.$queryRaw`SELECT id FROM app.account WHERE id = ${id}::uuid FOR UPDATE`
  return wallets.map(({ address }) => address)
}

/** Writes down the deals that are not over, and those with a review that waits to be published. */
async function noteWhatStays(tx: Tx, id: string, now: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO app.pending_erasure (deal_id, address)
    SELECT d.id, w.address FROM app.wallet w JOIN chain.deal d ON d.chain = w.chain AND w.address IN (d.buyer, d.seller)
    WHERE w.account_id = ${id}::uuid AND d.id IN (${dealsOf(id)}) AND (NOT ${isOver(now)} OR EXISTS (
      SELECT FROM app.review sealed WHERE sealed.deal_id = d.id AND sealed.author = w.address AND NOT ${isPublished('sealed')}))
    ON CONFLICT DO NOTHING`
}

async function eraseOfDeals(tx: Tx, id: string, now: number): Promise<void> {
  const over = Prisma.sql`t.deal_id IN (SELECT d.id FROM chain.deal d WHERE d.id IN (${dealsOf(id)}) AND ${isOver(now)})`
  for (const { onDeletion, table, whose } of holdings)
    if (onDeletion === 'deal') await tx.$executeRaw`DELETE FROM ${Prisma.raw(`app."${table}"`)} t WHERE ${whose(id)} AND ${over}`
}

/** The score of a sealed review is still published: the other side's waits for it. Its words are not. */
async function eraseReviews(tx: Tx, authors: string[]): Promise<void> {
  await tx.$executeRaw`DELETE FROM app.review t WHERE t.author = ANY(${authors}) AND ${isPublished('t')}`
  await tx.$executeRaw`UPDATE app.review SET text = '' WHERE author = ANY(${authors})`
}

/** All listings go off the market; those that nobody is just buying go altogether. */
async function eraseListings(tx: Tx, sellers: string[], now: number): Promise<void> {
  const shown = await tx.listing.findMany({ where: { seller: { in: sellers } }, select: { id: true } })
  const gone = await tx.$queryRaw<{ id: string }[]>`
    SELECT l.id FROM app.listing l WHERE l.seller = ANY(${sellers}) AND NOT EXISTS (
      SELECT FROM app.listing_unit unit JOIN chain.deal d ON d.id = unit.deal_id
      WHERE unit.listing_id = l.id AND NOT ${isOver(now)})`
  await deleteListings(tx, gone)
  await tx.listing.updateMany({ where: { seller: { in: sellers } }, data: { status: 'withdrawn', updatedAt: new Date() } })
  for (const { id } of shown) await notifyListing(tx, id, 'gone')
}

/** What others allowed to the apps of the account goes before the apps themselves. */
async function endPrograms(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM app.oauth_item WHERE client_id IN (SELECT client.id FROM app.oauth_client client WHERE client.account_id = ${id}::uuid)`
}

/** Only their place in the status list stays, as revoked. */
async function revokeCredentials(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE app.credential SET token = '', wallets = '{}', shown = FALSE, revoked_at = coalesce(revoked_at, now())
    WHERE account_id = ${id}::uuid`
}
