import { readFileSync } from 'node:fs'
import { type LikingKind, likingKinds } from '../../../api/src/discovery/rules/taste.ts'

/** Somebody looked at, saved or bought something. */
export interface MarketEvent {
  user: string
  item: string
  /** Milliseconds. */
  at: number
  kind: LikingKind
}

/** What is known of an item, and when it was on the market. */
export interface MarketItem {
  id: string
  category: string
  brand: string | null
  title: string
  price: number | null
  from: number
  until: number
}

export interface History {
  /** By time. */
  events: readonly MarketEvent[]
  items: ReadonlyMap<string, MarketItem>
}

/**
 * A history from JSON lines of `user`, `item`, `at` (milliseconds or ISO 8601) and `kind` (viewed, saved or bought), and if there is
 * a second file, of the items: `id`, and whatever is known of `category`, `brand`, `title` and `price`. Without it an item counts as on the
 * market from its first event to the end. @throws Error naming the line that is wrong
 */
export function readHistory(eventsFile: string, itemsFile: string | undefined): History {
  const events = linesOf(eventsFile, eventFrom).toSorted((a, b) => a.at - b.at)
  const known = new Map(
    (itemsFile === undefined ? [] : linesOf(itemsFile, (line) => line)).map((line) => [String(line.id), line]),
  )
  const items = new Map<string, MarketItem>()
  for (const { item, at } of events) {
    if (items.has(item)) continue
    const { category = '', brand = null, title = '', price = null } = known.get(item) ?? {}
    items.set(item, {
      ...{ id: item, category: String(category), brand: brand === null ? null : String(brand), title: String(title) },
      ...{ price: price === null ? null : Number(price), from: at, until: Number.POSITIVE_INFINITY },
    })
  }
  return { events, items }
}

function eventFrom({ user, item, at, kind }: Record<string, unknown>): MarketEvent {
  const time = typeof at === 'number' ? at : Date.parse(String(at))
  const known = likingKinds.find((one) => one === kind)
  if (typeof user !== 'string' || typeof item !== 'string' || Number.isNaN(time) || known === undefined)
    throw new Error('needs user, item, at and kind (viewed, saved or bought)')
  return { user, item, at: time, kind: known }
}

function linesOf<T>(file: string, read: (line: Record<string, unknown>) => T): T[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      return [read(JSON.parse(line) as Record<string, unknown>)]
    } catch (cause) {
      throw new Error(`${file}, line ${index + 1}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    }
  })
}
