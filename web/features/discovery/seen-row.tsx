'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button, ButtonLink } from '@/ui/button'
import { type SeenListing, seenListings } from './seen-listings'
import { SeenTile } from './seen-tile'

const MOST_IN_ROW = 12

/** What was looked at last in this browser. */
export default function SeenRow() {
  const t = useTranslations('market')
  const [seen, setSeen] = useState<SeenListing[]>([])
  useEffect(() => setSeen(seenListings.read()), [])
  if (seen.length === 0) return null
  const clear = () => {
    seenListings.clear()
    setSeen([])
  }
  return (
    <section aria-labelledby="recently-seen" className="border-line border-t pt-6">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <div>
          <h2 id="recently-seen" className="font-semibold text-lg">
            {t('seen.title')}
          </h2>
          <p className="text-muted text-sm">{t('seen.hint')}</p>
        </div>
        <div className="flex flex-wrap items-center gap-1">
          <ButtonLink variant="ghost" size="sm" href="/seen">
            {t('seen.all')}
          </ButtonLink>
          <Button variant="ghost" size="sm" onClick={clear}>
            {t('seen.clear')}
          </Button>
        </div>
      </div>
      <ul className="-mx-4 flex gap-3 overflow-x-auto px-4 pb-2 sm:mx-0 sm:px-0">
        {seen.slice(0, MOST_IN_ROW).map((one) => (
          <li key={one.id} className="w-32 shrink-0 sm:w-36">
            <SeenTile seen={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}
