'use client'

import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { photoUrl } from '@/lib/api'
import { cx } from '@/ui/cx'

/** The photos of a listing: one large, the others to choose from. */
export function Gallery({ photos, title }: { photos: readonly string[]; title: string }) {
  const [chosen, setChosen] = useState(0)
  const photo = photos[chosen] ?? photos[0]
  if (!photo) {
    return (
      <div className="grid aspect-4/3 place-items-center rounded-3xl bg-sunken text-muted">
        <ImageOff aria-hidden="true" className="size-8" />
        <span className="sr-only">No photos</span>
      </div>
    )
  }
  return (
    <div>
      <img
        src={photoUrl(photo, 1600)}
        srcSet={`${photoUrl(photo, 640)} 640w, ${photoUrl(photo, 1600)} 1600w`}
        sizes="(min-width: 1024px) 640px, 95vw"
        alt={`${title}, ${chosen + 1} of ${photos.length}`}
        width={1600}
        height={1200}
        className="aspect-4/3 w-full rounded-3xl bg-sunken object-cover"
      />
      {photos.length > 1 && (
        <ul className="mt-3 flex gap-2 overflow-x-auto p-1">
          {photos.map((one, index) => (
            <li key={one}>
              <button
                type="button"
                onClick={() => setChosen(index)}
                aria-label={`Show photo ${index + 1}`}
                aria-pressed={index === chosen}
                className={cx(
                  'block overflow-hidden rounded-xl border-2',
                  index === chosen ? 'border-primary' : 'border-transparent',
                )}
              >
                <img src={photoUrl(one, 320)} alt="" width={96} height={72} className="h-18 w-24 object-cover" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
