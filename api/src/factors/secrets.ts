import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../context.ts'

const [NONCE, TAG, KEY] = [12, 16, 32]
const keys = new Map<string, Buffer>()

/** The secret of an account's authenticator app as Postgres holds it: AES-256-GCM, bound to the account. */
export async function sealSecret({ env }: Context, accountId: string, secret: Uint8Array): Promise<Buffer<ArrayBuffer>> {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', keyOf(env.dataDir), nonce).setAAD(Buffer.from(accountId))
  return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
}

/** @throws Error if it was altered, or sealed for another account or under another key */
export async function openSecret({ env }: Context, accountId: string, sealed: Uint8Array): Promise<Buffer> {
  const [nonce, tag] = [sealed.subarray(0, NONCE), sealed.subarray(-TAG)]
  const decipher = createDecipheriv('aes-256-gcm', keyOf(env.dataDir), nonce, { authTagLength: TAG })
  decipher.setAAD(Buffer.from(accountId)).setAuthTag(tag)
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()])
}

/** The market's key for these secrets. Whoever needs it first makes it; of several processes one does, and the others read it. */
function keyOf(dataDir: string): Buffer {
  const known = keys.get(dataDir)
  if (known) return known
  const file = join(dataDir, 'factors.key')
  mkdirSync(dataDir, { recursive: true })
  try {
    writeFileSync(file, randomBytes(KEY), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = readFileSync(file)
  if (key.length !== KEY) throw new Error(`${file} does not hold a key of ${KEY} bytes`)
  keys.set(dataDir, key)
  return key
}
