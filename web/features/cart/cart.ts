'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { useSession } from '@/features/identity/session'
import { useToast } from '@/ui/toast'
import { type CartLine, changed, current, isAway, MOST_LINES, NONE, subscribe, write } from './kept'

export type { CartLine } from './kept'

/** Only the signed in ask the market. */
const loadSync = () => import('./sync')

/**
 * What is in the cart: a guest's is kept in this browser, a person's by the market too, so that it is the same on all of their
 * devices. Changes show at once, in all tabs.
 */
export function useCart() {
  const t = useTranslations('frame')
  const toast = useToast()
  const account = useSession().session?.address ?? null
  const kept = useSyncExternalStore(subscribe, current, () => NONE)
  const away = useSyncExternalStore(subscribe, isAway, () => false)
  const isMine = kept.owner === null || kept.owner === account
  const lines = isMine ? kept.lines : NONE.lines

  const change = useCallback(
    async (changes: readonly CartLine[]) => {
      const { owner, lines: before } = current()
      const mine = owner === null || owner === account
      const next = changed(mine ? before : [], changes)
      if (next.length > MOST_LINES) return toast(t('cartFull', { most: MOST_LINES }), 'danger')
      write({ owner: mine ? owner : account, lines: next })
      if (account === null) return
      try {
        await (await loadSync()).sendChanges(account, changes)
      } catch (error) {
        toast((error as { code?: string }).code === 'TOO_MANY' ? t('cartFull', { most: MOST_LINES }) : t('cartFailed'), 'danger')
      }
    },
    [account, t, toast],
  )
  /** Sets how many of something there are; none takes it out. */
  const put = useCallback((line: CartLine) => void change([line]), [change])
  const remove = useCallback(
    (gone: readonly Pick<CartLine, 'listingId' | 'choice'>[]) => {
      if (gone.length > 0) void change(gone.map(({ listingId, choice }) => ({ listingId, choice, quantity: 0 })))
    },
    [change],
  )
  const isLoading = account !== null && lines.length === 0 && kept.owner !== account && !away
  return { lines, put, remove, change, isLoading, away: away && account !== null }
}

/** Keeps the cart that this browser knows that of who is signed in. To be used once on a page. */
export function useCartOfAccount(): void {
  const account = useSession().session?.address ?? null
  useEffect(() => {
    if (account === null) {
      // The next person at this browser must not find it; it is with the account.
      if (current().owner !== null) write(NONE)
      return
    }
    let stop = () => {}
    let ended = false
    void loadSync().then(({ followCart }) => {
      if (!ended) stop = followCart(account)
    })
    return () => {
      ended = true
      stop()
    }
  }, [account])
}
