'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { discovery } from '@/lib/api/discovery'
import { Button } from '@/ui/button'

/** Takes a listing that is gone off the list. */
export function Forget({ id }: { id: string }) {
  const t = useTranslations('saved')
  const router = useRouter()
  const forget = () =>
    discovery.unsaveListing(id).then(
      () => router.refresh(),
      () => undefined, // it is still there, and can be tried again
    )
  return (
    <Button variant="ghost" size="sm" onClick={forget}>
      {t('listings.forget')}
    </Button>
  )
}
