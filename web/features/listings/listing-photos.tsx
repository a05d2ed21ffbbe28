import { ImageOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Words } from '@/i18n/words'
import { Gallery, type GalleryPhoto } from './gallery'
import { Photo } from './photo'

/** The column of the listing's page less what is beside it. */
const SIZES =
  '(min-width: 1152px) 688px, (min-width: 1024px) calc(100vw - 464px), (min-width: 640px) calc(100vw - 48px), calc(100vw - 32px)'

/** What the listing's page shows of the thing first: its photos, or room that says that there are none. */
export function ListingPhotos({ photos, title }: { photos: readonly GalleryPhoto[]; title: string }) {
  if (photos.length === 0) return <NoPhotos />
  const slides = photos.map(({ sha256 }, index) => (
    <Photo key={sha256} sha256={sha256} alt="" sizes={SIZES} first={index === 0} className="aspect-4/3 w-full object-cover" />
  ))
  const thumbnails = photos.map(({ sha256 }) => (
    <Photo
      key={sha256}
      sha256={sha256}
      alt=""
      sizes="96px"
      largest={320}
      width={96}
      height={72}
      className="h-18 w-24 object-cover"
    />
  ))
  return (
    <Words of={['listing']}>
      <Gallery photos={photos} title={title} slides={slides} thumbnails={photos.length > 1 ? thumbnails : []} />
    </Words>
  )
}

function NoPhotos() {
  const t = useTranslations('listing')
  return (
    <div className="grid aspect-4/3 place-items-center rounded-3xl bg-sunken text-muted">
      <ImageOff aria-hidden="true" className="size-8" />
      <span className="sr-only">{t('gallery.none')}</span>
    </div>
  )
}
