import { decrypt, encrypt, OVERHEAD } from './aes-gcm.ts'

/**
 * A private value as Postgres holds it, version 1:
 *
 *   1 byte    version
 *   16 bytes  id of the data key
 *   12 bytes  nonce
 *   n bytes   ciphertext of the UTF-8 text
 *   16 bytes  tag
 *
 * The first 17 bytes and the place of the value are authenticated with it: moved to another row, column or table, or with
 * another key named, it does not open.
 */
const VERSION = 1
const HEADER = 1 + 16

/** Where a value belongs. */
export interface Place {
  table: string
  column: string
  /** Primary key of the row; several columns of it are joined by the caller without ambiguity. */
  row: string
}

export interface DataKey {
  /** A UUID. */
  id: string
  bytes: Uint8Array
}

/** What is stored is not what was sealed for this place: altered, moved, cut off, or of a version we do not know. */
export class DamagedValue extends Error {
  constructor({ table, column, row }: Place, reason: string) {
    super(`${table}.${column} of ${row} cannot be opened: ${reason}`)
    this.name = 'DamagedValue'
  }
}

export function sealWith(key: DataKey, place: Place, text: string): Buffer<ArrayBuffer> {
  const header = Buffer.concat([Buffer.of(VERSION), Buffer.from(key.id.replaceAll('-', ''), 'hex')])
  return Buffer.concat([header, encrypt(key.bytes, authenticated(header, place), Buffer.from(text, 'utf8'))])
}

/** @throws DamagedValue */
export function openWith(key: DataKey, place: Place, sealed: Uint8Array): string {
  const header = sealed.subarray(0, HEADER)
  const plain = decrypt(key.bytes, authenticated(header, place), sealed.subarray(HEADER))
  if (!plain) throw new DamagedValue(place, 'it was altered, or sealed for another place')
  const text = plain.toString('utf8')
  plain.fill(0)
  return text
}

/** Id of the data key that a value is under. @throws DamagedValue */
export function keyIdOf(place: Place, sealed: Uint8Array): string {
  if (sealed.length < HEADER + OVERHEAD) throw new DamagedValue(place, 'it is too short')
  if (sealed[0] !== VERSION) throw new DamagedValue(place, `version ${sealed[0]} is unknown`)
  const hex = Buffer.from(sealed.subarray(1, HEADER)).toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** JSON keeps the parts apart: no two places give the same bytes. */
function authenticated(header: Uint8Array, { table, column, row }: Place): Buffer {
  return Buffer.concat([header, Buffer.from(JSON.stringify([table, column, row]), 'utf8')])
}
