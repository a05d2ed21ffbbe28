'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useSyncExternalStore } from 'react'
import { useSession } from '@/features/identity/session'
import { useToast } from '@/ui/toast'
import { type CartLine, current, MOST_LINES, NONE, subscribe } from './kept'

export type { CartLine } from './kept'

/**
 * What is in the cart: a guest's is kept in this browser, a person's by the market too, so that it is the same on all of their
 * devices. Changes show at once, in all tabs. Every page has this, so what can come later does.
 */
export function useCart() {
  const account = useSession().session?.address ?? null
  const kept = useSyncExternalStore(subscribe, current, () => NONE)
  const isMine = kept.owner === null || kept.owner === account
  return { account, kept, lines: isMine ? kept.lines : NONE.lines }
}

/** A function that sets how many of some things there are in the cart; none takes one out. */
export function useChangeCart(): (changes: readonly CartLine[]) => Promise<void> {
  const t = useTranslations('frame')
  const toast = useToast()
  const account = useSession().session?.address ?? null
  return async (changes) => {
    const { changeCart } = await import('./changes')
    const problem = await changeCart(account, changes)
    if (problem) toast(problem === 'full' ? t('cartFull', { most: MOST_LINES }) : t('cartFailed'), 'danger')
  }
}

/** Keeps the cart that this browser knows that of who is signed in. To be used once on a page. */
export function useCartOfAccount(account: string | null): void {
  useEffect(() => {
    if (account === null && current().owner === null) return
    const following = import('./sync').then(({ followCart }) => followCart(account))
    return () => void following.then((stop) => stop())
  }, [account])
}
