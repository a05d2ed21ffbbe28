'use client'

import { Share2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useToast } from '@/ui/toast'

/** Hands the page's address to whatever the device shares with; where there is no such thing, to the clipboard. */
export function ShareButton({ title }: { title: string }) {
  const t = useTranslations('goods')
  const toast = useToast()
  const share = async () => {
    const { origin, pathname } = window.location
    const url = origin + pathname
    try {
      if (navigator.share) await navigator.share({ title, url })
      else {
        await navigator.clipboard.writeText(url)
        toast(t('share.copied'), 'success')
      }
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return // changed their mind
      toast(t('share.failed', { url }))
    }
  }
  return (
    <button
      type="button"
      onClick={share}
      aria-label={t('share.label', { title })}
      title={t('share.short')}
      className="grid size-11 place-items-center rounded-full border border-line bg-surface text-muted transition-colors hover:text-ink"
    >
      <Share2 aria-hidden="true" className="size-5" />
    </button>
  )
}
