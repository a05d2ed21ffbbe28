import { Prisma } from '@fairhold/db/client'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { stateOf } from '@fairhold/protocol/deal/state'
import type { Address, Hex } from 'viem'
import { balanceOf } from '../bids/check-payment.ts'
import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'

/** Purchases of one account, and of all newcomers together, that may be mined and undone within a day: each costs gas and pays no tip. */
const MOST_UNDONE = 3
const MOST_UNDONE_OF_NEWCOMERS = 100
/** The part of what is sent for nothing that newcomers may use up together. */
const NEWCOMERS_PART = 0.5

const TODAY = Prisma.sql`r.created_at > now() - interval '1 day'`
const IS_UNDONE = Prisma.sql`(r.status = 'failed' AND r.transactions <> '[]')`

interface Unpaid {
  all: number
  ofNewcomers: number
  /** Of newcomers, mined and undone. */
  undone: number
}

/** What the relayer has sent, or will, within a day without earning a tip by it. */
async function unpaidToday({ db }: Context): Promise<Unpaid> {
  const [unpaid] = await db.$queryRaw<Unpaid[]>`
    SELECT count(*)::int AS all, count(*) FILTER (WHERE r.newcomer)::int AS "ofNewcomers",
      count(*) FILTER (WHERE r.newcomer AND ${IS_UNDONE})::int AS undone
    FROM app.relay r WHERE ${TODAY} AND (r.tip = 0 OR ${IS_UNDONE})`
  return unpaid ?? { all: 0, ofNewcomers: 0, undone: 0 }
}

/** Whether anybody has something sent for nothing just now. */
export async function isFreeLeft(context: Context): Promise<boolean> {
  return (await unpaidToday(context)).all < context.env.relay.freeDaily
}

/** Whether the account is in no deal yet that this market earns from. Accounts cost nothing; such a deal does. */
export async function isNewcomer({ caip2, db, env }: Context, { wallets }: Account): Promise<boolean> {
  const mine = [...wallets]
  const rows = await db.$queryRaw<unknown[]>`
    SELECT FROM chain.deal WHERE chain = ${caip2} AND (buyer = ANY(${mine}) OR seller = ANY(${mine}))
      AND operator = ${env.operator} AND operator_fee_bps >= ${env.operatorFeeBps} LIMIT 1`
  return rows.length === 0
}

interface Asking {
  newcomer: boolean
  tip: bigint
}

/** @throws AppError RATE_LIMITED where the account, or all together, have had sent what is sent within a day. */
export async function requireFair(context: Context, account: Account, { newcomer, tip }: Asking): Promise<void> {
  const { db, env } = context
  const [own] = await db.$queryRaw<{ all: number; undone: number }[]>`
    SELECT count(*)::int AS all, count(*) FILTER (WHERE ${IS_UNDONE})::int AS undone
    FROM app.relay r WHERE ${TODAY} AND r.account_id = ${account.id}::uuid`
  if ((own?.all ?? 0) >= env.relay.daily)
    throw new AppError(
      'RATE_LIMITED',
      `The relayer sends ${env.relay.daily} transactions a day for one account. Send it yourself.`,
    )
  if ((own?.undone ?? 0) >= MOST_UNDONE)
    throw new AppError('RATE_LIMITED', 'Several of your transactions were undone since yesterday. Send it yourself.')
  const unpaid = await unpaidToday(context)
  const isUsedUp =
    tip === 0n
      ? unpaid.all >= env.relay.freeDaily || (newcomer && unpaid.ofNewcomers >= env.relay.freeDaily * NEWCOMERS_PART)
      : newcomer && unpaid.undone >= MOST_UNDONE_OF_NEWCOMERS
  if (isUsedUp)
    throw new AppError('RATE_LIMITED', 'The relayer has sent as much for nothing as it does within a day. Send it yourself.')
}

/** What somebody pays in an opening: price and tip. */
export interface Paying {
  signer: Address
  token: string
  amount: bigint
}

/** What they have, and the deals that are paid out of it already though the worker has not seen so yet. */
interface Money {
  has: bigint
  paid: readonly string[]
}

const IS_PAYING = Prisma.sql`action = 'open' AND status IN ('queued', 'sending')`

export async function moneyOf(context: Context, { signer, token }: Paying): Promise<Money> {
  const { chain, db, deployment } = context
  const has = await balanceOf(context, token as Address, signer)
  const sent = await db.$queryRaw<{ dealId: Hex }[]>`
    SELECT deal_id AS "dealId" FROM app.relay WHERE signer = ${signer} AND token = ${token} AND ${IS_PAYING}`
  const call = { abi: escrowAbi, address: deployment.escrow, functionName: 'dealOf' } as const
  const deals = await Promise.all(sent.map(({ dealId }) => chain.readContract({ ...call, args: [dealId] })))
  return { has, paid: sent.flatMap(({ dealId }, at) => (stateOf(deals[at]?.state ?? 0) === 'none' ? [] : [dealId])) }
}

/**
 * That the buyer has the money for this and for all else that is being sent for them: each was simulated as if it were the only one, and
 * those that find nothing left are undone at the relayer's cost. Nobody else may be adding to it meanwhile.
 * @throws AppError WRONG_STATE
 */
export async function requireMoney(tx: Prisma.TransactionClient, of: Paying, { has, paid }: Money): Promise<void> {
  const { signer, token, amount } = of
  const [sent] = await tx.$queryRaw<{ amount: string }[]>`
    SELECT COALESCE(sum(amount), 0)::text AS amount FROM app.relay
    WHERE signer = ${signer} AND token = ${token} AND ${IS_PAYING} AND deal_id <> ALL(${[...paid]}::text[])`
  if (BigInt(sent?.amount ?? 0) + amount > has)
    throw new AppError('WRONG_STATE', 'You have not enough for this and for what is just being sent for you.')
}
