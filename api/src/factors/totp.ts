import { createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds for which a code is shown. With SHA-1 and six digits it is what every authenticator app can do. */
export const STEP_SECONDS = 30
const DIGITS = 6
/** How many steps a phone's clock may be off, either way. */
const WINDOW = 1

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The code of one step: HOTP (RFC 4226) of the number of steps since 1970, which makes it TOTP (RFC 6238). */
export function codeAt(secret: Uint8Array, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = mac.readUInt8(mac.length - 1) & 0x0f
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0')
}

/** The step that a moment is in. `now`: milliseconds since 1970. */
export function stepAt(now: number): number {
  return Math.floor(now / 1000 / STEP_SECONDS)
}

/** The step whose code this is, no more than one off from now and after the last that was used; null if it is none. */
export function findStep(secret: Uint8Array, code: string, { now, after }: { now: number; after: number }): number | null {
  const given = Buffer.from(code)
  let found: number | null = null
  for (let step = stepAt(now) - WINDOW; step <= stepAt(now) + WINDOW; step++) {
    const wanted = Buffer.from(codeAt(secret, step))
    const isIt = given.length === wanted.length && timingSafeEqual(given, wanted)
    if (isIt && step > after) found = step
  }
  return found
}

/** As an authenticator app takes it (RFC 4648, without padding). */
export function toBase32(bytes: Uint8Array): string {
  let text = ''
  let [rest, bits] = [0, 0]
  for (const byte of bytes) {
    rest = (rest << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32[(rest >> (bits - 5)) & 31]
    rest &= (1 << bits) - 1
  }
  return bits > 0 ? text + BASE32[(rest << (5 - bits)) & 31] : text
}

/** What the QR code says: the secret, and by what names the app shows it. No colon may stand in `issuer`. */
export function totpUri({ issuer, name, secret }: { issuer: string; name: string; secret: Uint8Array }): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(name)}`
  const query = `secret=${toBase32(secret)}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`
  return `otpauth://totp/${label}?${query}`
}
