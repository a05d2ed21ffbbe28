import type { BundleIn, KeyBundle, KeysOf, PublishKey } from '@fairhold/api/contract/encryption'
import { call } from './client'

/** Keys for private messages. */
export const encryption = {
  keysOf: (address: string) => call<KeysOf>(`/identity/encryption-keys/${address}`),
  publishKey: (body: PublishKey) => call<KeysOf>('/identity/encryption-key', { method: 'PUT', body }),
  bundleOf: (address: string) => call<KeyBundle>(`/identity/key-bundles/${address}`),
  replaceBundle: (address: string, body: BundleIn) => call<void>(`/identity/key-bundles/${address}`, { method: 'PUT', body }),
}
