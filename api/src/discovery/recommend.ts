import { convert, REFERENCE_WORTH } from '@fairhold/protocol/rate'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { readRates } from '../rates/store.ts'
import { standingsOf } from './cards.ts'
import type { Recommendation } from './contract.ts'
import { candidatesFor, featuresOf, type ListingFacts, likingsOf, loyaltiesAround, popularityOf } from './recommend-rows.ts'
import { type Prepared, prepare } from './rules/likeness.ts'
import { likedTogether } from './rules/people.ts'
import { recommendFrom } from './rules/recommend.ts'

const SHOWN = 12
/** Looked at so often without being saved or bought, a listing is not shown again. */
const TOO_OFTEN = 3

/** What this person may like, each with its reason; nothing for who does not want that. */
export async function recommend(context: Context, account: Account): Promise<Recommendation[]> {
  const liked = await likingsOf(context, account)
  if (liked.length === 0) return []
  const ids = liked.map(({ id }) => id)
  const known = new Set(liked.filter(({ kind, times }) => kind !== 'viewed' || times >= TOO_OFTEN).map(({ id }) => id))
  const together = likedTogether(await loyaltiesAround(context, account, ids), new Set(ids))
  const near = new Set([...together.values()].flatMap((neighbours) => [...neighbours.keys()]))
  const [likedFacts, pool] = await Promise.all([
    featuresOf(context, ids),
    candidatesFor(context, account, { liked: ids, near: [...near] }),
  ])
  const value = await valuer(context)
  const candidates = pool.filter(({ id }) => !known.has(id))
  const recommended = recommendFrom({
    liked,
    likedFeatures: new Map(likedFacts.map((facts) => [facts.id, prepareFacts(facts, value)])),
    together,
    candidates: candidates.map((facts) => prepareFacts(facts, value)),
    popularity: await popularityOf(
      context,
      candidates.map(({ id }) => id),
    ),
    now: Date.now(),
    limit: SHOWN,
  })
  const standing = await standingsOf(
    context,
    recommended.map(({ id }) => id),
  )
  const titles = new Map(likedFacts.map(({ id, title }) => [id, title]))
  return recommended.flatMap(({ id, because, by }): Recommendation[] => {
    const { listing, status } = standing(id)
    const title = titles.get(because.id)
    if (listing === null || status !== 'active' || title === undefined) return []
    return [{ listing, reason: { kind: because.kind, by, title, listingId: because.id } }]
  })
}

function prepareFacts(
  { token, price, ...facts }: ListingFacts,
  value: (token: string, price: string) => number | null,
): Prepared {
  return prepare({ ...facts, worth: value(token, price) })
}

/** Prices in cents, for comparing how far apart they are: that is no money, so it may be a number. */
async function valuer(context: Context): Promise<(token: string, price: string) => number | null> {
  const rates = new Map((await readRates(context)).map(({ asset, worth }) => [asset, worth]))
  const decimals = new Map(context.deployment.tokens.map((token) => [token.address.toLowerCase(), token.decimals]))
  return (token, price) => {
    const [worth, digits] = [rates.get(token), decimals.get(token)]
    if (worth === undefined || digits === undefined) return null
    return Number(convert(BigInt(price), { decimals: digits, worth }, { decimals: 2, worth: REFERENCE_WORTH }))
  }
}
