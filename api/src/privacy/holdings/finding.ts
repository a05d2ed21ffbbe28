import { Prisma } from '@fairhold/db/client'
import { byAccount, type Holding } from './holding.ts'

/** What people looked for, and what was found for them. */
export const finding: readonly Holding[] = [
  {
    table: 'alert',
    whose: byAccount('account_id'),
    file: 'alerts.json',
    key: 't.id::text',
    about: 'What you were told of: listings that your saved searches found, and prices that fell.',
    onDeletion: 'rows',
    why: 'Nobody is told any more.',
  },
  {
    table: 'search_match',
    file: 'search-matches.json',
    key: "t.search_id::text || ' ' || t.origin",
    whose: (id) => Prisma.sql`t.search_id IN (SELECT id FROM app.saved_search WHERE account_id = ${id}::uuid)`,
    about: 'What your saved searches have found.',
    onDeletion: 'rows',
    why: 'They go with the searches.',
  },
  {
    table: 'saved_search',
    whose: byAccount('account_id'),
    file: 'saved-searches.json',
    key: 't.id::text',
    about: 'Searches that you saved.',
    onDeletion: 'rows',
    why: 'Nobody is told any more.',
  },
  {
    table: 'saved_listing',
    whose: byAccount('account_id'),
    file: 'saved-listings.json',
    key: 't.listing_id',
    about: 'Listings that you saved, and what they cost then.',
    onDeletion: 'rows',
    why: 'They were for you alone.',
  },
  {
    table: 'listing_view',
    whose: byAccount('account_id'),
    file: 'looked-at.json',
    key: 't.listing_id',
    about: 'What you looked at, since you wanted recommendations. Without that nothing is kept.',
    onDeletion: 'rows',
    why: 'They were for your recommendations alone.',
  },
  {
    table: 'personal',
    whose: byAccount('account_id'),
    file: 'personal.json',
    key: 't.account_id::text',
    without: ['inbox'],
    about: 'Whether you want recommendations, and since when.',
    onDeletion: 'rows',
    why: 'There is nobody left to recommend anything to.',
  },
]
