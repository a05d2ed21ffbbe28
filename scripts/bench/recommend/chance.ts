/** Numbers that look random and are the same for the same seed. */
export interface Chance {
  /** From 0 to below 1. */
  next: () => number
  /** A whole number from 0 to below `most`. */
  below: (most: number) => number
  /** Around 0, most of them within 1 (standard normal). */
  normal: () => number
  one: <T>(of: readonly T[]) => T
  /** Some of these, none twice. */
  some: <T>(of: readonly T[], count: number) => T[]
  /** The index of a weight, as often as the weight says. */
  weighted: (weights: readonly number[]) => number
}

/** mulberry32, which is enough for a market. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (most: number): number => Math.floor(next() * most)
  const some = <T>(of: readonly T[], count: number): T[] => {
    const left = [...of]
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(below(left.length), 1)[0] as T)
  }
  return {
    ...{ next, below, some },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    one: (of) => of[below(of.length)] as (typeof of)[number],
    weighted: (weights) => {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0)
      const index = weights.findIndex((weight) => {
        left -= weight
        return left < 0
      })
      return index === -1 ? weights.length - 1 : index
    },
  }
}
