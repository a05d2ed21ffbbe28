import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { z } from 'zod'

/** RS256, as every OpenID Connect client understands it. Good beyond the life of what it signs, which is an hour; see rotateKeys. */
const RSA_BITS = 2048
/** Keys that sign no more but are still shown, so that what they signed can be checked, and cookies still be read. */
const KEPT = 2

const text = z.string().min(1)
const jwkShape = z.object({
  kty: z.literal('RSA'),
  kid: text,
  alg: z.literal('RS256'),
  use: z.literal('sig'),
  ...{ n: text, e: text, d: text, p: text, q: text, dp: text, dq: text, qi: text },
})
const keysShape = z.object({
  /** The first signs; the others are shown. */
  signing: z.array(jwkShape).min(1),
  /** The first signs cookies; the others are still taken. */
  cookies: z.array(z.string().min(43)).min(1),
})

/** What the provider signs ID tokens and its cookies with. */
export type OauthKeys = z.infer<typeof keysShape>

/** Where the keys lie: one file that only its owner reads. */
export const keyFileIn = (dataDir: string): string => join(dataDir, 'oauth-keys.json')

/** Reads keys from JSON. Throws, without repeating any of them, if they are not what they should be. */
export function parseKeys(json: string, where: string): OauthKeys {
  try {
    return keysShape.parse(JSON.parse(json))
  } catch {
    throw new Error(`${where} does not hold the keys of the OAuth provider`)
  }
}

/**
 * The keys of this market: from the environment, or from its data, where they are made on the first start. Of processes that
 * start at once all end up with the same ones.
 */
export async function loadKeys({ dataDir, oauthKeys }: { dataDir: string; oauthKeys: string | undefined }): Promise<OauthKeys> {
  if (oauthKeys !== undefined) return parseKeys(oauthKeys, 'OAUTH_KEYS')
  const file = keyFileIn(dataDir)
  const known = read(file)
  if (known !== null) return parseKeys(known, file)
  mkdirSync(dataDir, { recursive: true })
  const draft = await writeDraft(file, { signing: [await newSigningKey()], cookies: [newCookieKey()] })
  try {
    linkSync(draft, file) // fails where another process was first
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return parseKeys(readFileSync(file, 'utf8'), file)
}

/** Puts a new key in front of each kind. What the older ones signed stays good; processes take the new ones at their next start. */
export async function rotateKeys(dataDir: string): Promise<OauthKeys> {
  const file = keyFileIn(dataDir)
  const { signing, cookies } = await loadKeys({ dataDir, oauthKeys: undefined })
  const next = {
    signing: [await newSigningKey(), ...signing].slice(0, 1 + KEPT),
    cookies: [newCookieKey(), ...cookies].slice(0, 1 + KEPT),
  }
  renameSync(await writeDraft(file, next), file)
  return next
}

async function writeDraft(file: string, keys: OauthKeys): Promise<string> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, `${JSON.stringify(keys)}\n`, { mode: 0o600, flag: 'wx' })
  return draft
}

async function newSigningKey(): Promise<OauthKeys['signing'][number]> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: RSA_BITS, extractable: true })
  const kid = randomBytes(8).toString('hex')
  return jwkShape.parse({ ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' })
}

const newCookieKey = (): string => randomBytes(32).toString('base64url')

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
