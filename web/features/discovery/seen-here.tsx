'use client'

import { useLocale, useTimeZone, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useSession } from '@/features/identity/session'
import { dateTime } from '@/lib/format'
import { Alert } from '@/ui/alert'
import { Button, ButtonLink } from '@/ui/button'
import { Skeleton } from '@/ui/skeleton'
import { ForgetAllSeen, ForgetSeen } from './forget-seen'
import { NothingSeen } from './nothing-seen'
import { type SeenListing, seenListings } from './seen-listings'
import { SeenTile } from './seen-tile'

/** What was looked at in this browser, and how to have it on others. Who signs in here sees what is kept for them at once. */
export function SeenHere({ signedIn }: { signedIn: boolean }) {
  const t = useTranslations('saved')
  const locale = useLocale()
  const zone = useTimeZone()
  const { openSignIn } = useSession()
  const [seen, setSeen] = useState<SeenListing[] | null>(null)
  const read = () => setSeen(seenListings.read())
  useEffect(() => setSeen(seenListings.read()), [])
  const action = signedIn ? (
    <ButtonLink size="sm" variant="secondary" href="/settings/data">
      {t('seen.turnOn')}
    </ButtonLink>
  ) : (
    <Button size="sm" variant="secondary" onClick={openSignIn}>
      {t('signIn.action')}
    </Button>
  )
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted text-sm">{t('seen.here')}</p>
        {seen !== null && seen.length > 0 && <ForgetAllSeen kept={false} onForgotten={read} />}
      </div>
      <Alert tone="info" title={t('seen.offer.title')} action={action}>
        {t('seen.offer.text')}
      </Alert>
      {seen === null && <Skeleton className="h-48" />}
      {seen?.length === 0 && <NothingSeen />}
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4 sm:gap-5 lg:grid-cols-6">
        {seen?.map((one) => (
          <li key={one.id} className="flex min-w-0 flex-col gap-1">
            <SeenTile seen={one} />
            <div className="flex items-center justify-between gap-2 text-muted text-xs">
              {dateTime(one.at / 1000, locale, zone)}
              <ForgetSeen id={one.id} title={one.title} kept={false} onForgotten={read} />
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
