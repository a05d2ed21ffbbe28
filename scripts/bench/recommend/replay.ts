import { LIKINGS, PEOPLE, POOL } from '../../../api/src/discovery/recommend-rows.ts'
import { type Prepared, prepare } from '../../../api/src/discovery/rules/likeness.ts'
import { CROWD, type Loyalty, likedTogether } from '../../../api/src/discovery/rules/people.ts'
import { recommendFrom } from '../../../api/src/discovery/rules/recommend.ts'
import { type Liking, likingKinds, loyaltyOf } from '../../../api/src/discovery/rules/taste.ts'
import type { History, MarketEvent } from './history.ts'

const DAY = 86_400_000
const AT_ONCE = 10

/** Who likes what, as far as it is known at a moment. Grows as the history is replayed. */
class Known {
  readonly byUser = new Map<string, Map<string, Liking>>()
  readonly byItem = new Map<string, Set<string>>()

  add({ user, item, at, kind }: MarketEvent): void {
    const likings = this.byUser.get(user) ?? new Map<string, Liking>()
    this.byUser.set(user, likings)
    const before = likings.get(item)
    const strongest = Math.max(likingKinds.indexOf(kind), before ? likingKinds.indexOf(before.kind) : 0)
    const times = (before?.times ?? 0) + (kind === 'viewed' ? 1 : 0)
    likings.set(item, { id: item, kind: likingKinds[strongest] ?? kind, at, times: Math.max(1, times) })
    const people = this.byItem.get(item) ?? new Set<string>()
    this.byItem.set(item, people.add(user))
  }

  /** Of the person, the newest first: as many as the api looks at. */
  likingsOf(user: string): Liking[] {
    return [...(this.byUser.get(user)?.values() ?? [])].sort((a, b) => b.at - a.at).slice(0, LIKINGS)
  }

  /** What those like who like any of these items. */
  loyaltiesAround(items: readonly string[]): Loyalty[] {
    const people = new Set(items.flatMap((item) => [...(this.byItem.get(item) ?? [])]))
    return [...people]
      .slice(-PEOPLE)
      .flatMap((person) =>
        [...(this.byUser.get(person)?.values() ?? [])].map((liking) => ({ person, item: liking.id, loyalty: loyaltyOf(liking) })),
      )
  }
}

/** One question of the replay: what will this person look at, of what is there and new to them? */
interface Question {
  user: string
  now: number
  /** On the market, and nothing that the person has touched. */
  live: readonly Prepared[]
  known: Known
  /** Events of the weeks before, for baselines. */
  recent: readonly MarketEvent[]
}

export type Recommender = (question: Question) => string[]

/** What the market does: api/src/discovery/rules. */
export const ours: Recommender = ({ user, now, live, known, recent }) => {
  const liked = known.likingsOf(user)
  const ids = liked.map(({ id }) => id)
  const together = likedTogether(known.loyaltiesAround(ids), new Set(ids))
  const near = new Set([...together.values()].flatMap((neighbours) => [...neighbours.keys()]))
  const features = new Map(
    liked.flatMap(({ id }) => (featuresById.has(id) ? [[id, featuresById.get(id) as Prepared] as const] : [])),
  )
  const categories = new Set([...features.values()].map(({ category }) => category))
  let room = POOL
  const candidates = live.filter((one) => near.has(one.id) || (categories.has(one.category) && room-- > 0))
  const popularity = new Map([...popularityIn(recent, now - 7 * DAY)].filter(([, people]) => people >= CROWD))
  const input = { liked, likedFeatures: features, together, candidates, popularity, now, limit: AT_ONCE }
  return recommendFrom(input).map(({ id }) => id)
}

/** What most people looked at, saved or bought in the last days. */
export const popular =
  (days: number): Recommender =>
  ({ now, live, recent }) => {
    const people = popularityIn(recent, now - days * DAY)
    const count = (id: string) => people.get(id) ?? 0
    return [...live]
      .sort((a, b) => count(b.id) - count(a.id) || (a.id < b.id ? -1 : 1))
      .slice(0, AT_ONCE)
      .map(({ id }) => id)
  }

