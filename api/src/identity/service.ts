import { ask, Prisma } from '@fairhold/db/client'
import type { Context } from '../context.ts'
import { PROOF_MS } from '../http/access.ts'
import { type Account, isArbiter, type requireSession } from '../http/auth.ts'
import { AppError } from '../http/errors.ts'
import { didOf } from './accounts.ts'
import type { Profile, ProfileUpdate, Session } from './contract.ts'
import { peopleOf, personIn } from './people.ts'
import { csrfOf, findSession } from './sessions.ts'

type Signed = ReturnType<typeof requireSession>

/** A session as its own person sees it. `token`: the session's, of which the page gets what it must show with writes. */
export async function sessionOf(context: Context, account: Signed, token: string): Promise<Session> {
  const { id, address, did, wallets, session } = account
  const [[row], judges] = await Promise.all([
    ask<{ name: string }>(context.pool, 'name', Prisma.sql`SELECT name FROM app.account WHERE id = ${id}::uuid`),
    isArbiter(context, account),
  ])
  const provedUntil = (session.provedAt?.getTime() ?? 0) + PROOF_MS
  return {
    id: session.id,
    address,
    did,
    name: row?.name ?? '',
    wallets: [...wallets],
    roles: [...(judges ? (['arbiter'] as const) : []), ...account.roles],
    expiresAt: session.expiresAt.toISOString(),
    provedUntil: provedUntil > Date.now() ? new Date(provedUntil).toISOString() : null,
    csrf: csrfOf(token),
  }
}

/** The session that was just opened, or got another token. @throws AppError NOT_SIGNED_IN */
export async function sessionFor(context: Context, token: string): Promise<Session> {
  const account = await findSession(context, token)
  if (!account?.session) throw new AppError('NOT_SIGNED_IN', 'The session has ended.')
  return sessionOf(context, { ...account, session: account.session }, token)
}

/** What anybody may know of an address. */
export async function profileOf(context: Context, address: string): Promise<Profile> {
  const { caip2: chain, db } = context
  const [account, people, sold, bought, disputed] = await Promise.all([
    accountAt(context, address),
    peopleOf(context, [address]),
    db.chainDeal.count({ where: { chain, seller: address } }),
    db.chainDeal.count({ where: { chain, buyer: address } }),
    db.chainDeal.count({ where: { chain, disputedAt: { not: null }, OR: [{ seller: address }, { buyer: address }] } }),
  ])
  const { name, rating } = personIn(people, address)
  const joinedAt = account?.createdAt.toISOString() ?? null
  return {
    address,
    did: account?.did ?? didOf(chain, address),
    name,
    bio: account?.bio ?? '',
    joinedAt,
    rating,
    deals: { sold, bought, disputed },
  }
}

export async function updateProfile(context: Context, account: Account, update: ProfileUpdate): Promise<Profile> {
  await context.db.account.update({ where: { id: account.id }, data: update })
  return profileOf(context, account.address)
}

async function accountAt({ caip2: chain, db }: Context, address: string) {
  const wallet = await db.wallet.findUnique({ where: { chain_address: { chain, address } }, select: { accountId: true } })
  if (!wallet) return null
  return db.account.findUnique({ where: { id: wallet.accountId }, select: { did: true, bio: true, createdAt: true } })
}
