import { ImageOff } from 'lucide-react'
import { photoUrl } from '@/lib/photos'
import Link from '@/ui/link'
import type { SeenListing } from './seen-listings'

/** A listing as it was when it was looked at. */
export function SeenTile({ seen: { id, title, photo } }: { seen: SeenListing }) {
  return (
    <Link href={`/listings/${id}`} className="group block rounded-xl">
      <span className="grid aspect-square place-items-center overflow-hidden rounded-xl border border-line bg-sunken text-muted">
        {photo ? (
          <img src={photoUrl(photo, 320)} alt="" loading="lazy" className="size-full object-cover group-hover:opacity-90" />
        ) : (
          <ImageOff aria-hidden="true" className="size-5" />
        )}
      </span>
      <span className="mt-1.5 line-clamp-2 text-sm leading-snug" dir="auto">
        {title}
      </span>
    </Link>
  )
}
