import type { KeysOf, PublishedKey } from '@fairhold/api/contract/encryption'
import { encryptionKeyId, encryptionKeyTypedData } from '@fairhold/protocol/identity/encryption-key'
import { type Address, type Hex, hexToBytes } from 'viem'
import type { Recipient } from './jwe.ts'

/** Whether an account signed typed data: by its key, or as a contract wallet. viem's `verifyTypedData` of a public client. */
export type VerifyTypedData = (
  given: ReturnType<typeof encryptionKeyTypedData> & { address: Address; signature: Hex },
) => Promise<boolean>

/**
 * Whom to encrypt to, to reach a wallet; null if it has no key. The key's signature is checked here, so that the market cannot
 * put a key of its own in its place. @throws KeyNotSigned
 */
export async function recipientFor(
  keys: KeysOf,
  address: string,
  chainId: number,
  verify: VerifyTypedData,
): Promise<Recipient | null> {
  const { current } = keys
  if (!current) return null
  if (!(await isOwnKey(current, address, chainId, verify))) throw new KeyNotSigned(`the key of ${address} is not signed by it`)
  return { kid: encryptionKeyId(chainId, address, current.sequence), publicKey: hexToBytes(current.publicKey as Hex) }
}

async function isOwnKey(key: PublishedKey, address: string, chainId: number, verify: VerifyTypedData): Promise<boolean> {
  if (key.address !== address.toLowerCase() || key.chain !== `eip155:${chainId}`) return false
  const { publicKey, sequence, signedAt } = key
  const statement = { account: address as Address, publicKey: publicKey as Hex, sequence, signedAt }
  const signed = { address: address as Address, signature: key.signature as Hex }
  return verify({ ...encryptionKeyTypedData(statement, chainId), ...signed })
}

/** A key that its wallet did not sign is not used. */
export class KeyNotSigned extends Error {
  override readonly name = 'KeyNotSigned'
}
