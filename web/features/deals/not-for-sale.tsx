'use client'

import { useTranslations } from 'next-intl'
import type { Listing } from '@/lib/api'
import { Alert } from '@/ui/alert'
import Link from '@/ui/link'

export type NotForSaleProps = { why: 'token' | 'gone'; listing: Pick<Listing, 'status'> }

/** Why a listing cannot be bought, and where to go instead. */
export default function NotForSale({ why, listing: { status } }: NotForSaleProps) {
  const t = useTranslations('buy')
  if (why === 'token') return <Alert tone="warning" title={t('unknownToken')} />
  const reason = status === 'active' ? 'sold' : status
  const action = (
    <Link href="/" className="font-medium underline underline-offset-4">
      {t('browse')}
    </Link>
  )
  return (
    <Alert tone="neutral" title={t(`gone.${reason}.title`)} action={action}>
      {t(`gone.${reason}.text`)}
    </Alert>
  )
}
