import type { Context } from '../../context.ts'
import { pageFrom } from '../../http/paging.ts'
import { peopleOf } from '../../identity/people.ts'
import { type CardRow, cardOf } from '../card.ts'
import type { ListingCard, ListingPage } from '../contract.ts'
import type { Search } from './contract.ts'
import { findListings } from './find.ts'
import { similarListings } from './similar.ts'

const MOST_SIMILAR = 12

/** A page of the market. */
export async function search(context: Context, input: Search): Promise<ListingPage> {
  const { rows, corrected } = await findListings(context, input)
  const people = await sellersOf(context, rows)
  const toItem = (row: CardRow) => cardOf(row, people)
  return { ...pageFrom(rows, input.limit, { cursorOf: ({ key, id }) => ({ key, id }), toItem }), corrected }
}

/** What is like a listing; nothing for one that is gone from the index. */
export async function similar(context: Context, id: string): Promise<ListingCard[]> {
  const rows = await similarListings(context, id, MOST_SIMILAR)
  const people = await sellersOf(context, rows)
  return rows.map((row) => cardOf(row, people))
}

function sellersOf(context: Context, rows: readonly CardRow[]) {
  return peopleOf(
    context,
    rows.map(({ seller }) => seller),
  )
}
