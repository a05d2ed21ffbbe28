import type { DealCounts } from '@fairhold/api/contract/deals'

/** How many deals and offers wait for somebody, as the API counts them. */
export const waitingIn = ({ buyer, seller, offers }: DealCounts): number => buyer.turn + seller.turn + offers

let known: { account: string; count: number } | null = null
const listeners = new Set<() => void>()

export const waiting = {
  /** Nothing is known of an account that has not been asked for yet. */
  of: (account: string): number => (known?.account === account ? known.count : 0),
  set: (account: string, count: number): void => {
    known = { account, count }
    for (const listener of listeners) listener()
  },
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}