const counted = new Map<string, Map<string, number>>()

/** By how many people each item was looked at since then. Everybody who is asked about on one morning shares the answer. */
function popularityIn(recent: readonly MarketEvent[], since: number): Map<string, number> {
  const key = `${recent.length} ${recent[0]?.at} ${since}`
  const before = counted.get(key)
  if (before) return before
  const people = new Map<string, Set<string>>()
  for (const { item, user, at } of recent) if (at >= since) people.set(item, (people.get(item) ?? new Set()).add(user))
  const made = new Map([...people].map(([item, users]) => [item, users.size]))
  counted.set(key, made)
  return made
}

let featuresById: Map<string, Prepared> = new Map()

export interface Score {
  name: string
  /** Of what the person went on to look at, the part that was among the ten; mean over questions. */
  recall: number
  /** Of questions, the part where at least one was. */
  hits: number
  /** Of all that was on the market, the part that was recommended to anybody. */
  coverage: number
  questions: number
}

export interface ReplayOptions {
  /** The last days of the history, each asked about. */
  days: number
  /** So many people a day at most, spread over all who come. */
  peopleADay: number
}

/** Goes through the history, and asks each recommender in the morning what each person will look at that day. */
export function replay(
  { events, items }: History,
  recommenders: ReadonlyMap<string, Recommender>,
  options: ReplayOptions,
): Score[] {
  featuresById = new Map(
    [...items.values()].map(({ id, category, brand, title, price }) => [
      id,
      prepare({ id, category, brand, title, worth: price }),
    ]),
  )
  const last = events.at(-1)?.at ?? 0
  const first = Math.floor(last / DAY) * DAY - options.days * DAY
  const known = new Known()
  const tallies = new Map([...recommenders.keys()].map((name) => [name, { recall: 0, hits: 0, shown: new Set<string>() }]))
  let [next, questions] = [0, 0]
  const everLive = new Set<string>()
  for (let now = first; now < last; now += DAY) {
    while (next < events.length && (events[next]?.at ?? 0) < now) known.add(events[next++] as MarketEvent)
    const today = events.slice(next).filter(({ at }) => at < now + DAY)
    const live = [...items.values()].filter(({ from, until }) => from <= now && until > now).sort((a, b) => b.from - a.from)
    for (const { id } of live) everLive.add(id)
    const recent = events.slice(0, next).filter(({ at }) => at >= now - 30 * DAY)
    for (const [user, wanted] of wantedBy(today, { known, live: new Set(live.map(({ id }) => id)) }).slice(
      0,
      options.peopleADay,
    )) {
      questions += 1
      const mine = known.byUser.get(user)
      const fresh = live.flatMap(({ id }) => (mine?.has(id) ? [] : [featuresById.get(id) as Prepared]))
      for (const [name, recommender] of recommenders) {
        const tally = tallies.get(name)
        const recommended = recommender({ user, now, live: fresh, known, recent })
        const right = recommended.filter((id) => wanted.has(id)).length
        if (!tally) continue
        tally.recall += right / Math.min(AT_ONCE, wanted.size)
        tally.hits += right > 0 ? 1 : 0
        for (const id of recommended) tally.shown.add(id)
      }
    }
  }
  return [...tallies].map(([name, { recall, hits, shown }]) => ({
    ...{ name, recall: recall / questions, hits: hits / questions, coverage: shown.size / everLive.size, questions },
  }))
}

/** For each person who was here before, what they look at today that is new to them and was there this morning. */
function wantedBy(
  today: readonly MarketEvent[],
  { known, live }: { known: Known; live: ReadonlySet<string> },
): [string, Set<string>][] {
  const wanted = new Map<string, Set<string>>()
  for (const { user, item } of today) {
    const mine = known.byUser.get(user)
    if (!mine || mine.has(item) || !live.has(item)) continue
    wanted.set(user, (wanted.get(user) ?? new Set()).add(item))
  }
  return [...wanted]
}
