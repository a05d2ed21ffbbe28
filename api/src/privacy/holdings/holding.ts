import { Prisma } from '@fairhold/db/client'

/** Which rows `t` of a table are an account's. */
type Whose = (accountId: string) => Prisma.Sql

/**
 * What happens to an account's rows when it is deleted:
 * - `rows`: they are deleted
 * - `deal`: they are deleted once their deal is over, at once if it is; until then the other side needs them
 * - `other`: neither; `why` says what, and erase-account.ts does it
 * - `stays`: nothing; `why` says why
 */
type OnDeletion = 'rows' | 'deal' | 'other' | 'stays'

/** A table of schema app as far as it is about people. */
export interface Holding {
  table: string
  whose: Whose
  /** Where its rows stand in an export, and what they are, in plain words. */
  file: string
  about: string
  /** An SQL expression that names a row, for reading them in pages. */
  key: string
  /** Columns that are not exported: proofs of secrets, which are of use to a thief alone. */
  without?: readonly string[]
  onDeletion: OnDeletion
  why: string
}

export const byAccount =
  (column: string): Whose =>
  (id) =>
    Prisma.sql`t.${Prisma.raw(column)}::text = ${id}`
export const wallets = (id: string) => Prisma.sql`SELECT address FROM app.wallet WHERE account_id = ${id}::uuid`
export const byWallet =
  (column: string): Whose =>
  (id) =>
    Prisma.sql`t.${Prisma.raw(column)} IN (${wallets(id)})`
/** Deals that the account buys or sells in, on any chain. */
export const dealsOf = (id: string) => Prisma.sql`
  SELECT d.id FROM app.wallet w JOIN chain.deal d ON d.chain = w.chain AND d.buyer = w.address WHERE w.account_id = ${id}::uuid
  UNION SELECT d.id FROM app.wallet w JOIN chain.deal d ON d.chain = w.chain AND d.seller = w.address WHERE w.account_id = ${id}::uuid`
export const byDeal: Whose = (id) => Prisma.sql`t.deal_id IN (${dealsOf(id)})`
