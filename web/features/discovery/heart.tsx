'use client'

import { Heart as Icon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSession } from '@/features/identity/session'
import { cx } from '@/ui/cx'
import { useToast } from '@/ui/toast'
import { useSavedIds } from './saved-ids'

/** Saves a listing, or forgets it. Asks a visitor to sign in first. */
export function Heart({ id, title, className }: { id: string; title: string; className?: string }) {
  const t = useTranslations('goods')
  const toast = useToast()
  const { session, requireSession } = useSession()
  const { saved, change } = useSavedIds(session?.address ?? null)
  const isSaved = saved.has(id)
  const press = async () => {
    if (!(await requireSession())) return
    try {
      await change(id, !isSaved)
    } catch (error) {
      const { ApiError } = await import('@/lib/api/client')
      toast(error instanceof ApiError ? error.title : t('saveFailed'), 'danger')
    }
  }
  return (
    <button
      type="button"
      aria-pressed={isSaved}
      aria-label={t('save', { title })}
      onClick={press}
      className={cx(
        'grid size-11 place-items-center rounded-full bg-surface/90 text-ink shadow-card hover:bg-surface',
        className,
      )}
    >
      <Icon aria-hidden="true" className={cx('size-5', isSaved && 'fill-danger text-danger')} />
    </button>
  )
}
