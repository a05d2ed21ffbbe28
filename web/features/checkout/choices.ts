import type { Listing } from '@/lib/api'

/** One way in which a listing can be had, with the offer that its seller signed for it. */
export type Choice = Listing['choices'][number]

/** The units that nobody has taken. */
export function freeUnits({ units }: Pick<Choice, 'units'>): Listing['units'] {
  return units.filter(({ taken }) => !taken)
}

/** The deals that would sell this unit of a listing, one for each way: only one of them may be opened. */
export function dealsOfUnit({ choices }: Pick<Listing, 'choices'>, unit: number): string[] {
  return choices.flatMap(({ units }) => units.filter((one) => one.unit === unit).map(({ dealId }) => dealId))
}
