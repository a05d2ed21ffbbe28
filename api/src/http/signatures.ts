import { type Address, type Hex, hashMessage } from 'viem'
import type { Context } from '../context.ts'
import { signerOf } from './recover.ts'

interface Signed {
  address: string
  signature: string
}

/**
 * Whether `address` signed `hash`, an EIP-712 digest: by its key, or as a contract wallet (ERC-1271, ERC-6492). The key is
 * tried first, so that an account with delegated code (EIP-7702) can still sign as itself.
 * @throws what viem throws where the chain's node is away and nothing can be said of a contract's signature.
 */
export async function isSigned(context: Context, signed: Signed & { hash: Hex }): Promise<boolean> {
  return (await kindOf(context, signed)) !== null
}

/** How `address` signed a message in words (ERC-191): with its key, or as a contract. Null if it did not. Throws as `isSigned`. */
export function signerOfMessage(
  context: Context,
  { message, ...signed }: Signed & { message: string },
): Promise<'eoa' | 'contract' | null> {
  return kindOf(context, { ...signed, hash: hashMessage(message) })
}

async function kindOf({ chain }: Context, { address, hash, signature }: Signed & { hash: Hex }) {
  if (signerOf(hash, signature as Hex) === address.toLowerCase()) return 'eoa'
  const asked = chain.verifyHash({ address: address as Address, hash, signature: signature as Hex })
  return (await agreed(chain, asked)) ? 'contract' : null
}

/** viem says false, too, when it could not ask the chain: then we do not know. */
async function agreed(chain: Context['chain'], answer: Promise<boolean>): Promise<boolean> {
  if (await answer.catch(() => false)) return true
  await chain.getBlockNumber({ cacheTime: 0 })
  return false
}
