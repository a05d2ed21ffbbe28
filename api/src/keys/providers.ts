import { createKmsProvider } from './aws-kms-provider.ts'
import { createFileProvider } from './file-provider.ts'
import { createPkcs11Provider } from './pkcs11-provider.ts'
import { KeyError, type KeyProvider, type ProviderName } from './provider.ts'
import type { KeySettings } from './settings.ts'

/** The provider that wraps, and whichever others have settings: their keys can be read while data moves from one to another. */
export interface Providers {
  primary: KeyProvider
  /** @throws KeyError unknown-key for a provider without settings */
  of: (name: ProviderName) => KeyProvider
  close: () => Promise<void>
}

/** Connects to nothing yet: each provider does so when it is first used. */
export function createProviders(settings: KeySettings): Providers {
  const { file, awsKms, pkcs11 } = settings
  const made = new Map<ProviderName, KeyProvider>([['file', createFileProvider(file)]])
  if (awsKms) made.set('aws-kms', createKmsProvider(awsKms))
  if (pkcs11) made.set('pkcs11', createPkcs11Provider(pkcs11))
  return providersOf(made, settings.provider)
}

export function providersOf(made: ReadonlyMap<ProviderName, KeyProvider>, primary: ProviderName): Providers {
  const of = (name: ProviderName): KeyProvider => {
    const provider = made.get(name)
    if (!provider) throw new KeyError('unknown-key', `a data key is wrapped by ${name}, which has no settings here`)
    return provider
  }
  return {
    primary: of(primary),
    of,
    close: async () => {
      for (const provider of made.values()) await provider.close()
    },
  }
}
