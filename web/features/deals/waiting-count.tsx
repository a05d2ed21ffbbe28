'use client'

import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import type { Session } from '@/lib/api'
import { deals } from '@/lib/api/deals'
import { useLive } from '@/lib/live'
import { waiting, waitingIn } from './waiting'

const SETTLE_MS = 400 // several messages of one block are asked about once

/** How many deals and offers wait for the person: where their deals are linked to, on every page. */
export default function WaitingCount({ session: { address, wallets } }: { session: Session }) {
  const t = useTranslations('frame')
  const path = usePathname()
  const count = useSyncExternalStore(
    waiting.subscribe,
    () => waiting.of(address),
    () => 0,
  )
  const load = useCallback(async () => {
    const counts = await deals.counts().catch(() => null) // a badge without a number is no harm
    if (counts) waiting.set(address, waitingIn(counts))
  }, [address])
  const loadSoon = useOnceSoon(load)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was done on one page is counted anew on the next
  useEffect(loadSoon, [loadSoon, path])
  useLive(
    wallets.map((one) => `account:${one}`),
    loadSoon,
  )
  if (count === 0) return null
  return (
    <span className="ml-1.5 inline-grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1.5 font-semibold text-[0.6875rem] text-page leading-none tabular-nums">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{t('waiting', { count })}</span>
    </span>
  )
}

/** All badges of a page ask together, and once for what happens at about the same time. */
let timer: ReturnType<typeof setTimeout> | undefined
function useOnceSoon(load: () => Promise<void>): () => void {
  return useCallback(() => {
    clearTimeout(timer)
    timer = setTimeout(() => void load(), SETTLE_MS)
  }, [load])
}
