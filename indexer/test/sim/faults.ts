import type { Random } from './random.ts'

/** What can go wrong with a whole HTTP request. */
export const transportFaults = ['status429', 'status503', 'garbage', 'cut', 'hang', 'slow', 'shuffle'] as const
/** What can be wrong with the answer to one call. */
export const callFaults = ['rateLimited', 'lag', 'stale'] as const
/** What can be wrong with a list of logs. */
export const logFaults = [
  'empty',
  'dropBlock',
  'dropOne',
  'truncate',
  'duplicate',
  'reorder',
  'stray',
  'removed',
  'fork',
] as const
/** Those of them that leave logs out. */
export const hidingFaults: readonly FaultKind[] = ['empty', 'dropBlock', 'dropOne', 'truncate']
/** What can go wrong when a new head is announced. */
export const socketFaults = ['silent', 'repeat', 'old', 'forked', 'disconnect', 'noise'] as const

export type FaultKind = (typeof transportFaults | typeof callFaults | typeof logFaults | typeof socketFaults)[number]

export type FaultPlan = {
  /** Which faults this server has. */
  kinds: readonly FaultKind[]
  /** Share of the occasions at which one of them happens. */
  rate: number
  /** How many may happen until the server is well again. */
  budget: number
}

/** Draws faults until the budget is used up or somebody heals the server. */
export type Faults = {
  /** The fault that happens now, of those that can happen here; null if none does. `weight`: so many times likelier than usual. */
  draw: (among: readonly FaultKind[], weight?: number) => FaultKind | null
  heal: () => void
  /** How often each happened. */
  seen: ReadonlyMap<FaultKind, number>
}

/** Faults by a plan. A server without faults has a plan without kinds. */
export function createFaults({ kinds, rate, budget }: FaultPlan, random: Random): Faults {
  let left = budget
  const seen = new Map<FaultKind, number>()
  return {
    seen,
    heal: () => {
      left = 0
    },
    draw: (among, weight = 1) => {
      const possible = kinds.filter((kind) => among.includes(kind))
      if (left <= 0 || possible.length === 0 || !random.chance(rate * weight)) return null
      left -= 1
      const kind = random.pick(possible)
      seen.set(kind, (seen.get(kind) ?? 0) + 1)
      return kind
    },
  }
}
