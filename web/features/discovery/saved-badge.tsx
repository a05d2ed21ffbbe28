'use client'

import { Heart } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSession } from '@/features/identity/session'
import { BadgeLink } from '@/ui/badge-link'
import { useInbox } from './use-inbox'

/** Leads to what was saved, and says how many alerts have not been read, at once when one comes. */
export function SavedBadge() {
  const t = useTranslations('frame')
  const { session } = useSession()
  const count = useInbox(session?.address ?? null)
  if (!session) return null
  return (
    <BadgeLink href="/saved" count={count} label={t('saved', { count })} icon={<Heart aria-hidden="true" className="size-5" />} />
  )
}
