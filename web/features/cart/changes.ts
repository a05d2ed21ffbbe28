import { changed } from './changed'
import { type CartLine, current, MOST_LINES, write } from './kept'

/** Sets lines of the cart: here at once, and for an account at the market. Resolves with what went wrong. */
export async function changeCart(account: string | null, changes: readonly CartLine[]): Promise<'full' | 'failed' | null> {
  const before = current()
  const { owner, lines } = before
  const isMine = owner === null || owner === account
  const next = changed(isMine ? lines : [], changes)
  if (next.length > Math.max(MOST_LINES, lines.length)) return 'full' // an older cart may hold more, and can be tidied
  write({ owner: isMine ? owner : account, lines: next })
  if (account === null) return null
  try {
    const { sendChanges } = await import('./sync')
    await sendChanges(account, changes)
    return null
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'NOT_SIGNED_IN') write(before) // signed out elsewhere: the next person here is not to find it
    return code === 'TOO_MANY' ? 'full' : 'failed'
  }
}
