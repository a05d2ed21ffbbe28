'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense } from 'react'
import { Button } from '@/ui/button'
import { useSession } from './session'

/** Only for those who are signed in: nobody else loads it. */
const SignedInMenu = lazy(() => import('./signed-in-menu'))

/** Who is signed in, with the ways to their pages; or the button to sign in. */
export function AccountMenu() {
  const t = useTranslations('frame')
  const { session, openSignIn } = useSession()
  if (!session) return <Button onClick={openSignIn}>{t('signIn')}</Button>
  return (
    <Suspense fallback={<span className="block size-11" />}>
      <SignedInMenu session={session} />
    </Suspense>
  )
}
