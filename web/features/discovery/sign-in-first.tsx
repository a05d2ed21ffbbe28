'use client'

import { Heart } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSession } from '@/features/identity/session'
import { Button } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'

/** What is saved belongs to an account. Who signs in here sees it at once, as the page is drawn anew. */
export function SignInFirst() {
  const t = useTranslations('saved')
  const { openSignIn } = useSession()
  return (
    <EmptyState
      icon={<Heart aria-hidden="true" />}
      title={t('signIn.title')}
      action={<Button onClick={openSignIn}>{t('signIn.action')}</Button>}
    >
      {t('signIn.text')}
    </EmptyState>
  )
}
