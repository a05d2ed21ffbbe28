'use client'

import { Heart } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useSession } from '@/features/identity/session'
import { Button } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'

/** What is saved belongs to an account. Who signs in here sees it at once. */
export function SignInFirst() {
  const t = useTranslations('saved')
  const router = useRouter()
  const { session, openSignIn } = useSession()
  useEffect(() => {
    if (session) router.refresh()
  }, [session, router])
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
