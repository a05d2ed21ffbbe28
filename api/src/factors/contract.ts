import { z } from 'zod'
import { nameShape } from '../http/shapes.ts'

/** How many passkeys an account may have. */
export const MAX_PASSKEYS = 10

const base64url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/, 'must be base64url')
export const credentialIdShape = base64url(1400) // of at most 1023 bytes (WebAuthn)
const transports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const

/** The names that people give to their keys. */
export const passkeyNameShape = nameShape.trim().min(1, 'give a name').max(60, 'keep the name to 60 characters')
export const passkeyRenameShape = z.object({ name: passkeyNameShape })

const credential = { id: credentialIdShape, rawId: credentialIdShape, type: z.literal('public-key') }

/** What a browser makes of a new passkey (RegistrationResponseJSON of WebAuthn); what we do not need is left out. */
export const newPasskeyShape = z.object({
  name: passkeyNameShape,
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url(4_000),
      attestationObject: base64url(20_000),
      transports: z.array(z.string().max(40)).max(20).optional(),
    }),
  }),
})
export type NewPasskey = z.infer<typeof newPasskeyShape>

/** What a browser answers for a passkey (AuthenticationResponseJSON of WebAuthn). */
export const assertionShape = z.object({
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url(4_000),
      authenticatorData: base64url(4_000),
      signature: base64url(2_000),
      userHandle: base64url(200).nullish(),
    }),
  }),
})
export type Assertion = z.infer<typeof assertionShape>['response']

/** The transports that we know of those that a browser names. */
export function knownTransports(given: readonly string[] = []): string[] {
  return transports.filter((one) => given.includes(one))
}

const challenge = { challenge: z.string(), timeout: z.number(), rpId: z.string() }
const descriptor = z.object({ id: z.string(), type: z.literal('public-key'), transports: z.array(z.enum(transports)) })

/** PublicKeyCredentialCreationOptionsJSON of WebAuthn. */
export const creationOptionsShape = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: challenge.challenge,
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number().int() })),
  timeout: challenge.timeout,
  excludeCredentials: z.array(descriptor),
  authenticatorSelection: z.object({
    residentKey: z.literal('preferred'),
    requireResidentKey: z.literal(false),
    userVerification: z.literal('required'),
  }),
  attestation: z.literal('none'),
})
export type CreationOptions = z.infer<typeof creationOptionsShape>

/** PublicKeyCredentialRequestOptionsJSON of WebAuthn. */
export const requestOptionsShape = z.object({
  ...challenge,
  allowCredentials: z.array(descriptor),
  userVerification: z.literal('required'),
})
export type RequestOptions = z.infer<typeof requestOptionsShape>

export const passkeyShape = z.object({
  id: z.string(),
  name: z.string(),
  /** Whether more than one device keeps it. */
  synced: z.boolean(),
  /** ISO 8601. */
  createdAt: z.string(),
  /** ISO 8601; null if never. */
  usedAt: z.string().nullable(),
})
export type Passkey = z.infer<typeof passkeyShape>

export const factorsShape = z.object({
  passkeys: z.array(passkeyShape),
  /** The authenticator app; null where there is none. ISO 8601, both. */
  app: z.object({ createdAt: z.string(), usedAt: z.string().nullable() }).nullable(),
  /** How many recovery codes have not been used. */
  recoveryCodesLeft: z.number().int(),
})
export type Factors = z.infer<typeof factorsShape>

/** For an authenticator app: to be typed in, and as the QR code says it. */
export const enrolmentShape = z.object({ secret: z.string(), uri: z.string() })
export type Enrolment = z.infer<typeof enrolmentShape>

/** Six digits; people may put a space in the middle, as their app does. */
export const codeShape = z.object({
  code: z
    .string()
    .max(20)
    .transform((text) => text.replaceAll(/\s/g, ''))
    .pipe(z.string().regex(/^[0-9]{6}$/, 'must be the six digits that the app shows')),
})

/** 16 letters and digits; lines and spaces between them do not matter, nor does case. */
export const recoveryCodeShape = z.object({
  code: z
    .string()
    .max(60)
    .transform((text) => text.replaceAll(/[\s-]/g, '').toLowerCase())
    .pipe(z.string().regex(/^[0-9a-z]{16}$/, 'must be one of your recovery codes: 16 letters and digits')),
})
export const recoveryCodesShape = z.object({ codes: z.array(z.string()) })
export type RecoveryCodes = z.infer<typeof recoveryCodesShape>
