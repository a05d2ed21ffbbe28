'use client'

import { ImageOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { photoUrl } from '@/lib/photos'
import { Button } from '@/ui/button'
import Link from '@/ui/link'
import { type SeenListing, seenListings } from './seen-listings'

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
        <Button variant="ghost" size="sm" onClick={clear}>
          {t('seen.clear')}
        </Button>
      </div>
      <ul className="-mx-4 flex gap-3 overflow-x-auto px-4 pb-2 sm:mx-0 sm:px-0">
        {seen.map(({ id, title, photo }) => (
          <li key={id} className="w-32 shrink-0 sm:w-36">
            <Link href={`/listings/${id}`} className="group block rounded-xl">
              <span className="grid aspect-square place-items-center overflow-hidden rounded-xl border border-line bg-sunken text-muted">
                {photo ? (
                  <img
                    src={photoUrl(photo, 320)}
                    alt=""
                    loading="lazy"
                    className="size-full object-cover group-hover:opacity-90"
                  />
                ) : (
                  <ImageOff aria-hidden="true" className="size-5" />
                )}
              </span>
              <span className="mt-1.5 line-clamp-2 text-sm leading-snug">{title}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
