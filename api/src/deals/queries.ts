import { Prisma } from '@fairhold/db/client'
import type { DealState } from '@fairhold/protocol/deal/state'
import type { TermsJson } from '@fairhold/protocol/deal/terms'
import type { Context } from '../context.ts'
import { decodeCursor } from '../http/paging.ts'

export interface DealRow {
  id: string
  state: DealState
  seller: string
  buyer: string
  arbiter: string
  token: string
  price: string
  paid: string
  released: string
  refunded: string
  to_seller: string
  to_buyer: string
  operator_fee: string
  arbiter_fee: string
  fees_due: boolean
  deadline: bigint
  terms: TermsJson
  disputed_by: string | null
  statement_hash: string | null
  reason_hash: string | null
  opened_at: bigint
  funded_at: bigint | null
  shipped_at: bigint | null
  delivered_at: bigint | null
  disputed_at: bigint | null
  ended_at: bigint | null
  updated_at: bigint
}

/** What is read of a deal. */
export const COLUMNS = Prisma.sql`id, state::text AS state, seller, buyer, arbiter, token, price::text AS price, paid::text AS paid,
  released::text AS released, refunded::text AS refunded, to_seller::text AS to_seller, to_buyer::text AS to_buyer, operator_fee::text AS operator_fee,
  arbiter_fee::text AS arbiter_fee, fees_due, deadline, terms, disputed_by, statement_hash, reason_hash, opened_at, funded_at, shipped_at, delivered_at, disputed_at,
  ended_at, updated_at`

export interface DealFilter {
  /** Of the wallets of one person, or of anybody. */
  accounts?: readonly string[] | undefined
  role?: 'buyer' | 'seller' | 'arbiter' | undefined
  states?: readonly DealState[] | undefined
  /** Only deals that are, or were, in dispute. */
  disputed?: boolean
  cursor?: string | undefined
  limit: number
}

/** One row more than `limit`, newest first, beginning after the cursor. */
export async function listDeals(
  { caip2, db }: Context,
  { accounts, role, states, disputed, cursor, limit }: DealFilter,
): Promise<DealRow[]> {
  const parts = [Prisma.sql`chain = ${caip2}`]
  // One by one: what is in an array of enums the planner does not know before it runs the query, and an index goes unused.
  if (states) parts.push(Prisma.sql`state IN (${Prisma.join(states.map((state) => Prisma.sql`${state}::chain.deal_state`))})`)
  if (disputed) parts.push(Prisma.sql`disputed_at IS NOT NULL`)
  const after = decodeCursor(cursor)
  if (after) parts.push(Prisma.sql`(opened_at, id) < (${after.key}::numeric, ${after.id})`)
  const newest = Prisma.sql`ORDER BY opened_at DESC, id DESC LIMIT ${limit + 1}`
  // Either side by its own index, which ends after a page; an OR of both reads all deals of the account and sorts them.
  const lists = sidesOf(accounts, role).map(
    (side) => Prisma.sql`(SELECT ${COLUMNS} FROM chain.deal WHERE ${Prisma.join([...parts, ...side], ' AND ')} ${newest})`,
  )
  return db.$queryRaw<DealRow[]>(
    lists.length === 1 ? Prisma.join(lists) : Prisma.sql`${Prisma.join(lists, ' UNION ALL ')} ${newest}`,
  )
}

/** The conditions of each list that makes up an account's deals; no deal is in two of them. */
function sidesOf(accounts: readonly string[] | undefined, role: DealFilter['role']): Prisma.Sql[][] {
  if (accounts === undefined) return [[]]
  const wallets = [...new Set(accounts)]
  const boughtByNone = Prisma.sql`buyer NOT IN (${Prisma.join(wallets)})`
  return wallets.flatMap((wallet) => {
    const [buyer, seller] = [Prisma.sql`buyer = ${wallet}`, Prisma.sql`seller = ${wallet}`]
    if (role === 'buyer') return [[buyer]]
    if (role === 'seller') return [[seller]]
    if (role === 'arbiter') return [[Prisma.sql`arbiter = ${wallet}`]]
    return [[buyer], [seller, boughtByNone]]
  })
}

export async function findDeal({ caip2, db }: Context, id: string): Promise<DealRow | null> {
  const rows = await db.$queryRaw<DealRow[]>(Prisma.sql`SELECT ${COLUMNS} FROM chain.deal WHERE chain = ${caip2} AND id = ${id}`)
  return rows[0] ?? null
}

/** What happened to a deal on chain, in order. */
export async function findTimeline({ caip2, db }: Context, dealId: string) {
  const rows = await db.chainEvent.findMany({
    where: { chain: caip2, dealId },
    orderBy: [{ blockNumber: 'asc' }, { logIndex: 'asc' }],
    select: { name: true, timestamp: true, blockNumber: true, txHash: true, args: true },
    take: 500,
  })
  return rows.map(({ name, timestamp, blockNumber, txHash, args }) => ({
    name,
    at: Number(timestamp),
    block: Number(blockNumber),
    txHash,
    args: args as Record<string, unknown>,
  }))
}

interface ReviewRow {
  author: string
  subject: string
  committed_at: bigint | null
  score: number | null
  text: string | null
}

/** Reviews of a deal, those that are only signed too; score and text only once they were published on chain. */
export async function findReviews({ caip2, db }: Context, dealId: string) {
  const rows = await db.$queryRaw<ReviewRow[]>(Prisma.sql`
    SELECT authors.author, CASE WHEN authors.author = deal.buyer THEN deal.seller ELSE deal.buyer END AS subject,
      review.committed_at, review.score, CASE WHEN sealed.text_hash = review.text_hash THEN sealed.text END AS text
    FROM chain.deal
    CROSS JOIN LATERAL (
      SELECT author FROM chain.review WHERE chain = deal.chain AND deal_id = deal.id UNION SELECT author FROM app.review WHERE deal_id = deal.id) authors
    LEFT JOIN chain.review ON review.chain = deal.chain AND review.deal_id = deal.id AND review.author = authors.author
    LEFT JOIN app.review sealed ON sealed.deal_id = deal.id AND sealed.author = authors.author
    WHERE deal.chain = ${caip2} AND deal.id = ${dealId} ORDER BY authors.author <> deal.buyer`)
  return rows.map(({ author, subject, committed_at, score, text }) => ({
    author,
    subject,
    committedAt: committed_at === null ? null : Number(committed_at),
    sealed: score === null,
    score,
    text,
  }))
}
