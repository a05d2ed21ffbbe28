import type { Resolvable } from 'did-resolver'
import { z } from 'zod'
import { checkSignature, SKEW_SECONDS } from '../did/jwt.ts'
import { parseDid } from '../did/parse.ts'
import { TokenRefused } from '../did/refused.ts'
import { bitOf, StatusListUnreadable } from './status-list.ts'
import { type Credential, readCredential, STATUS_LIST_TYPE, type StatusEntry } from './vc.ts'

/** How a credential stands. Refused: it is not what its issuer signed, or the issuer is unknown. */
export type CredentialState = 'valid' | 'not-yet' | 'expired' | 'revoked' | 'refused'
/** Whether it was looked up if it was revoked. None: it has no status. */
export type RevocationCheck = 'checked' | 'not-checked' | 'none'

export interface Checked {
  state: CredentialState
  revocation: RevocationCheck
  /** Why, in words; empty for a valid one that was checked. */
  reason: string
}

export interface CheckOptions {
  resolver: Resolvable
  /** In milliseconds. */
  now: number
  /** The list's credential as text; null where it is not to be had. */
  statusList: (url: string) => Promise<string | null>
}

const SKEW_MS = SKEW_SECONDS * 1000
const subjectShape = z.looseObject({ type: z.literal('BitstringStatusList'), statusPurpose: z.string(), encodedList: z.string() })

/** Checks signature, times and revocation of a credential. */
export async function checkCredential(credential: Credential, options: CheckOptions): Promise<Checked> {
  const revocation = credential.status || credential.otherStatus ? 'not-checked' : 'none'
  const refusal = await refusalOf(credential, options)
  if (refusal !== null) return { state: 'refused', revocation, reason: refusal }
  const { validFrom, validUntil } = credential
  if (validFrom !== null && validFrom > options.now + SKEW_MS)
    return { state: 'not-yet', revocation, reason: 'It is not valid yet.' }
  if (validUntil !== null && validUntil <= options.now - SKEW_MS)
    return { state: 'expired', revocation, reason: 'It has expired.' }
  if (credential.status === null) {
    const reason = credential.otherStatus ? 'It can be revoked in a way that is not known here.' : ''
    return { state: 'valid', revocation, reason }
  }
  return checkStatus(credential, credential.status, options)
}

async function refusalOf({ token, open, issuer }: Credential, { resolver, now }: CheckOptions): Promise<string | null> {
  if (parseDid(issuer) === null) return 'The issuer is not a DID of a method that is known here.'
  try {
    // Times come after: an expired credential is not a forged one.
    await checkSignature(token, open, { iss: issuer, resolver, now, proofPurpose: 'assertionMethod', anyTime: true })
    return null
  } catch (error) {
    if (error instanceof TokenRefused) return error.message
    throw error
  }
}

async function checkStatus(credential: Credential, entry: StatusEntry, options: CheckOptions): Promise<Checked> {
  const unknown = (reason: string): Checked => ({ state: 'valid', revocation: 'not-checked', reason })
  const token = await options.statusList(entry.list)
  if (token === null) return unknown('It could not be looked up whether it was revoked.')
  try {
    const isSet = await statusOf(token, entry, { ...options, issuer: credential.issuer })
    const isRevoked = isSet && (entry.purpose === 'revocation' || entry.purpose === 'suspension')
    return { state: isRevoked ? 'revoked' : 'valid', revocation: 'checked', reason: isRevoked ? 'Its issuer revoked it.' : '' }
  } catch (error) {
    if (error instanceof TokenRefused || error instanceof StatusListUnreadable)
      return unknown(`Its status list is not good: ${error.message}`)
    throw error
  }
}

/** The bit of one place in a status list, if the list is the one named, of the same issuer, in force and about the same thing. */
export async function statusOf(
  token: string,
  entry: StatusEntry,
  { issuer, resolver, now }: Pick<CheckOptions, 'resolver' | 'now'> & { issuer: string },
): Promise<boolean> {
  const list = readCredential(token)
  if (list.issuer !== issuer) throw new TokenRefused('issuer', 'it is of another issuer')
  if (!list.types.includes(STATUS_LIST_TYPE) || list.id !== entry.list) throw new TokenRefused('claims', 'it is another list')
  await checkSignature(token, list.open, { iss: issuer, resolver, now, proofPurpose: 'assertionMethod', anyTime: true })
  if ((list.validFrom ?? 0) > now + SKEW_MS || (list.validUntil ?? now) < now - SKEW_MS)
    throw new TokenRefused('times', 'it is out of date')
  const subject = subjectShape.safeParse(list.claims)
  if (!subject.success || subject.data.statusPurpose !== entry.purpose)
    throw new TokenRefused('claims', 'it is about something else')
  return bitOf(subject.data.encodedList, entry.index)
}
