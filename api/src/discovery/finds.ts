import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import { searchShape } from '../listings/search/contract.ts'
import { matchesAmong } from '../listings/search/find.ts'
import type { SavedQuery } from './contract.ts'

/** Whether the search, asked now, has this listing among its results: by the very SQL of the market's search. */
export async function findsListing(context: Context, query: SavedQuery, listingId: string): Promise<boolean> {
  const search = searchShape.safeParse(query)
  if (!search.success) return false // saved when more could be asked
  try {
    return (await matchesAmong(context, search.data, [listingId])).includes(listingId)
  } catch (error) {
    if (error instanceof AppError && error.code === 'VALIDATION') return false // such as a currency without a rate today
    throw error
  }
}
