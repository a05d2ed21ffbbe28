import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'

/**
 * Checks that a listing may be replaced by an edit of this person: it is theirs, and has no other edit yet. Sold ones may be
 * replaced too, as by somebody who has more of the same.
 * @throws AppError NOT_FOUND, FORBIDDEN or ALREADY_THERE
 */
export async function checkReplaced({ db }: Context, account: Account, id: string): Promise<void> {
  const replaced = await db.listing.findUnique({ where: { id }, select: { seller: true } })
  if (!replaced) throw new AppError('NOT_FOUND', 'There is no such listing to replace.')
  if (!account.wallets.includes(replaced.seller)) throw new AppError('FORBIDDEN', 'Only its seller can edit a listing.')
  const successor = await db.listing.findFirst({ where: { replaces: id }, select: { id: true } })
  if (successor) throw new AppError('ALREADY_THERE', `The listing was edited already, see ${successor.id}: edit that one.`)
}
