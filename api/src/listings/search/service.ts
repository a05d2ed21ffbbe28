import type { Context } from '../../context.ts'
import { pageFrom } from '../../http/paging.ts'
import { cardOf } from '../card.ts'
import type { ListingCard, ListingPage } from '../contract.ts'
import type { Search } from './contract.ts'
import { findListings } from './find.ts'
import { similarListings } from './similar.ts'

const MOST_SIMILAR = 12

/** A page of the market. */
export async function search(context: Context, input: Search): Promise<ListingPage> {
  const { rows, corrected } = await findListings(context, input)
  return { ...pageFrom(rows, input.limit, { cursorOf: ({ key, id }) => ({ key, id }), toItem: cardOf }), corrected }
}

/** What is like a listing; nothing for one that is gone from the index. */
export async function similar(context: Context, id: string): Promise<ListingCard[]> {
  return (await similarListings(context, id, MOST_SIMILAR)).map(cardOf)
}
