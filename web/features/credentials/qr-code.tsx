import { encode } from 'uqr'

/** What a QR code holds at most, in bytes (version 40, least correction). */
export const QR_MAX_BYTES = 2_953
const QUIET = 4 // modules of white around it, as the standard wants

/** A text as a QR code, drawn sharp at any size; dark on white also on dark pages, as cameras expect. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'L', border: 0 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  const side = size + 2 * QUIET
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
      shapeRendering="crispEdges"
      className="h-auto w-full rounded-xl bg-white text-black"
    >
      <path d={path} fill="currentColor" />
    </svg>
  )
}
