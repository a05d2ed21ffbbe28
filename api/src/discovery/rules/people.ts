/** One person likes one listing so much. */
export interface Loyalty {
  readonly person: string
  readonly item: string
  readonly loyalty: number
}

/** Takes away what two or three people like by chance: the more people, the less it matters. Tuned with `npm run bench:recommend`. */
export const SHRINK = 6
/** Who likes very many listings says little about any two of them. */
export const BUSY = 200

/**
 * How much listings are liked by the same people: the cosine of the angle between who likes the one and who likes the other, with
 * `SHRINK` added below. For each of `items`, its neighbours and their value between 0 and 1.
 */
export function likedTogether(loyalties: readonly Loyalty[], items: ReadonlySet<string>): Map<string, Map<string, number>> {
  const byPerson = new Map<string, Loyalty[]>()
  const norms = new Map<string, number>()
  for (const one of loyalties) {
    const list = byPerson.get(one.person)
    if (list) list.push(one)
    else byPerson.set(one.person, [one])
    norms.set(one.item, (norms.get(one.item) ?? 0) + one.loyalty ** 2)
  }
  const together = new Map<string, Map<string, number>>()
  for (const list of byPerson.values()) {
    if (list.length > BUSY) continue
    for (const { item, loyalty } of list) {
      if (!items.has(item)) continue
      const neighbours = together.get(item) ?? new Map<string, number>()
      together.set(item, neighbours)
      for (const other of list)
        if (other.item !== item) neighbours.set(other.item, (neighbours.get(other.item) ?? 0) + loyalty * other.loyalty)
    }
  }
  for (const [item, neighbours] of together)
    for (const [other, product] of neighbours) neighbours.set(other, cosine(product, norms.get(item) ?? 0, norms.get(other) ?? 0))
  return together
}

/** From the sum of products, and the sums of squares of each. */
export function cosine(product: number, one: number, other: number): number {
  return product / (Math.sqrt(one * other) + SHRINK)
}
