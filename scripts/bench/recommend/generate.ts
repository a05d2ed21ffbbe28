import type { LikingKind } from '../../../api/src/discovery/rules/taste.ts'
import { type Chance, createChance } from './chance.ts'
import type { History, MarketEvent, MarketItem } from './history.ts'

const DAY = 86_400_000
const CATEGORIES = 10
const TASTES_EACH = 5
const BRANDS_EACH = 9
const WORDS_EACH = 60

export interface Size {
  days: number
  items: number
  users: number
  events: number
  seed: number
}

/** A group of things that the same people like: film cameras, say. */
interface Taste {
  category: string
  brands: readonly string[]
  words: readonly string[]
  price: number
  /** How many people have it, and how much is sold of it. */
  weight: number
}

interface Person {
  id: string
  tastes: { taste: number; weight: number }[]
  activity: number
}

interface Good extends MarketItem {
  taste: number
  appeal: number
  left: number
}

/**
 * A made-up history of a market, for want of a real one. It has what is known of such markets: few things and people have most of
 * the attention (both follow a power law), most things are there once and go when they are sold, people have a few tastes which
 * change over the months, and much of what they look at is only what everybody looks at, or chance. The same seed gives the same history.
 */
export function generateHistory(size: Size): History {
  const chance = createChance(size.seed)
  const tastes = makeTastes(chance)
  const people = makePeople(chance, size.users, tastes)
  const goods = makeGoods(chance, size, tastes)
  const events: MarketEvent[] = []
  const perDay = Math.round(size.events / size.days)
  for (let day = 0; day < size.days; day += 1) {
    if (day % 30 === 29) drift(chance, people, tastes)
    const live = goods.filter((good) => good.from <= (day + 1) * DAY && good.until > day * DAY)
    const shelf = shelve(live, tastes.length)
    for (let k = 0; k < perDay; ) k += session({ chance, day, shelf, people, events })
  }
  events.sort((a, b) => a.at - b.at)
  return { events, items: new Map(goods.map(({ taste, appeal, left, ...item }) => [item.id, item])) }
}

function makeTastes(chance: Chance): Taste[] {
  return Array.from({ length: CATEGORIES * TASTES_EACH }, (_, index) => {
    const category = `category-${Math.floor(index / TASTES_EACH)}`
    const names = (kind: string, of: number, count: number) =>
      chance.some(
        Array.from({ length: of }, (_unused, n) => `${category.at(-1)}${kind}${n}`),
        count,
      )
    return {
      ...{ category, brands: names('brand', BRANDS_EACH, 3), words: names('word', WORDS_EACH, 14) },
      ...{ price: Math.exp(3 + 3 * chance.next()), weight: 1 / (1 + chance.below(CATEGORIES * TASTES_EACH)) },
    }
  })
}

function makePeople(chance: Chance, users: number, tastes: readonly Taste[]): Person[] {
  const weights = tastes.map(({ weight }) => weight)
  return Array.from({ length: users }, (_, index) => ({
    id: `user-${index}`,
    tastes: Array.from({ length: 1 + chance.below(4) }, () => ({ taste: chance.weighted(weights), weight: 0.2 + chance.next() })),
    activity: (1 + chance.below(users)) ** -0.7,
  }))
}

function makeGoods(chance: Chance, { days, items }: Size, tastes: readonly Taste[]): Good[] {
  const weights = tastes.map(({ weight }) => weight)
  return Array.from({ length: items }, (_, index) => {
    const taste = chance.weighted(weights)
    const { category, brands, words, price } = tastes[taste] as Taste
    const brand = chance.next() < 0.75 ? chance.one(brands) : `${category.at(-1)}brand${chance.below(BRANDS_EACH)}`
    const noise = Array.from({ length: 2 }, () => `${category.at(-1)}word${chance.below(WORDS_EACH)}`)
    const from = (chance.next() * days - 10) * DAY
    return {
      id: `item-${index}`,
      ...{ category, brand: chance.next() < 0.15 ? null : brand, price: price * Math.exp(chance.normal() / 3) },
      title: [brand, ...chance.some(words, 3), ...noise].join(' '),
      // Unsold things are taken off after a while.
      ...{ from, until: from + (5 + 40 * chance.next()) * DAY, taste, appeal: Math.exp(1.1 * chance.normal()) },
      left: chance.next() < 0.8 ? 1 : 2 + chance.below(15),
    }
  })
}

/** Half of the people lose a taste and find another in the course of a month. */
function drift(chance: Chance, people: readonly Person[], tastes: readonly Taste[]): void {
  const weights = tastes.map(({ weight }) => weight)
  for (const person of people) {
    if (chance.next() < 0.5) continue
    person.tastes[chance.below(person.tastes.length)] = { taste: chance.weighted(weights), weight: 0.2 + chance.next() }
  }
}

interface Shelf {
  all: readonly Good[]
  byTaste: readonly Good[][]
}

function shelve(live: readonly Good[], tastes: number): Shelf {
  const byTaste: Good[][] = Array.from({ length: tastes }, () => [])
  for (const good of live) byTaste[good.taste]?.push(good)
  return { all: live, byTaste }
}

interface Session {
  chance: Chance
  day: number
  shelf: Shelf
  people: readonly Person[]
  events: MarketEvent[]
}

/** One visit: a few things are looked at, some again, some saved, few bought. Returns how many events that were. */
function session({ chance, day, shelf, people, events }: Session): number {
  const person = people[chance.weighted(people.map(({ activity }) => activity))] as Person
  const began = events.length
  let at = (day + chance.next()) * DAY
  const note = (good: Good, kind: LikingKind) => events.push({ user: person.id, item: good.id, at, kind })
  for (let looks = 1 + chance.below(6); looks > 0; looks -= 1) {
    at += 60_000 * (1 + chance.below(5))
    const found = findSomething(chance, person, shelf)
    if (!found || found.good.from > at || found.good.until < at) continue
    const { good, isTaste } = found
    note(good, 'viewed')
    if (chance.next() < (isTaste ? 0.2 : 0.04)) note(good, 'saved')
    if (chance.next() < (isTaste ? 0.05 : 0.01)) {
      note(good, 'bought')
      good.left -= 1
      if (good.left === 0) good.until = at
    }
  }
  return Math.max(1, events.length - began)
}

/** By taste more often than not, else what everybody sees, or by chance. */
function findSomething(chance: Chance, person: Person, { all, byTaste }: Shelf): { good: Good; isTaste: boolean } | null {
  const how = chance.next()
  if (how < 0.6) {
    const { taste } = person.tastes[chance.weighted(person.tastes.map(({ weight }) => weight))] as Person['tastes'][number]
    const goods = byTaste[taste] ?? []
    if (goods.length === 0) return null
    return { good: goods[chance.weighted(goods.map(({ appeal }) => appeal))] as Good, isTaste: true }
  }
  if (all.length === 0) return null
  const index = how < 0.85 ? chance.weighted(all.map(({ appeal }) => appeal ** 2)) : chance.below(all.length)
  return { good: all[index] as Good, isTaste: false }
}
