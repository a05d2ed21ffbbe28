import type { KMSClient } from '@aws-sdk/client-kms'
import { KeyError, type KeyFault, type KeyProvider } from './provider.ts'
import type { KmsSettings } from './settings.ts'

const CONNECT_MS = 1_000
const REQUEST_MS = 2_000
/** All tries of one call together. */
const CALL_MS = 5_000
const TRIES = 3

/** Errors by the name that KMS, or the SDK, gives them. */
const faults: Record<string, KeyFault> = {
  AccessDeniedException: 'denied',
  CredentialsProviderError: 'denied',
  ExpiredTokenException: 'denied',
  InvalidSignatureException: 'denied',
  KMSInvalidSignatureException: 'denied',
  UnrecognizedClientException: 'denied',
  ThrottlingException: 'throttled',
  LimitExceededException: 'throttled',
  TooManyRequestsException: 'throttled',
  AbortError: 'timeout',
  TimeoutError: 'timeout',
  DependencyTimeoutException: 'timeout',
  DisabledException: 'unknown-key',
  KMSInvalidStateException: 'unknown-key',
  NotFoundException: 'unknown-key',
  IncorrectKeyException: 'wrong-context',
  InvalidCiphertextException: 'wrong-context',
}

export interface KmsOptions extends KmsSettings {
  /** Milliseconds after which a call is given up. */
  callMs?: number
}

/**
 * Wraps data keys with AWS KMS. The id of the data key is in the encryption context, which KMS authenticates and writes to
 * CloudTrail. Only keys that are named in the settings are used, whatever stands in the database.
 */
export function createKmsProvider({ region, keys, endpoint, callMs = CALL_MS }: KmsOptions): KeyProvider {
  const [current = ''] = keys
  let client: Promise<KMSClient> | undefined
  const connect = async (): Promise<KMSClient> => {
    const { KMSClient: Client } = await import('@aws-sdk/client-kms') // slow to load, and not needed everywhere
    const requestHandler = { connectionTimeout: CONNECT_MS, requestTimeout: REQUEST_MS, throwOnRequestTimeout: true }
    return new Client({ region, maxAttempts: TRIES, requestHandler, ...(endpoint ? { endpoint } : {}) })
  }
  const ask = async <T>(what: string, call: (kms: KMSClient, abortSignal: AbortSignal) => Promise<T>): Promise<T> => {
    client ??= connect()
    try {
      return await call(await client, AbortSignal.timeout(callMs))
    } catch (cause) {
      throw asKeyError(what, cause)
    }
  }
  return {
    name: 'aws-kms',
    current: async () => current,
    wrap: async (key, dataKeyId) => {
      const { EncryptCommand } = await import('@aws-sdk/client-kms')
      const command = new EncryptCommand({ KeyId: current, Plaintext: key, EncryptionContext: contextOf(dataKeyId) })
      const { CiphertextBlob } = await ask('encrypt', (kms, abortSignal) => kms.send(command, { abortSignal }))
      if (!CiphertextBlob) throw new KeyError('away', 'KMS answered without a ciphertext')
      return { wrapped: CiphertextBlob, wrappingKey: current }
    },
    unwrap: async ({ wrapped, wrappingKey }, dataKeyId) => {
      if (!keys.includes(wrappingKey)) throw new KeyError('unknown-key', `${wrappingKey} is not among AWS_KMS_KEYS`)
      const { DecryptCommand } = await import('@aws-sdk/client-kms')
      const command = new DecryptCommand({ KeyId: wrappingKey, CiphertextBlob: wrapped, EncryptionContext: contextOf(dataKeyId) })
      const { Plaintext } = await ask('decrypt', (kms, abortSignal) => kms.send(command, { abortSignal }))
      if (!Plaintext) throw new KeyError('away', 'KMS answered without a key')
      const key = Buffer.from(Plaintext)
      Plaintext.fill(0)
      return key
    },
    close: async () => (await client)?.destroy(),
  }
}

function contextOf(dataKeyId: string): Record<string, string> {
  return { application: 'fairhold', purpose: 'data-key', id: dataKeyId }
}

function asKeyError(what: string, cause: unknown): KeyError {
  if (cause instanceof KeyError) return cause
  const name = cause instanceof Error ? cause.name : 'Error'
  return new KeyError(faults[name] ?? 'away', `KMS did not ${what}: ${name}`, { cause })
}
