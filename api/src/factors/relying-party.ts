import { isIP } from 'node:net'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'

/** Who we are to an authenticator (WebAuthn, "relying party"): never taken from the request. */
export interface RelyingParty {
  /** The host that passkeys are bound to. */
  id: string
  /** The site's origins on which these passkeys work. */
  origins: string[]
}

/**
 * The relying party of this market: the host of its first origin. A passkey works on every origin of that host, and browsers
 * make none for an address in numbers.
 * @throws AppError UNAVAILABLE where the market's first origin has no host name
 */
export function relyingPartyOf({ origins }: Pick<Env, 'origins'>): RelyingParty {
  const hosts = origins.map((origin) => ({ origin, host: new URL(origin).hostname }))
  const id = hosts[0]?.host ?? ''
  if (id === '' || isIP(id.replace(/^\[|\]$/g, ''))) {
    throw new AppError('UNAVAILABLE', 'This marketplace is reached by an address in numbers, for which there are no passkeys.')
  }
  return { id, origins: hosts.filter(({ host }) => host === id).map(({ origin }) => origin) }
}
