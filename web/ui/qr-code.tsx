import { useMemo } from 'react'
import { encode } from 'uqr'

const MUCH = 500 // bytes, above which finer cells cost more than correction gives
const QUIET = 4 // modules around it that ISO/IEC 18004 asks for

/** What a QR code holds at most, in bytes (version 40, least correction). */
export const QR_MAX_BYTES = 2_953

type QrCodeProps = { text: string; label: string; className?: string }

/** A QR code, dark on white in every theme: cameras want that. `label` says what it is to who cannot see it. */
export function QrCode({ text, label, className }: QrCodeProps) {
  const { size, path } = useMemo(() => {
    const { data, size } = encode(text, { ecc: text.length > MUCH ? 'L' : 'M', border: QUIET })
    const cells = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    return { size, path: cells.join('') }
  }, [text])
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" className={className}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
