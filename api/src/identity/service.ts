import type { Context } from '../context.ts'
import type { Account } from '../http/auth.ts'
import type { Profile, ProfileUpdate, Session } from './contract.ts'
import { peopleOf, personIn } from './people.ts'

/** The account's decentralised identifier: did:pkh (CAIP-10) of its address. */
export function didOf(chainId: number, address: string): string {
  return `did:pkh:eip155:${chainId}:${address}`
}

export async function sessionOf(context: Context, account: Pick<Account, 'address' | 'expiresAt'>): Promise<Session> {
  const row = await context.db.account.findUnique({ where: { address: account.address }, select: { name: true } })
  const did = didOf(context.env.chainId, account.address)
  return { address: account.address, did, name: row?.name ?? '', expiresAt: account.expiresAt.toISOString() }
}

/** What anybody may know of an address. */
export async function profileOf(context: Context, address: string): Promise<Profile> {
  const { caip2: chain, db, env } = context
  const [account, people, sold, bought, disputed] = await Promise.all([
    db.account.findUnique({ where: { address }, select: { bio: true, createdAt: true } }),
    peopleOf(context, [address]),
    db.chainDeal.count({ where: { chain, seller: address } }),
    db.chainDeal.count({ where: { chain, buyer: address } }),
    db.chainDeal.count({ where: { chain, disputedAt: { not: null }, OR: [{ seller: address }, { buyer: address }] } }),
  ])
  const { name, rating } = personIn(people, address)
  const joinedAt = account?.createdAt.toISOString() ?? null
  return {
    address,
    did: didOf(env.chainId, address),
    name,
    bio: account?.bio ?? '',
    joinedAt,
    rating,
    deals: { sold, bought, disputed },
  }
}

export async function updateProfile(context: Context, account: Account, update: ProfileUpdate): Promise<Profile> {
  await context.db.account.update({ where: { address: account.address }, data: update })
  return profileOf(context, account.address)
}
