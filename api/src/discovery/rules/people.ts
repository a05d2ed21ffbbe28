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
 * So many people at least have to like both, or it counts for nothing. Somebody could look at a thing that nobody else knows of, get
 * one person to look at it too, and be shown what that person looked at. `npm run bench:recommend` says what it costs.
 */
export const CROWD = 5

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
  const together = new Map<string, Map<string, { product: number; people: number }>>()
  for (const list of byPerson.values()) {
    if (list.length > BUSY) continue
    for (const { item, loyalty } of list) {
      if (!items.has(item)) continue
      const neighbours = together.get(item) ?? new Map<string, { product: number; people: number }>()
      together.set(item, neighbours)
      for (const other of list) if (other.item !== item) addTo(neighbours, other.item, loyalty * other.loyalty)
    }
  }
  const normOf = (item: string) => norms.get(item) ?? 0
  return new Map(
    [...together].map(([item, neighbours]) => {
      const crowds = [...neighbours].filter(([, { people }]) => people >= CROWD)
      return [item, new Map(crowds.map(([other, { product }]) => [other, cosine(product, normOf(item), normOf(other))]))]
    }),
  )
}

function addTo(neighbours: Map<string, { product: number; people: number }>, item: string, product: number): void {
  const known = neighbours.get(item)
  neighbours.set(item, { product: (known?.product ?? 0) + product, people: (known?.people ?? 0) + 1 })
}

/** From the sum of products, and the sums of squares of each. */
export function cosine(product: number, one: number, other: number): number {
  return product / (Math.sqrt(one * other) + SHRINK)
}
