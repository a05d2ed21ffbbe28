import { gunzipSync, gzipSync } from 'node:zlib'

/** Places in one list: the least that hides who of them is meant (Bitstring Status List 1.0, 16 KiB). */
export const LIST_SIZE = 131_072
const MAX_BYTES = 2 * 1024 * 1024
const MAX_TEXT = 512 * 1024

/** The bits of a status list, all 0 but those at `places`, as Bitstring Status List 1.0 encodes them: gzip, base64url, multibase. */
export function encodeStatusList(places: Iterable<number>, size = LIST_SIZE): string {
  const bits = Buffer.alloc(size / 8)
  for (const place of places) {
    if (!Number.isInteger(place) || place < 0 || place >= size) throw new RangeError(`a list of ${size} has no place ${place}`)
    const at = place >> 3
    bits[at] = (bits[at] ?? 0) | (0x80 >> (place & 7)) // the first bit is the leftmost
  }
  return `u${gzipSync(bits).toString('base64url')}`
}

/** Whether the bit at a place is set. @throws StatusListUnreadable for a list that is no such thing, or has no such place. */
export function bitOf(encodedList: string, place: number): boolean {
  if (!/^u[A-Za-z0-9_-]+$/.test(encodedList) || encodedList.length > MAX_TEXT)
    throw new StatusListUnreadable('it is not multibase base64url')
  const bits = unpack(Buffer.from(encodedList.slice(1), 'base64url'))
  const byte = bits[place >> 3]
  if (bits.length * 8 < LIST_SIZE) throw new StatusListUnreadable('it is shorter than the least')
  if (byte === undefined) throw new StatusListUnreadable(`it has no place ${place}`)
  return (byte & (0x80 >> (place & 7))) !== 0
}

/** Within bounds: a few kilobytes can unpack to gigabytes. */
function unpack(packed: Buffer): Buffer {
  try {
    return gunzipSync(packed, { maxOutputLength: MAX_BYTES })
  } catch (cause) {
    throw new StatusListUnreadable('it cannot be unpacked, or is too large', { cause })
  }
}

/** A status list says nothing. */
export class StatusListUnreadable extends Error {
  override readonly name = 'StatusListUnreadable'
}
