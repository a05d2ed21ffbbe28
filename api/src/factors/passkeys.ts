import { generateAuthenticationOptions, generateRegistrationOptions } from '@simplewebauthn/server'
import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { CHALLENGE_MS, issueChallenge } from './challenges.ts'
import { type CreationOptions, knownTransports, MAX_PASSKEYS, type NewPasskey, type RequestOptions } from './contract.ts'
import { addFactor, removeFactor, type Signed } from './factors.ts'
import { relyingPartyOf } from './relying-party.ts'
import { ALGORITHMS, handleOf, verifyNewPasskey } from './webauthn.ts'

const NAME = 'Fairhold'

/** What a browser needs to make a passkey. Those that the account has already are not made twice. */
export async function creationOptions(context: Context, account: Signed): Promise<CreationOptions> {
  const { id: accountId, session } = account
  const { id: rpID } = relyingPartyOf(context.env)
  const [known, person] = await Promise.all([
    descriptorsOf(context, accountId),
    context.db.account.findUnique({ where: { id: accountId }, select: { name: true } }),
  ])
  if (known.length >= MAX_PASSKEYS) throw tooMany()
  const options = await generateRegistrationOptions({
    ...{ rpName: NAME, rpID, userID: Uint8Array.from(handleOf(accountId)), userName: account.address },
    userDisplayName: person?.name ?? '',
    challenge: Uint8Array.from(
      Buffer.from(await issueChallenge(context, { accountId, sessionId: session.id, purpose: 'add' }), 'base64url'),
    ),
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    excludeCredentials: known,
    supportedAlgorithmIDs: ALGORITHMS,
  })
  return options as CreationOptions
}

/** What a browser needs to use one of the account's passkeys. @throws AppError PROOF_REFUSED where it has none */
export async function requestOptions(context: Context, { id: accountId, session }: Signed): Promise<RequestOptions> {
  const allowCredentials = await descriptorsOf(context, accountId)
  if (allowCredentials.length === 0) throw new AppError('PROOF_REFUSED', 'Your account has no passkey.')
  const challenge = await issueChallenge(context, { accountId, sessionId: session.id, purpose: 'prove' })
  const options = await generateAuthenticationOptions({
    rpID: relyingPartyOf(context.env).id,
    challenge: Uint8Array.from(Buffer.from(challenge, 'base64url')),
    timeout: CHALLENGE_MS,
    userVerification: 'required',
    allowCredentials,
  })
  return options as RequestOptions
}

/** Checks a new passkey and keeps it. @throws AppError PROOF_REFUSED, ALREADY_THERE, FORBIDDEN */
export async function addPasskey(context: Context, account: Signed, { name, response }: NewPasskey): Promise<void> {
  const made = await verifyNewPasskey(context, account, response)
  await addFactor(context, account, 'passkey', async (tx) => {
    if ((await tx.passkey.count({ where: { accountId: account.id } })) >= MAX_PASSKEYS) throw tooMany()
    const { count } = await tx.passkey.createMany({
      data: { ...made, accountId: account.id, name, transports: knownTransports(response.response.transports) },
      skipDuplicates: true,
    })
    if (count === 0) throw new AppError('ALREADY_THERE', 'This passkey is known already.')
  })
}

/** @throws AppError NOT_FOUND for a passkey that is not the account's own */
export async function renamePasskey({ db }: Context, { id: accountId }: Signed, id: string, name: string): Promise<void> {
  const { count } = await db.passkey.updateMany({ where: { id, accountId }, data: { name } })
  if (count === 0) throw new AppError('NOT_FOUND', 'You have no such passkey.')
}

/** @throws AppError NOT_FOUND for a passkey that is not the account's own */
export async function removePasskey(context: Context, account: Signed, id: string): Promise<void> {
  await removeFactor(context, account, 'passkey', async (tx) => {
    const { count } = await tx.passkey.deleteMany({ where: { id, accountId: account.id } })
    if (count === 0) throw new AppError('NOT_FOUND', 'You have no such passkey.')
  })
}

async function descriptorsOf({ db }: Context, accountId: string) {
  const rows = await db.passkey.findMany({ where: { accountId }, select: { id: true, transports: true } })
  return rows.map(({ id, transports }) => ({ id, transports }))
}

function tooMany(): AppError {
  return new AppError('FORBIDDEN', `An account has at most ${MAX_PASSKEYS} passkeys. Remove one that you do not use.`)
}
