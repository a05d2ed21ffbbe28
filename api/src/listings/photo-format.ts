export type PhotoFormat = 'jpeg' | 'png' | 'webp' | 'avif'

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const JPEG = Buffer.from([0xff, 0xd8, 0xff])

/**
 * What a file is by its first bytes, whatever its name or type says; null for all that is not taken. Asked before any decoder
 * is, so that none that we do not need (SVG, GIF, PDF, …) ever sees what a stranger sends.
 */
export function formatOf(file: Buffer): PhotoFormat | null {
  if (file.subarray(0, 3).equals(JPEG)) return 'jpeg'
  if (file.subarray(0, 8).equals(PNG)) return 'png'
  if (text(file, 0) === 'RIFF' && text(file, 8) === 'WEBP') return 'webp'
  if (text(file, 4) === 'ftyp' && ['avif', 'avis'].includes(text(file, 8))) return 'avif'
  return null
}

function text(file: Buffer, at: number): string {
  return file.toString('latin1', at, at + 4)
}
