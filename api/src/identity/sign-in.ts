import { SiweMessage } from 'siwe'
import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { isSignedMessage } from '../http/signatures.ts'
import { spendNonce } from './sessions.ts'

const MAX_AGE_MS = 5 * 60 * 1000
const SKEW_MS = 60 * 1000

/**
 * Checks a Sign-In with Ethereum message (ERC-4361) against what *we* are, never against what the client says we are, and its
 * signature, of a key or of a contract wallet (ERC-1271, ERC-6492). Returns the address in lower case.
 * @throws AppError SIGN_IN_REFUSED with the reason. The nonce is used up in any case.
 */
export async function verifySignIn(
  context: Context,
  { message, signature, browser }: { message: string; signature: string; browser: string },
) {
  const siwe = parse(message)
  if (!(await spendNonce(context, siwe.nonce, browser)))
    refuse('The nonce is unknown, used, too old, or another browser asked for it.')
  checkPolicy(context, siwe, Date.now())
  const { address } = siwe
  if (!(await isSignedMessage(context, { address, message, signature })))
    refuse('The message was not signed by the address it names.')
  return address.toLowerCase()
}

function parse(message: string): SiweMessage {
  try {
    return new SiweMessage(message)
  } catch {
    return refuse('The message is not a Sign-In with Ethereum message.')
  }
}

function checkPolicy({ env }: Context, siwe: SiweMessage, now: number): void {
  const site = env.origins.map((origin) => new URL(origin)).find(({ host }) => host === siwe.domain)
  if (site === undefined) return void refuse(`The message is for ${siwe.domain}, not for this site.`)
  if (siwe.scheme && `${siwe.scheme}:` !== site.protocol) refuse('The message names another scheme than this site.')
  if (!URL.canParse(siwe.uri) || new URL(siwe.uri).origin !== site.origin)
    refuse('The message names another address than this site.')
  if (siwe.version !== '1') refuse('The message has an unknown version.')
  if (Number(siwe.chainId) !== env.chainId)
    refuse(`The message is for chain ${siwe.chainId}; this marketplace is on ${env.chainId}.`)
  const issuedAt = Date.parse(siwe.issuedAt ?? '')
  if (!(now - issuedAt < MAX_AGE_MS && issuedAt - now < SKEW_MS)) refuse('The message is too old, or from the future.')
  const expires = Date.parse(siwe.expirationTime ?? '')
  if (!(expires > now)) refuse('The message has expired, or never would.')
  if (siwe.notBefore !== undefined && !(Date.parse(siwe.notBefore) <= now)) refuse('The message is not valid yet.')
}

function refuse(reason: string): never {
  throw new AppError('SIGN_IN_REFUSED', reason)
}
