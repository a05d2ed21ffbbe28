import type { Address, Hex } from 'viem'

/** Which key messages to a wallet are encrypted to, as the wallet says it. */
export interface EncryptionKey {
  readonly account: Address
  /** X25519 (RFC 7748), 32 bytes. */
  readonly publicKey: Hex
  /** 1 for the wallet's first key; each later one replaces those before. */
  readonly sequence: number
  /** Unix seconds. */
  readonly signedAt: number
}

export const encryptionKeyTypes = {
  EncryptionKey: [
    { name: 'purpose', type: 'string' },
    { name: 'account', type: 'address' },
    { name: 'publicKey', type: 'bytes32' },
    { name: 'sequence', type: 'uint32' },
    { name: 'signedAt', type: 'uint64' },
  ],
} as const

/** What the wallet reads above the key. */
const PURPOSE = 'Messages to me on Fairhold are encrypted to this X25519 key.'

/**
 * What a wallet signs (EIP-712) to publish its key, so that anybody can check that a key is the wallet's own and not one that a
 * server put in its place.
 */
export function encryptionKeyTypedData({ account, publicKey, sequence, signedAt }: EncryptionKey, chainId: number) {
  return {
    domain: { name: 'Fairhold', version: '1', chainId },
    types: encryptionKeyTypes,
    primaryType: 'EncryptionKey',
    message: { purpose: PURPOSE, account, publicKey, sequence, signedAt: BigInt(signedAt) },
  } as const
}

/** Name of a key within what is encrypted to it (the `kid` of a JWE): a fragment of the wallet's DID. */
export function encryptionKeyId(chainId: number, account: string, sequence: number): string {
  return `did:pkh:eip155:${chainId}:${account.toLowerCase()}#encryption-${sequence}`
}

/**
 * What a wallet signs to make its key: the signature is the secret that the key is derived from. So it must always be the same,
 * and nobody else may ever see it; the words say so.
 */
export function keyDerivationMessage(account: string, sequence: number): string {
  return [
    'Fairhold: unlock my private messages',
    '',
    'Whoever has this signature can read your private messages.',
    'Sign it only on the Fairhold site that you trust. Fairhold never asks for it by mail or chat.',
    'It moves no money, approves nothing, and is sent to nobody.',
    '',
    `Account: ${account.toLowerCase()}`,
    `Key number: ${sequence}`,
  ].join('\n')
}
