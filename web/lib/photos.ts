export const photoWidths = [320, 640, 1024, 1600] as const
export type PhotoWidth = (typeof photoWidths)[number]
export type PhotoFormat = 'webp' | 'avif'

/** Address of a photo at one of the widths, and in one of the formats, that the API makes. */
export function photoUrl(sha256: string, width: PhotoWidth, format: PhotoFormat = 'webp'): string {
  return `/v1/media/${sha256}?w=${width}${format === 'webp' ? '' : `&f=${format}`}`
}
