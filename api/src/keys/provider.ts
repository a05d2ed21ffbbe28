/** What wraps data keys: a file for development, AWS KMS, or a hardware security module that speaks PKCS#11. */
export const providerNames = ['file', 'aws-kms', 'pkcs11'] as const
export type ProviderName = (typeof providerNames)[number]

/** A data key, encrypted under a wrapping key that we do not hold. */
export interface Wrapped {
  wrapped: Uint8Array
  /** Which wrapping key it is under, as the provider names it. */
  wrappingKey: string
}

/**
 * Keeps wrapping keys, and encrypts data keys under them. A data key is bound to its id: wrapped under one id it cannot be
 * unwrapped under another. Every call ends within a few seconds.
 */
export interface KeyProvider {
  readonly name: ProviderName
  /** The wrapping key that new data keys are put under. */
  current: () => Promise<string>
  /** @throws KeyError */
  wrap: (key: Buffer, dataKeyId: string) => Promise<Wrapped>
  /** The data key, in memory of its own, so that it can be overwritten. @throws KeyError */
  unwrap: (wrapped: Wrapped, dataKeyId: string) => Promise<Buffer>
  /** Makes a new wrapping key; only where that is ours to do. A KMS or HSM is told by its administrator. */
  renew?: () => Promise<string>
  /** Destroys the wrapping keys that are neither current nor named. Returns how many. */
  forget?: (inUse: ReadonlySet<string>) => Promise<number>
  close: () => Promise<void>
}

/**
 * What went wrong with a key:
 * - `denied`: the provider knows the key and says that we may not use it
 * - `throttled`: we asked too often
 * - `timeout`, `away`: no answer in time, or none at all
 * - `unknown-key`: the provider has no such key, or it was disabled
 * - `wrong-context`: the key is there, but what it should open was made for another data key, with another key, or was altered
 */
export type KeyFault = 'denied' | 'throttled' | 'timeout' | 'away' | 'unknown-key' | 'wrong-context'

/** Private data can be neither read nor written now. Carries no key and nothing private. */
export class KeyError extends Error {
  readonly fault: KeyFault

  constructor(fault: KeyFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'KeyError'
    this.fault = fault
  }
}

/** Overwrites key material. What the garbage collector moved before is beyond reach; this shortens the time it is there. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0)
}
