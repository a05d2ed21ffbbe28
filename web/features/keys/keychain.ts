import type { KeyBundle, KeysOf, PublishKey } from '@fairhold/api/contract/encryption'
import { encryptionKeyId, encryptionKeyTypedData, keyDerivationMessage } from '@fairhold/protocol/identity/encryption-key'
import { type Address, bytesToHex, type Hex } from 'viem'
import { type Bundle, type FormerSecret, openFormer, parseBundle, sealFormer, unwrap, wrap } from './bundle.ts'
import { isSameSignature, secretFrom } from './derive.ts'
import type { Opener } from './jwe.ts'
import { type DeviceKey, type KeyStore, prefixOf } from './key-store.ts'
import { ecdhOf, publicKeyOf, storeSecret } from './x25519.ts'

/** The wallet, as far as keys need it. */
export interface KeyWallet {
  account: Address
  chainId: number
  signMessage: (message: string) => Promise<Hex>
  signTypedData: (data: ReturnType<typeof encryptionKeyTypedData>) => Promise<Hex>
  /** Whether a contract signs for the account: its signatures are no secrets that could be made again. */
  isContract: () => Promise<boolean>
}

/** The market, as far as keys need it. */
export interface KeyApi {
  keysOf: (address: string) => Promise<KeysOf>
  publishKey: (body: PublishKey) => Promise<KeysOf>
  bundleOf: (address: string) => Promise<KeyBundle>
}

export interface KeychainOptions {
  wallet: KeyWallet
  api: KeyApi
  store: KeyStore
  /** Asks the person for the passphrase of their keys: a new one, or the one they have. Rejects if they say no. */
  passphrase: (kind: 'new' | 'known') => Promise<string>
  /** Milliseconds. */
  now: () => number
}

/** Makes the wallet's first key, publishes it and puts it on this device. */
export async function createKey(options: KeychainOptions): Promise<KeysOf> {
  const { current, next } = await options.api.keysOf(options.wallet.account)
  if (current) throw new KeyExists('the wallet has a key')
  return makeKey(options, next, [])
}

/** Puts the keys that the wallet has on this device. @throws KeyDiffers where the wallet does not make its key again */
export async function openKeys(options: KeychainOptions): Promise<void> {
  const { secret, sequence, bundle } = await currentSecret(options)
  const former = await openFormer(bundle, await openerOf(options.wallet, sequence, secret))
  await keep(options, [...former, { sequence, secret }])
}

/** Makes a new key. What was encrypted to those before stays readable, here and on every device that gets the new one. */
export async function rotateKey(options: KeychainOptions): Promise<KeysOf> {
  const { secret, sequence, bundle } = await currentSecret(options)
  const former = await openFormer(bundle, await openerOf(options.wallet, sequence, secret))
  const { next } = await options.api.keysOf(options.wallet.account)
  return makeKey(options, next, [...former, { sequence, secret }])
}

/** The keys on this device, as what opens messages. */
export async function openersOn(store: KeyStore, wallet: Pick<KeyWallet, 'chainId' | 'account'>): Promise<Opener[]> {
  const keys = await store.ofWallet(prefixOf(wallet))
  return keys.map(({ kid, secret }) => ({ kid, ecdh: ecdhOf(secret) }))
}

async function makeKey(options: KeychainOptions, sequence: number, former: readonly FormerSecret[]): Promise<KeysOf> {
  const { wallet, api, now } = options
  const kid = encryptionKeyId(wallet.chainId, wallet.account, sequence)
  const derived = await derivedSecret(wallet, sequence)
  const secret = derived ?? crypto.getRandomValues(new Uint8Array(32))
  const wrapped = derived ? null : await wrap(secret, await options.passphrase('new'), kid)
  const key = await publicKeyOf(secret)
  const bundle: Bundle = { version: 1, wrapped, former: await sealFormer(former, { kid, publicKey: key }) }
  const statement = { account: wallet.account, publicKey: bytesToHex(key), sequence, signedAt: Math.floor(now() / 1000) }
  const signature = await wallet.signTypedData(encryptionKeyTypedData(statement, wallet.chainId))
  const { publicKey, signedAt } = statement
  const origin = derived ? 'signature' : 'random'
  const body = {
    address: wallet.account,
    publicKey,
    sequence,
    origin,
    signedAt,
    signature,
    bundle: JSON.stringify(bundle),
  } as const
  const published = await api.publishKey(body)
  await keep(options, [...former, { sequence, secret }])
  return published
}

/** The secret that follows from the wallet's signature; null for a wallet that does not sign the same twice. */
async function derivedSecret(wallet: KeyWallet, sequence: number): Promise<Uint8Array | null> {
  if (await wallet.isContract()) return null
  const message = keyDerivationMessage(wallet.account, sequence)
  const first = await wallet.signMessage(message)
  const second = await wallet.signMessage(message)
  return isSameSignature(first, second) ? secretFrom(first, { account: wallet.account, sequence }) : null
}

/** The current key's secret, by the wallet or by the passphrase, and whether it is the one that was published. */
async function currentSecret({ wallet, api, passphrase }: KeychainOptions) {
  const { current } = await api.keysOf(wallet.account)
  if (!current) throw new KeyDiffers('the wallet has no key')
  const { sequence, origin } = current
  const bundle = parseBundle((await api.bundleOf(wallet.account)).bundle)
  const kid = encryptionKeyId(wallet.chainId, wallet.account, sequence)
  const secret = bundle.wrapped
    ? await unwrap(bundle.wrapped, await passphrase('known'), kid)
    : await secretFrom(await wallet.signMessage(keyDerivationMessage(wallet.account, sequence)), {
        account: wallet.account,
        sequence,
      })
  if (bytesToHex(await publicKeyOf(secret)) !== current.publicKey) throw new KeyDiffers(`the ${origin} gives another key`)
  return { secret, sequence, bundle }
}

async function openerOf(wallet: KeyWallet, sequence: number, secret: Uint8Array): Promise<Opener> {
  return { kid: encryptionKeyId(wallet.chainId, wallet.account, sequence), ecdh: ecdhOf(await storeSecret(secret)) }
}

async function keep({ store, wallet }: KeychainOptions, secrets: readonly FormerSecret[]): Promise<void> {
  const keys: DeviceKey[] = []
  for (const { sequence, secret } of secrets) {
    keys.push({ kid: encryptionKeyId(wallet.chainId, wallet.account, sequence), sequence, secret: await storeSecret(secret) })
  }
  await store.put(keys)
}

/** The wallet has a key already: another device made it. */
export class KeyExists extends Error {
  override readonly name = 'KeyExists'
}

/** The wallet does not make the key that it published. */
export class KeyDiffers extends Error {
  override readonly name = 'KeyDiffers'
}
