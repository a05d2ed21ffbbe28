'use client'

import { Heart } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { BadgeLink } from '@/ui/badge-link'
import { useInbox } from './use-inbox'

/** Leads to what was saved, and says how many alerts have not been read, at once when one comes. */
export default function SavedCount({ account }: { account: string }) {
  const t = useTranslations('frame')
  const count = useInbox(account)
  const icon = <Heart aria-hidden="true" className="size-5" />
  return <BadgeLink href="/saved" count={count} label={(shown) => t('saved', shown)} icon={icon} />
}
