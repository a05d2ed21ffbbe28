import type { DevAccount } from '@fairhold/protocol/dev-accounts'
import { reviewTypedData } from '@fairhold/protocol/eip712/types'
import { reviewCommitment, textHash } from '@fairhold/protocol/reputation/review'
import { type Address, type Hex, zeroAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { Context } from '../../src/context.ts'
import type { SealedReviewIn } from '../../src/reputation/contract.ts'
import { someHash } from './rows.ts'

export interface SignedReview {
  /** What is sent to the api. */
  body: SealedReviewIn
  commitment: Hex
  textHash: Hex
}

/** A review as a person signs it: for this market to publish, and to be sealed on chain. */
export async function signedReview(
  context: Context,
  author: DevAccount,
  { dealId, score = 5, text = 'Pleasant.' }: { dealId: Hex; score?: number; text?: string },
): Promise<SignedReview> {
  const secret = someHash()
  const hash = textHash(text)
  const address = author.address.toLowerCase() as Address
  const commitment = reviewCommitment({ dealId, author: address, score, textHash: hash, secret })
  const sign = (publisher: Address): Promise<Hex> => {
    const typed = reviewTypedData({ dealId, author: address, commitment, publisher }, context.reputationDomain)
    return privateKeyToAccount(author.privateKey).signTypedData(typed)
  }
  const [publishSignature, commitSignature] = [await sign(context.env.publisher), await sign(zeroAddress)]
  return { body: { dealId, score, text, secret, publishSignature, commitSignature }, commitment, textHash: hash }
}
