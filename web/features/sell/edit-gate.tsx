'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useSession } from '@/features/identity/session'
import type { Listing } from '@/lib/api'
import { Alert } from '@/ui/alert'
import { Button, ButtonLink } from '@/ui/button'

/** Shows the form to the seller alone, and says what an edit is worth. */
export function EditGate({ listing, children }: { listing: Listing; children: ReactNode }) {
  const t = useTranslations('sell')
  const { session, openSignIn } = useSession()
  if (!session?.wallets.includes(listing.seller.address)) {
    const action = session ? undefined : (
      <Button size="sm" onClick={openSignIn}>
        {t('prompt.action')}
      </Button>
    )
    return (
      <Alert tone="warning" title={t('edit.notYours.title')} action={action}>
        {t('edit.notYours.text')}
      </Alert>
    )
  }
  if (listing.replacedBy) {
    const action = (
      <ButtonLink href={`/listings/${listing.replacedBy}/edit`} size="sm">
        {t('edit.replaced.action')}
      </ButtonLink>
    )
    return (
      <Alert tone="warning" title={t('edit.replaced.title')} action={action}>
        {t('edit.replaced.text')}
      </Alert>
    )
  }
  return (
    <>
      {listing.free > 0 && (
        <Alert tone="info" title={t('edit.note.title')} className="mb-6">
          {t('edit.note.text')}
        </Alert>
      )}
      {listing.content.v === 1 && (
        <Alert tone="info" className="mb-6">
          {t('edit.v1', { place: listing.content.place, shipsTo: listing.content.shipsTo })}
        </Alert>
      )}
      {children}
    </>
  )
}
