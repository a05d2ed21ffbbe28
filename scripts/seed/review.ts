import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { textHash } from '@fairhold/protocol/text'
import type { Hex } from 'viem'
import type { Call } from './chain.ts'
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
 * Lets both sides of ended deals review each other: sealed with the api, committed on chain, then revealed. Returns how many
 * are readable in the end.
 */
export async function reviewDeals(market: Market, ended: readonly Scene[]): Promise<number> {
  const all = ended.flatMap(opinionsOf)
  const unsaid = await without(market, all, () => true)
  await market.chain.mine(await Promise.all(unsaid.map((opinion) => sealed(market, opinion))))
  await Promise.all(ended.map(({ id }) => market.dealWhen(id, ({ reviews }) => reviews.length === 2)))
  const closed = await without(market, all, ({ isRevealed }) => isRevealed)
  // The relayer reveals too, and may be quicker: then ours is refused, which is as well.
  await market.chain.mine(
    closed.map((opinion) => revealed(market, opinion)),
    true,
  )
  await Promise.all(ended.map(({ id }) => market.dealWhen(id, ({ reviews }) => reviews.every(({ score }) => score !== null))))
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

/** The opinions that are not on chain yet, or are there but not as `asked`. */
async function without(
  market: Market,
  opinions: readonly Opinion[],
  asked: (found: { isRevealed: boolean }) => boolean,
): Promise<Opinion[]> {
  const there = await Promise.all(
    opinions.map(async ({ scene, author }) => {
      const { reviews } = await market.dealWhen(scene.id, () => true)
      const mine = reviews.find((review) => review.author === people[author].account.address.toLowerCase())
      return mine !== undefined && asked({ isRevealed: mine.score !== null })
    }),
  )
  return opinions.filter((_, index) => !there[index])
}

async function sealed(market: Market, { scene, author, review, secret }: Opinion): Promise<Call> {
  const body = { dealId: scene.id, ...review, secret }
  const { commitment } = await market.callerOf(author).send<{ commitment: Hex }>('POST', '/v1/reputation/reviews', body)
  return { by: people[author], to: market.reputation, abi: reputationAbi, name: 'commit', args: [scene.terms, commitment] }
}

function revealed(market: Market, { scene, author, review, secret }: Opinion): Call {
  const args = [scene.id, people[author].account.address, review.score, textHash(review.text), secret]
  return { by: people[author], to: market.reputation, abi: reputationAbi, name: 'reveal', args }
}
