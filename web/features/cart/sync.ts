import type { Cart } from '@fairhold/api/contract/cart'
import { cart } from '@/lib/api/cart'
import { type CartLine, current, type Kept, MOST_LINES, NONE, write } from './kept'

/** What is asked of the market, one after the other: of two changes the later one arrives later. */
let queue: Promise<unknown> = Promise.resolve()
let waiting = 0

/** Asks, and shows the answer unless something newer is under way in this tab, or was written by another one. */
function ask(account: string, question: () => Promise<Cart>): Promise<void> {
  waiting += 1
  const asked = queue.then(async () => {
    const before = current()
    try {
      const { lines } = await question()
      if (waiting === 1 && isUntouched(before)) write({ owner: account, lines })
    } finally {
      waiting -= 1
    }
  })
  queue = asked.catch(() => undefined)
  return asked
}

/** What is known stays, and the cart's page says how old it may be. */
const noteAway = (): void => write({ ...current(), away: true })

const isUntouched = (before: Kept): boolean => current() === before

/**
 * Takes a guest's cart along, or reads the account's; and again whenever the person comes back to this tab. Returns how to end that.
 * Without an account there is nothing to follow, and the next person at this browser must not find the last one's: it is with them.
 */
export function followCart(account: string | null): () => void {
  if (account === null) {
    write(NONE)
    return () => undefined
  }
  const look = () => {
    ask(account, async () => (await takeGuest()) ?? cart.get()).catch(noteAway)
  }
  const onVisible = () => document.visibilityState === 'visible' && look()
  look()
  document.addEventListener('visibilitychange', onVisible)
  return () => document.removeEventListener('visibilitychange', onVisible)
}

/** Brings what a guest put in before, if that has not arrived yet. Brought twice it changes nothing. */
async function takeGuest(): Promise<Cart | null> {
  const { owner, lines } = current()
  return owner === null && lines.length > 0 ? cart.takeGuest(lines.slice(0, MOST_LINES)) : null
}

/** Sets lines of the account's cart. What the market refuses is shown as the market has it. */
export async function sendChanges(account: string, changes: readonly CartLine[]): Promise<void> {
  try {
    await ask(account, async () => {
      await takeGuest()
      return cart.change([...changes])
    })
  } catch (error) {
    await ask(account, cart.get).catch(noteAway)
    throw error
  }
}
