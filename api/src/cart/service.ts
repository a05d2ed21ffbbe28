import type { Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { type Cart, type Changes, type Guest, MOST_LINES } from './contract.ts'

type Line = Guest['lines'][number]

/** What the account has in the cart. Whether that can still be had, its listings say. */
export async function cartOf({ db }: Context, accountId: string): Promise<Cart> {
  const select = { listingId: true, choice: true, quantity: true } as const
  const lines = await db.cartLine.findMany({ where: { accountId }, select, orderBy: [{ addedAt: 'asc' }, { listingId: 'asc' }] })
  return { lines }
}

/**
 * Sets how many there are of each of these; none takes it out. Two devices that change two lines do not get in each other's way, and
 * of one line the last word counts.
 * @throws AppError NOT_FOUND for a listing that there never was, TOO_MANY
 */
export async function changeCart(context: Context, accountId: string, { lines }: Changes): Promise<Cart> {
  await context.db.$transaction(async (tx) => {
    await lockCart(tx, accountId)
    for (const { listingId, choice, quantity } of lines) {
      if (quantity === 0) await tx.cartLine.deleteMany({ where: { accountId, listingId, choice } })
    }
    const kept = lines.filter(({ quantity }) => quantity > 0)
    for (const line of kept) await putLine(tx, accountId, line, 'set')
    if ((await tx.cartLine.count({ where: { accountId } })) > MOST_LINES)
      throw new AppError('TOO_MANY', `A cart holds ${MOST_LINES} different things at most. Buy some of them first.`)
  })
  return cartOf(context, accountId)
}

/**
 * Takes in what somebody put into the cart before they signed in. What is there already stays, of both the greater number; what is
 * no listing, or does not fit any more, is left out, so that signing in never fails over it.
 */
export async function takeGuestCart(context: Context, accountId: string, { lines }: Guest): Promise<Cart> {
  await context.db.$transaction(async (tx) => {
    await lockCart(tx, accountId)
    const known = await knownIn(tx, lines)
    const there = await tx.cartLine.findMany({ where: { accountId }, select: { listingId: true, choice: true } })
    let room = MOST_LINES - there.length
    for (const line of lines.filter(({ listingId }) => known.has(listingId))) {
      const isThere = there.some(({ listingId, choice }) => listingId === line.listingId && choice === line.choice)
      if (!isThere && room-- <= 0) continue
      await putLine(tx, accountId, line, 'greater')
    }
  })
  return cartOf(context, accountId)
}

/** Two devices at once would count lines that the other is just adding. */
async function lockCart(tx: Prisma.TransactionClient, accountId: string): Promise<void> {
  await tx.$executeRaw`SELECT FROM app.account WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`
}

async function knownIn(tx: Prisma.TransactionClient, lines: readonly Line[]): Promise<Set<string>> {
  const found = await tx.listing.findMany({
    where: { id: { in: lines.map(({ listingId }) => listingId) } },
    select: { id: true },
  })
  return new Set(found.map(({ id }) => id))
}

async function putLine(tx: Prisma.TransactionClient, accountId: string, line: Line, mode: 'set' | 'greater'): Promise<void> {
  const { listingId, choice, quantity } = line
  const isGreater = mode === 'greater'
  const put = await tx.$executeRaw`
    INSERT INTO app.cart_line AS there (account_id, listing_id, choice, quantity)
    SELECT ${accountId}::uuid, ${listingId}, ${choice}::smallint, ${quantity}::int
    WHERE EXISTS (SELECT FROM app.listing WHERE id = ${listingId})
      OR EXISTS (SELECT FROM app.cart_line WHERE account_id = ${accountId}::uuid AND listing_id = ${listingId})
    ON CONFLICT (account_id, listing_id, choice) DO UPDATE
      SET quantity = CASE WHEN ${isGreater} THEN greatest(there.quantity, EXCLUDED.quantity) ELSE EXCLUDED.quantity END`
  if (put === 0) throw new AppError('NOT_FOUND', `There is no listing ${listingId}.`)
}
