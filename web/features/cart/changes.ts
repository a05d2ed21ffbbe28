import { changed } from './changed'
import { type CartLine, current, write } from './kept'

/** As many as the market keeps for an account. */
export const MOST_LINES = 20

/** Sets lines of the cart: here at once, and for an account at the market. Resolves with what went wrong. */
export async function changeCart(account: string | null, changes: readonly CartLine[]): Promise<'full' | 'failed' | null> {
  const { owner, lines } = current()
  const isMine = owner === null || owner === account
  const next = changed(isMine ? lines : [], changes)
  if (next.length > MOST_LINES) return 'full'
  write({ owner: isMine ? owner : account, lines: next })
  if (account === null) return null
  try {
    const { sendChanges } = await import('./sync')
    await sendChanges(account, changes)
    return null
  } catch (error) {
    return (error as { code?: string }).code === 'TOO_MANY' ? 'full' : 'failed'
  }
}
