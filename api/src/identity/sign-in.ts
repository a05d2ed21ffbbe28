import { SiweMessage } from 'siwe'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { signerOfMessage } from '../http/signatures.ts'
import type { Purpose } from './contract.ts'
import { spendNonce } from './nonces.ts'
import { isStatement } from './statements.ts'

const MAX_AGE_MS = 5 * 60 * 1000
const MAX_LIFE_MS = 60 * 60 * 1000
const SKEW_MS = 60 * 1000

interface Signed {
  message: string
  signature: string
  /** The browser's own secret, from its cookie. */
  browser: string
}

/** What the message must be for: signing in, or something that this account asked for. */
type Expected = { purpose: 'sign-in' } | { purpose: Exclude<Purpose, 'sign-in'>; account: Account }

export interface Signer {
  /** Lower case. */
  address: string
  /** Whether a key signed, or a contract said that it agrees. */
  kind: 'eoa' | 'contract'
}

/**
 * Checks a message of Sign-In with Ethereum (ERC-4361) against what *we* are, never against what the client says we are, and
 * its signature, of a key or of a contract wallet on this chain (ERC-1271, ERC-6492).
 * @throws AppError SIGN_IN_REFUSED with the reason. The nonce is used up in any case.
 */
export async function verifyMessage(
  context: Context,
  { message, signature, browser }: Signed,
  expected: Expected,
): Promise<Signer> {
  const siwe = parse(message)
  const spent = await spendNonce(context, siwe.nonce, browser)
  if (!spent) return refuse('The nonce is unknown, used, too old, or another browser asked for it.')
  if (spent.purpose !== expected.purpose) refuse(`The nonce was given out for another purpose: ${spent.purpose}.`)
  checkPolicy(context, siwe, Date.now())
  checkPurpose(context, siwe, { ...spent, expected })
  const { address } = siwe
  const kind = await signerOfMessage(context, { address, message, signature })
  if (!kind) return refuse('The message was not signed by the address it names.')
  return { address: address.toLowerCase(), kind }
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
  if (expires > now + MAX_LIFE_MS) refuse('The message would be good for more than an hour.')
  if (siwe.notBefore !== undefined && !(Date.parse(siwe.notBefore) <= now)) refuse('The message is not valid yet.')
}

/** The request that we gave out, if the message names one; what changes an account must name it, and say what it is for. */
function checkPurpose(
  context: Context,
  { requestId, statement }: SiweMessage,
  { requestId: given, accountId, expected }: { requestId: string; accountId: string | null; expected: Expected },
): void {
  if (requestId !== undefined && requestId !== given) refuse('The message names another request than the one it answers.')
  if (expected.purpose === 'sign-in') return
  if (accountId !== expected.account.id) refuse('The nonce was given out to another account.')
  if (requestId === undefined) refuse('The message does not name the request that it answers.')
  if (!isStatement(context, expected, statement)) refuse('The message does not say what it is for, in the words that were given.')
}

function refuse(reason: string): never {
  throw new AppError('SIGN_IN_REFUSED', reason)
}
