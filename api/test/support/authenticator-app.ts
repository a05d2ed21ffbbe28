import { codeAt, stepAt } from '../../src/factors/totp.ts'
import type { Answer, Visitor } from './visitor.ts'

/** Adds an authenticator app to the account of a visitor who has just proved themselves; returns its secret. `off`: steps from now. */
export async function addApp(visitor: Visitor, off = 0): Promise<Buffer> {
  const { body } = await visitor.send('POST', '/v1/identity/factors/app')
  const secret = fromBase32(body.secret)
  const code = codeAt(secret, stepAt(Date.now()) + off)
  const answer = await visitor.send('POST', '/v1/identity/factors/app/confirmation', { code })
  if (answer.status !== 201) throw new Error(`could not add the app: ${JSON.stringify(answer.body)}`)
  return secret
}

/** Proves with the code that the app shows, so many steps from now, who the visitor is. */
export function proveCode(visitor: Visitor, secret: Uint8Array, off = 0): Promise<Answer> {
  return visitor.send('POST', '/v1/identity/proof/totp', { code: codeAt(secret, stepAt(Date.now()) + off) })
}

/** Reads what an authenticator app is given to type in. */
export function fromBase32(text: string): Buffer {
  const bits = [...text].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
