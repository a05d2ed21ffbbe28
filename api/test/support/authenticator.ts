import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { CreationOptions, RequestOptions } from '../../src/factors/contract.ts'
import { ORIGIN } from './market.ts'
import type { Answer, Visitor } from './visitor.ts'

const [PRESENT, VERIFIED, BACKUP_ELIGIBLE, BACKED_UP, ATTESTED] = [0x01, 0x04, 0x08, 0x10, 0x40]

/** What an honest browser and authenticator would not do. */
export interface Tricks {
  origin?: string
  rpId?: string
  /** Whether the person showed that it is they. */
  verified?: boolean
  /** Whether the person touched the authenticator. */
  present?: boolean
  challenge?: string
  type?: string
  crossOrigin?: boolean
  topOrigin?: string
  /** What the authenticator says it has counted. */
  counter?: number
  userHandle?: string
  /** Signs with another key than the credential's. */
  key?: KeyObject
  /** COSE number of the algorithm that the new key claims to be for. */
  algorithm?: number
}

interface Credential {
  id: Buffer
  key: KeyObject
  publicKey: KeyObject
  userHandle: string
  counter: number
}

/** An authenticator in software, with the browser around it: ES256, attestation "none". It counts unless it is told not to. */
export class Authenticator {
  readonly credentials: Credential[] = []
  readonly #counts: boolean

  constructor({ counts = true }: { counts?: boolean } = {}) {
    this.#counts = counts
  }

  /** Makes a credential for the options (WebAuthn, level 3, section 6.3.2), as RegistrationResponseJSON. */
  create(options: CreationOptions, tricks: Tricks = {}) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const made = { id: randomBytes(32), key: privateKey, publicKey, userHandle: options.user.id, counter: 0 }
    this.credentials.push(made)
    const { x, y } = publicKey.export({ format: 'jwk' })
    const cose = encodeCbor(
      new Map<number, number | Buffer>([
        [1, 2],
        [3, tricks.algorithm ?? -7],
        [-1, 1],
        [-2, Buffer.from(x ?? '', 'base64url')],
        [-3, Buffer.from(y ?? '', 'base64url')],
      ]),
    )
    const length = Buffer.alloc(2)
    length.writeUInt16BE(made.id.length)
    const attested = Buffer.concat([Buffer.alloc(16), length, made.id, cose])
    const authData = Buffer.concat([this.#data(options.rp.id, made, tricks, ATTESTED), attested])
    const object = new Map<string, string | Buffer | Map<string, string>>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ])
    return {
      ...{ id: text(made.id), rawId: text(made.id), type: 'public-key' as const },
      response: {
        clientDataJSON: clientData('webauthn.create', options.challenge, tricks),
        attestationObject: text(encodeCbor(object)),
        transports: ['internal', 'from-the-future'],
      },
    }
  }

  /** Signs for the options (section 6.3.3), as AuthenticationResponseJSON. */
  get(options: RequestOptions, tricks: Tricks = {}, credential = this.#allowed(options)) {
    const data = this.#data(options.rpId, credential, tricks)
    const client = clientData('webauthn.get', options.challenge, tricks)
    const hash = createHash('sha256').update(Buffer.from(client, 'base64url')).digest()
    return {
      ...{ id: text(credential.id), rawId: text(credential.id), type: 'public-key' as const },
      response: {
        clientDataJSON: client,
        authenticatorData: text(data),
        signature: text(sign('sha256', Buffer.concat([data, hash]), tricks.key ?? credential.key)),
        userHandle: tricks.userHandle ?? credential.userHandle,
      },
    }
  }

  #allowed({ allowCredentials }: RequestOptions): Credential {
    const found = this.credentials.find(({ id }) => allowCredentials.some((one) => one.id === text(id)))
    if (!found) throw new Error('none of the credentials is asked for')
    return found
  }

  #data(rpId: string, credential: Credential, tricks: Tricks, more = 0): Buffer {
    const { verified = true, present = true } = tricks
    if (this.#counts) credential.counter += 1
    const flags = (present ? PRESENT : 0) | (verified ? VERIFIED : 0) | BACKUP_ELIGIBLE | BACKED_UP | more
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(tricks.counter ?? credential.counter)
    const rpIdHash = createHash('sha256')
      .update(tricks.rpId ?? rpId)
      .digest()
    return Buffer.concat([rpIdHash, Buffer.of(flags), counter])
  }
}

function clientData(type: string, challenge: string, tricks: Tricks): string {
  const { crossOrigin = false, topOrigin } = tricks
  const data = {
    type: tricks.type ?? type,
    challenge: tricks.challenge ?? challenge,
    origin: tricks.origin ?? ORIGIN,
    crossOrigin,
  }
  return text(Buffer.from(JSON.stringify(topOrigin === undefined ? data : { ...data, topOrigin })))
}

const text = (bytes: Buffer): string => bytes.toString('base64url')

/** As much of CBOR (RFC 8949) as an attestation needs. */
function encodeCbor(value: unknown): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (!(value instanceof Map)) throw new Error(`no CBOR for ${value}`)
  return Buffer.concat([head(5, value.size), ...[...value].flatMap((entry) => entry.map(encodeCbor))])
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.of((major << 5) | length)
  if (length < 256) return Buffer.of((major << 5) | 24, length)
  return Buffer.of((major << 5) | 25, length >> 8, length & 0xff)
}

/** Adds a passkey to the account of a visitor who has just proved themselves. */
export async function addPasskey(
  visitor: Visitor,
  authenticator = new Authenticator(),
  { name = 'Key', ...tricks }: Tricks & { name?: string } = {},
): Promise<Answer> {
  const { body: options } = await visitor.send('POST', '/v1/identity/factors/passkeys/options')
  const response = authenticator.create(options, tricks)
  return visitor.send('POST', '/v1/identity/factors/passkeys', { name, response })
}

/** Proves with a passkey who the visitor is. */
export async function provePasskey(visitor: Visitor, authenticator: Authenticator, tricks: Tricks = {}): Promise<Answer> {
  const { body: options } = await visitor.send('POST', '/v1/identity/proof/passkey/options')
  return visitor.send('POST', '/v1/identity/proof/passkey', { response: authenticator.get(options, tricks) })
}
