'use client'

import type { Position } from '@fairhold/api/contract/live'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { useLive } from '@/lib/live'
import { Button } from '@/ui/button'
import { go } from '@/ui/go'

/**
 * Says what has come to the market since the page was made, and fetches it when asked. It lies over the page, so that nothing moves
 * under a reader's eyes. `position`: where the stream was before the listings were asked for, so that none is lost in between.
 */
export function MarketLive({ position, shown }: { position: Position | null; shown: readonly string[] }) {
  const t = useTranslations('market')
  const router = useRouter()
  const [counts, setCounts] = useState({ fresh: 0, gone: 0, many: false })
  const known = useRef({ fresh: new Set<string>(), gone: new Set<string>() })
  useLive(
    ['market'],
    (message) => {
      const { fresh, gone } = known.current
      if (message.type === 'reorg') return
      if (message.type === 'listing' && message.listingId === undefined && message.seq === undefined) {
        setCounts((before) => ({ ...before, many: true }))
        return
      }
      const id = message.type === 'listing' ? message.listingId : message.type === 'deal' ? message.dealId : undefined
      if (id === undefined) return
      // What came and went before anybody looked is no news.
      if (message.type === 'listing' && message.change === 'new' && !shown.includes(id)) fresh.add(id)
      else if (message.type !== 'listing' || message.change === 'gone') {
        fresh.delete(id)
        if (shown.includes(id)) gone.add(id)
      }
      setCounts((before) => ({ ...before, fresh: fresh.size, gone: gone.size }))
    },
    position ?? undefined,
  )
  const { fresh, gone, many } = counts
  const words = many
    ? t('live.many')
    : fresh > 0
      ? t('live.fresh', { count: fresh })
      : gone > 0
        ? t('live.gone', { count: gone })
        : ''
  const refresh = () => {
    known.current = { fresh: new Set(), gone: new Set() }
    setCounts({ fresh: 0, gone: 0, many: false })
    go('/', () => router.refresh())
  }
  return (
    <div role="status" className="pointer-events-none fixed inset-x-4 bottom-20 z-30 flex justify-center md:bottom-6">
      {words !== '' && (
        <p className="pointer-events-auto flex items-center gap-3 rounded-full border border-line-strong bg-surface py-1.5 pr-1.5 pl-4 text-sm shadow-pop">
          {words}
          <Button size="sm" className="rounded-full" onClick={refresh}>
            {t('live.show')}
          </Button>
        </p>
      )}
    </div>
  )
}
