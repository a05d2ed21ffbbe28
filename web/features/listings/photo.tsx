import { type PhotoFormat, type PhotoWidth, photoUrl, photoWidths } from '@/lib/photos'

const srcSet = (sha256: string, format: PhotoFormat, largest: PhotoWidth): string =>
  photoWidths
    .filter((width) => width <= largest)
    .map((width) => `${photoUrl(sha256, width, format)} ${width}w`)
    .join(', ')

/** A photo in whichever of AVIF and WebP the browser takes, as large as the page shows it. */
export function Photo({
  sha256,
  alt,
  sizes,
  className,
  eager = false,
  largest = 1600,
  width = 1600,
  height = 1200,
}: {
  sha256: string
  alt: string
  /** As of the `sizes` attribute: how wide the page shows it. */
  sizes: string
  className?: string
  eager?: boolean
  largest?: PhotoWidth
  width?: number
  height?: number
}) {
  return (
    <picture>
      <source type="image/avif" srcSet={srcSet(sha256, 'avif', largest)} sizes={sizes} />
      <img
        src={photoUrl(sha256, 640)}
        srcSet={srcSet(sha256, 'webp', largest)}
        sizes={sizes}
        alt={alt}
        width={width}
        height={height}
        loading={eager ? 'eager' : 'lazy'}
        fetchPriority={eager ? 'high' : 'auto'}
        decoding="async"
        className={className}
      />
    </picture>
  )
}
