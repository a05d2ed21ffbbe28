import type { Context } from '../context.ts'
import { AppError } from '../http/errors.ts'
import type { Listing, ListingCard } from '../listings/contract.ts'
import { getListing } from '../listings/service.ts'

/** A listing as it stands now. */
export interface Standing {
  listing: ListingCard | null
  status: Listing['status'] | 'deleted'
}

const DELETED: Standing = { listing: null, status: 'deleted' }

/** Each of these listings as it stands, in no order; one that was deleted is there as such. A page's worth at a time. */
export async function standingsOf(context: Context, ids: readonly string[]): Promise<(id: string) => Standing> {
  const found = await Promise.all([...new Set(ids)].map(async (id) => [id, await standingOf(context, id)] as const))
  const known = new Map(found)
  return (id) => known.get(id) ?? DELETED
}

async function standingOf(context: Context, id: string): Promise<Standing> {
  try {
    const { status, ...listing } = await getListing(context, id)
    return { listing, status }
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return DELETED
    throw error
  }
}
