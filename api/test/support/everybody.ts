import { ada, bruno, chiara, type DevAccount, dmitri, ines, operator } from '@fairhold/protocol/dev-accounts'
import { insertSomeListing } from './listings.ts'
import type { Market } from './market.ts'
import { insertDeal } from './rows.ts'
import { signedIn, Visitor } from './visitor.ts'

/** Who might call a route: nobody in particular, somebody it does not concern, those whose deal it is, and those with a role. */
export const whos = ['visitor', 'stranger', 'seller', 'buyer', 'arbiter', 'moderator', 'admin', 'unproved seller'] as const
export type Who = (typeof whos)[number]

export interface Fixture {
  /** Ada sells to Dmitri; Ines judges. */
  dealId: string
  disputeId: string
  /** Ada's. */
  listingId: string
  /** Somebody signed in anew, so that what one call ends no other misses. */
  as: (who: Who) => Promise<Visitor>
  /** A session of Ada's. */
  sessionId: () => string
}

const people: Record<Exclude<Who, 'visitor'>, DevAccount> = {
  stranger: bruno,
  seller: ada,
  buyer: dmitri,
  arbiter: ines,
  moderator: chiara,
  admin: operator,
  'unproved seller': ada,
}

/** Of the admin. */
export const STAFF_PASSKEY = 'YWRtaW4'

/** Staff have a second factor, or they could do little. */
async function proveWithPasskey({ context: { db } }: Market, sessionId: string, who: 'moderator' | 'admin'): Promise<void> {
  const data = { provedAt: new Date(), provedWith: 'passkey' }
  const { accountId } = await db.session.update({ where: { id: sessionId }, data, select: { accountId: true } })
  const id = who === 'admin' ? STAFF_PASSKEY : 'bW9kZXJhdG9y'
  const made = { id, accountId, publicKey: Buffer.of(0), counter: 0n, transports: [], synced: false, name: who }
  await db.passkey.upsert({ where: { id }, create: made, update: made })
}

/** A market with one of everything, and everybody who may want something of it. */
export async function makeFixture(market: Market): Promise<Fixture> {
  const { db } = market.context
  const [dealId, disputeId] = [
    await insertDeal(market.indexer, market.context),
    await insertDeal(market.indexer, market.context, { state: 'disputed' }),
  ]
  const listingId = await insertSomeListing(market.context, ada)
  await signedIn(market.app, chiara)
  const { accountId } = await db.wallet.findFirstOrThrow({ where: { address: chiara.address.toLowerCase() } })
  await db.role.create({ data: { accountId, role: 'moderator', grantedBy: 'operator' } })
  const sessionOf = async (visitor: Visitor): Promise<string> => (await visitor.get('/v1/identity/session')).body.id
  let sessionId = await sessionOf(await signedIn(market.app, ada))
  return {
    ...{ dealId, disputeId, listingId, sessionId: () => sessionId },
    as: async (who) => {
      sessionId = await sessionOf(await signedIn(market.app, ada))
      if (who === 'visitor') return new Visitor(market.app)
      const visitor = await signedIn(market.app, people[who])
      const id = await sessionOf(visitor)
      if (who === 'unproved seller') await db.session.update({ where: { id }, data: { provedAt: new Date(0) } })
      if (who === 'moderator' || who === 'admin') await proveWithPasskey(market, id, who)
      return visitor
    },
  }
}
