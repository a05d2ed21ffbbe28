import { type Address, type Hex, isAddressEqual, recoverMessageAddress } from 'viem'
import type { Context } from '../context.ts'

interface Signed {
  address: string
  signature: string
}

/**
 * Whether `address` signed `hash`, an EIP-712 digest: by its key, or as a contract wallet (ERC-1271, ERC-6492). The key is
 * tried first, so that an account with delegated code (EIP-7702) can still sign as itself.
 * @throws what viem throws where the chain's node is away and nothing can be said of a contract's signature.
 */
export async function isSigned({ chain }: Context, { address, hash, signature }: Signed & { hash: Hex }): Promise<boolean> {
  return agreed(chain, chain.verifyHash({ address: address as Address, hash, signature: signature as Hex, mode: 'eoa' }))
}

/** How `address` signed a message in words (ERC-191): with its key, or as a contract. Null if it did not. Throws as `isSigned`. */
export async function signerOfMessage(
  { chain }: Context,
  { address, message, signature }: Signed & { message: string },
): Promise<'eoa' | 'contract' | null> {
  const signed = { message, signature: signature as Hex }
  const recovered = await recoverMessageAddress(signed).catch(() => null) // not a signature of a key
  if (recovered && isAddressEqual(recovered, address as Address)) return 'eoa'
  return (await agreed(chain, chain.verifyMessage({ address: address as Address, ...signed }))) ? 'contract' : null
}

/** viem says false, too, when it could not ask the chain: then we do not know. */
async function agreed(chain: Context['chain'], answer: Promise<boolean>): Promise<boolean> {
  if (await answer.catch(() => false)) return true
  await chain.getBlockNumber({ cacheTime: 0 })
  return false
}
