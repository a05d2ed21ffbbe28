import { Prisma } from '@fairhold/db/client'
import { access } from './access.ts'
import { account } from './account.ts'
import { finding } from './finding.ts'
import { byWallet, dealsOf, type Holding, wallets } from './holding.ts'
import { trade } from './trade.ts'

/**
 * Everything in schema app that is about people, in the order in which it is deleted. A test compares it with the tables that
 * there are: who adds a table has to say here what becomes of it, or that it is about nobody (`aboutNobody`).
 */
export const holdings: readonly Holding[] = [...access, ...trade, ...finding, ...account]

/** Tables of schema app that hold nothing of anybody, and why that is so. */
export const aboutNobody: Readonly<Record<string, string>> = {
  listing_event: 'that a listing came or went, which is public',
  rate: 'what currencies and tokens are worth',
  rate_source: 'when each source of rates was asked last',
  data_key: 'keys under which private columns are encrypted',
  audit_seal: 'the order and the hashes of the audit log',
  rate_limit: 'counts of requests, which are forgotten after minutes',
  used_token: 'ids of tokens that may be used once, until they expire',
  audit_anchor: 'where heads of the audit log stand on chain',
  search_document: 'which words a listing has, as hashes; it goes with its listing',
  search_posting: 'which listings have a word; it goes with its listing',
  search_size: 'how many listings there are',
  search_term: 'how common words are',
  search_gone: 'words of listings that are gone, for half a minute: until they are taken off the counts',
  search_uncounted: 'listings whose words have to be counted yet',
  search_word: 'words that titles of listings have',
  town: 'the towns of the world',
  town_name: 'what towns are found by',
}

/** What the chain says of a person. It is exported, and nobody can erase it. */
export const chainHoldings: readonly (Pick<Holding, 'table' | 'whose' | 'file' | 'about' | 'key'> & { onDeletion?: never })[] = [
  {
    table: 'deal',
    file: 'chain/deals.json',
    key: "t.chain || ' ' || t.id",
    whose: (id) => Prisma.sql`t.id IN (${dealsOf(id)}) OR EXISTS (
      SELECT FROM app.wallet w WHERE w.account_id = ${id}::uuid AND w.chain = t.chain AND w.address = t.arbiter)`,
    about: 'Deals in which you buy, sell or judge, as the chain has them.',
  },
  {
    table: 'review',
    file: 'chain/reviews.json',
    key: "t.chain || ' ' || t.deal_id || ' ' || t.author",
    whose: (id) => Prisma.sql`t.author IN (${wallets(id)}) OR t.subject IN (${wallets(id)})`,
    about: 'Reviews by you and of you, as the chain has them.',
  },
  {
    table: 'credit',
    whose: byWallet('account'),
    file: 'chain/credits.json',
    key: "t.chain || ' ' || t.token || ' ' || t.account",
    about: 'Money that waits for you in the contract.',
  },
]
