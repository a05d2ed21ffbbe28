/** A stream of numbers that is the same for the same seed, on every machine. */
export type Random = {
  /** From 0 up to, but not including, 1. */
  next: () => number
  /** A whole number from `low` to `high`, both included. */
  int: (low: number, high: number) => number
  /** True once in a while: with probability `share`. */
  chance: (share: number) => boolean
  /** One of the elements. @throws RangeError if there is none. */
  pick: <T>(from: readonly T[]) => T
  /** `0x` and that many random bytes. */
  hex: (bytes: number) => `0x${string}`
  /** A whole number below 2^bits. */
  big: (bits: number) => bigint
}

/** Random numbers by sfc32, seeded with four different hashes of the text. Good enough to draw tests, useless for secrets. */
export function createRandom(seed: string): Random {
  let a = hashOf(seed, 0x811c9dc5)
  let b = hashOf(seed, 0x9e3779b9)
  let c = hashOf(seed, 0x85ebca6b)
  let counter = 1
  const word = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let k = 0; k < 12; k += 1) word() // similar seeds give similar first words

  const next = (): number => word() / 2 ** 32
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  const hex = (bytes: number): `0x${string}` => {
    let digits = ''
    while (digits.length < bytes * 2) digits += word().toString(16).padStart(8, '0')
    return `0x${digits.slice(0, bytes * 2)}`
  }
  return {
    ...{ next, int, hex },
    chance: (share) => next() < share,
    pick: (from) => {
      const one = from[int(0, from.length - 1)]
      if (one === undefined) throw new RangeError('nothing to pick from')
      return one
    },
    big: (bits) => BigInt(hex(Math.ceil(bits / 8))) & ((1n << BigInt(bits)) - 1n),
  }
}

/** FNV-1a with a start value of one's own. */
function hashOf(text: string, start: number): number {
  let hash = start
  for (let k = 0; k < text.length; k += 1) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193)
  return hash | 0
}
