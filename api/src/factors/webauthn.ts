import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { spendChallenge, type Use } from './challenges.ts'
import type { Assertion, NewPasskey } from './contract.ts'
import type { Signed } from './factors.ts'
import { relyingPartyOf } from './relying-party.ts'

/** COSE: Ed25519, ES256, RS256. */
export const ALGORITHMS = [-8, -7, -257]
const LARGEST_COUNTER = 2 ** 32 - 1

/** Of what the browser says that it asked the authenticator; all of it is signed. */
const clientDataShape = z.object({
  type: z.enum(['webauthn.create', 'webauthn.get']),
  challenge: z.string(),
  crossOrigin: z.boolean().optional(),
  topOrigin: z.string().optional(),
})

/**
 * Checks a new passkey by WebAuthn (level 3, section 7.1), with what we are by configuration. Who makes it must have been verified
 * by the authenticator. Nothing is asked about the make of the authenticator.
 * @throws AppError PROOF_REFUSED. The challenge is used up in any case.
 */
export async function verifyNewPasskey(context: Context, account: Signed, response: NewPasskey['response']) {
  const expected = await expect(context, response.response.clientDataJSON, useOf(account, 'add'))
  const { verified, registrationInfo: made } = await judged(
    verifyRegistrationResponse({
      ...expected,
      response: { ...response, clientExtensionResults: {}, response: { ...response.response, transports: [] } },
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  )
  if (!verified || !made.userVerified) return refuse()
  const { id, publicKey, counter } = made.credential
  return { id, publicKey: Uint8Array.from(publicKey), counter: BigInt(counter), synced: made.credentialBackedUp }
}

/**
 * Checks that one of the account's passkeys signed (section 7.2), and keeps its counter. An authenticator that counts must have
 * counted on: one that did not may have been copied.
 * @throws AppError PROOF_REFUSED. The challenge is used up in any case.
 */
export async function verifyPasskey(context: Context, account: Signed, response: Assertion): Promise<void> {
  const expected = await expect(context, response.response.clientDataJSON, useOf(account, 'prove'))
  const known = await context.db.passkey.findFirst({ where: { id: response.id, accountId: account.id } })
  if (!known) return refuse('Your account has no such passkey.')
  const { userHandle, ...signed } = response.response
  if (userHandle && !Buffer.from(userHandle, 'base64url').equals(handleOf(account.id))) return refuse()
  const { verified, authenticationInfo: info } = await judged(
    verifyAuthenticationResponse({
      ...expected,
      response: { ...response, clientExtensionResults: {}, response: signed },
      credential: { id: known.id, publicKey: Uint8Array.from(known.publicKey), counter: Number(known.counter) },
      requireUserVerification: true,
    }),
  )
  if (!verified || !info.userVerified) return refuse()
  await countOn(context, { id: known.id, accountId: account.id, counter: info.newCounter, synced: info.credentialBackedUp })
}

/** Of two answers with the same count only one is taken, also at once. */
async function countOn(
  { db }: Context,
  made: { id: string; accountId: string; counter: number; synced: boolean },
): Promise<void> {
  const { id, accountId, counter, synced } = made
  if (counter > LARGEST_COUNTER) refuse()
  const counted = await db.$executeRaw`
    UPDATE app.passkey SET counter = ${counter}, synced = ${synced}, used_at = now()
    WHERE id = ${id} AND account_id = ${accountId}::uuid AND (counter < ${counter} OR (counter = 0 AND ${counter} = 0))`
  if (counted === 0) refuse('The passkey has been removed, or used meanwhile.')
}

/** What the answer must have been given to: a challenge of ours for this use, and us. */
async function expect(context: Context, clientData: string, use: Use) {
  const { challenge, crossOrigin, topOrigin } = parse(clientData)
  if (!(await spendChallenge(context, challenge, use)))
    return refuse('It was not asked for in this session, or too long ago, or it was used before.')
  // The library lets frames of other sites through if the browser does not say whose they are.
  if (crossOrigin || topOrigin !== undefined) return refuse('It was made inside the page of another site.')
  const { id, origins } = relyingPartyOf(context.env)
  return { expectedChallenge: challenge, expectedOrigin: origins, expectedRPID: id }
}

function parse(clientData: string): z.infer<typeof clientDataShape> {
  try {
    return clientDataShape.parse(JSON.parse(Buffer.from(clientData, 'base64url').toString('utf8')))
  } catch {
    return refuse()
  }
}

/** The account as authenticators know it: nothing but its id, which tells them nothing. */
export function handleOf(accountId: string): Buffer {
  return Buffer.from(accountId.replaceAll('-', ''), 'hex')
}

function useOf({ id: accountId, session }: Signed, purpose: Use['purpose']): Use {
  return { accountId, sessionId: session.id, purpose }
}

/** The library throws for everything that is not right; what it says is of no use to the person. */
async function judged<T>(work: Promise<T>): Promise<T> {
  return work.catch(() => refuse())
}

function refuse(reason = 'What the passkey answered does not fit.'): never {
  throw new AppError('PROOF_REFUSED', reason)
}
