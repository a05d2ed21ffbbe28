import type { Context } from '../context.ts'
import { placeOf } from '../keys/columns.ts'

/** The secret of an account's authenticator app as Postgres holds it: sealed, and bound to the account. @throws KeyError */
export function sealSecret({ keys }: Context, accountId: string, secret: Uint8Array): Promise<Buffer<ArrayBuffer>> {
  return keys.seal(placeOf('totp', 'secret_sealed', accountId), Buffer.from(secret).toString('base64'))
}

/** @throws KeyError while the keys cannot be had, DamagedValue if it was altered, or sealed for another account */
export async function openSecret({ keys }: Context, accountId: string, sealed: Uint8Array): Promise<Buffer> {
  return Buffer.from(await keys.open(placeOf('totp', 'secret_sealed', accountId), sealed), 'base64')
}
