'use client'

import { X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { discovery } from '@/lib/api/discovery'
import { Button } from '@/ui/button'
import { useToast } from '@/ui/toast'
import { SEEN_KEY } from './seen-key'
import { seenListings } from './seen-listings'
import { writeList } from './storage'

const forgetHere = (gone: string): void =>
  writeList(
    SEEN_KEY,
    seenListings.read().filter(({ id }) => id !== gone),
  )

interface ForgetProps {
  /** The market keeps it for the account; else only this browser does. */
  kept: boolean
  onForgotten?: () => void
}

function useForget({ kept, onForgotten }: ForgetProps) {
  const t = useTranslations('saved')
  const router = useRouter()
  const toast = useToast()
  return async (atMarket: () => Promise<void>, here: () => void) => {
    try {
      if (kept) await atMarket()
      here()
      toast(t('seen.forgotten'), 'success')
      onForgotten?.()
      if (kept) router.refresh()
    } catch {
      toast(t('failed'), 'danger')
    }
  }
}

/** Forgets that one listing was looked at. */
export function ForgetSeen({ id, title, ...rest }: ForgetProps & { id: string; title: string }) {
  const t = useTranslations('saved')
  const forget = useForget(rest)
  return (
    <Button
      variant="ghost"
      size="sm"
      aria-label={t('seen.forget', { title })}
      onClick={() =>
        forget(
          () => discovery.forgetView(id),
          () => forgetHere(id),
        )
      }
    >
      <X aria-hidden="true" className="size-4" />
    </Button>
  )
}

/** Forgets all of them; asks once more, as they do not come back. */
export function ForgetAllSeen(props: ForgetProps) {
  const t = useTranslations('saved')
  const forget = useForget(props)
  const [asking, setAsking] = useState(false)
  const press = () => {
    setAsking(!asking)
    if (asking) void forget(discovery.forgetViews, seenListings.clear)
  }
  return (
    <Button variant={asking ? 'danger' : 'secondary'} size="sm" onClick={press} onBlur={() => setAsking(false)}>
      {asking ? t('seen.sure') : t('seen.clear')}
    </Button>
  )
}
