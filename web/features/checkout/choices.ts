import type { Listing } from '@/lib/api'

/** One way in which a listing can be had, with the offer that its seller signed for it. */
export type Choice = Listing['choices'][number]

/** The first `count` units that nobody has taken; fewer where there are no more. */
export function freeUnits({ units }: Pick<Choice, 'units'>, count = 1): Listing['units'] {
  return units.filter(({ taken }) => !taken).slice(0, count)
}
