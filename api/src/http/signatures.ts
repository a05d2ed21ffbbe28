import type { Address, Hex } from 'viem'
import type { Context } from '../context.ts'

/** Whether `address` signed `hash`, an EIP-712 digest: by its key, or as a contract wallet (ERC-1271, ERC-6492). False too if it cannot be found out. */
export function isSigned({ chain }: Context, { address, hash, signature }: { address: string; hash: Hex; signature: string }): Promise<boolean> {
  return chain.verifyHash({ address: address as Address, hash, signature: signature as Hex }).catch(() => false)
}
