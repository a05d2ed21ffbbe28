'use client'

import { useTranslations } from 'next-intl'
import type { Listing } from '@/lib/api'
import { shortHex } from '@/lib/format'
import { isolated } from '@/lib/isolated'
import { photoUrl } from '@/lib/photos'
import Link from '@/ui/link'

/** What is bought, in a line: picture, title, seller. */
export function ItemLine({ listing }: { listing: Pick<Listing, 'id' | 'title' | 'photo' | 'seller'> }) {
  const t = useTranslations('checkout')
  const { id, photo, seller, title } = listing
  return (
    <div className="flex items-center gap-4">
      {photo && <img src={photoUrl(photo, 320)} alt="" width={72} height={72} className="size-18 rounded-xl object-cover" />}
      <div className="min-w-0">
        <Link href={`/listings/${id}`} className="block break-words font-semibold underline-offset-4 hover:underline">
          <bdi>{title}</bdi>
        </Link>
        <p className="text-muted text-sm">{t('soldBy', { name: isolated(seller.name) || shortHex(seller.address) })}</p>
      </div>
    </div>
  )
}
