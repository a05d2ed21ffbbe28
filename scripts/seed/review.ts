import { reviewTypedData } from '@fairhold/protocol/eip712/types'
import { reviewCommitment } from '@fairhold/protocol/reputation/review'
import { textHash } from '@fairhold/protocol/text'
import { type Address, type Hex, zeroAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { SeedReview } from './history.ts'
import type { Market } from './market.ts'
import { type PersonName, people } from './people.ts'
import type { Scene } from './scene.ts'

interface Opinion {
  scene: Scene
  author: PersonName
  review: SeedReview
  secret: Hex
}

/**
 * Lets both sides of ended deals review each other: signed and sealed with the api, then published by the worker. Returns how
 * many are readable in the end.
 */
export async function reviewDeals(market: Market, ended: readonly Scene[]): Promise<number> {
  const all = ended.flatMap(opinionsOf)
  await Promise.all(all.map((opinion) => seal(market, opinion)))
  const isPublic = ({ reviews }: { reviews: readonly { sealed: boolean }[] }) =>
    reviews.length === 2 && reviews.every(({ sealed }) => !sealed)
  await Promise.all(ended.map(({ id }) => market.dealWhen(id, isPublic)))
  return all.length
}

function opinionsOf(scene: Scene): Opinion[] {
  const { reviews, buyer } = scene.story
  if (!reviews) return []
  const opinion = (author: PersonName, review: SeedReview): Opinion => ({
    scene,
    author,
    review,
    secret: textHash(`demo market: what ${author} thinks of deal ${scene.id}`),
  })
  return [opinion(buyer, reviews.buyer), opinion(scene.seller, reviews.seller)]
}

/** Signs a review and hands it in, unless its author did so before. */
async function seal(market: Market, { scene, author, review, secret }: Opinion): Promise<void> {
  const account = privateKeyToAccount(people[author].account.privateKey)
  const { reviews } = await market.dealWhen(scene.id, () => true)
  if (reviews.some((one) => one.author === account.address.toLowerCase())) return
  const opening = { dealId: scene.id, author: account.address, score: review.score, textHash: textHash(review.text), secret }
  const commitment = reviewCommitment(opening)
  const domain = { chainId: market.config.chainId, reputation: market.reputation }
  const sign = (publisher: Address): Promise<Hex> =>
    account.signTypedData(reviewTypedData({ dealId: scene.id, author: account.address, commitment, publisher }, domain))
  const [publishSignature, commitSignature] = [await sign(market.config.publisher as Address), await sign(zeroAddress)]
  const body = { dealId: scene.id, ...review, secret, publishSignature, commitSignature }
  await market.callerOf(author).send('POST', '/v1/reputation/reviews', body)
}
