'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { duration } from '@/lib/format'

/** Time left until `until`, both in seconds of the chain. `offset` is the chain's clock less this computer's. */
export function Countdown({ until, offset }: { until: number; offset: number }) {
  const t = useTranslations('ui')
  const locale = useLocale()
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    const tick = () => setNow(Math.floor(Date.now() / 1000) + offset)
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [offset])
  if (now === null) return <span className="tabular-nums">…</span>
  return (
    <time dateTime={new Date(until * 1000).toISOString()} suppressHydrationWarning className="tabular-nums">
      {until < now ? t('over') : duration(until - now, locale)}
    </time>
  )
}
