import { preload } from 'react-dom'
import { type PhotoFormat, type PhotoWidth, photoUrl, photoWidths } from '@/lib/photos'

const srcSet = (sha256: string, format: PhotoFormat, largest: PhotoWidth): string =>
  photoWidths
    .filter((width) => width <= largest)
    .map((width) => `${photoUrl(sha256, width, format)} ${width}w`)
    .join(', ')

interface PhotoProps {
  sha256: string
  alt: string
  /** As of the `sizes` attribute: how wide the page shows it. A pixel too many may fetch twice as large a file. */
  sizes: string
  className?: string
  /** In view when the page opens. */
  eager?: boolean
  /** One that the page is waited for: it is asked for before anything else, and painted together with the words around it. */
  first?: boolean
  largest?: PhotoWidth
  width?: number
  height?: number
}

/** A photo in whichever of AVIF and WebP the browser takes, as large as the page shows it. */
export function Photo({ sha256, alt, sizes, className, eager, first, largest = 1600, width = 1600, height = 1200 }: PhotoProps) {
  const avif = srcSet(sha256, 'avif', largest)
  // React asks ahead for pictures by itself, but not for those in a <picture>, of which it cannot know which one will be taken.
  if (first) preload('', { as: 'image', type: 'image/avif', imageSrcSet: avif, imageSizes: sizes, fetchPriority: 'high' })
  return (
    <picture>
      <source type="image/avif" srcSet={avif} sizes={sizes} />
      <img
        src={photoUrl(sha256, 640)}
        srcSet={srcSet(sha256, 'webp', largest)}
        sizes={sizes}
        alt={alt}
        width={width}
        height={height}
        loading={first || eager ? 'eager' : 'lazy'}
        fetchPriority={first ? 'high' : undefined}
        decoding={first ? 'sync' : 'async'}
        className={className}
      />
    </picture>
  )
}
