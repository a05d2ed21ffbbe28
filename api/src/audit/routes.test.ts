import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, dmitri, ines, operator } from '@fairhold/protocol/dev-accounts'
import { rulingTypedData } from '@fairhold/protocol/eip712/types'
import { textHash } from '@fairhold/protocol/text'
import type pg from 'pg'
import { privateKeyToAccount } from 'viem/accounts'
import { connectAs, recordMany, seal, verify } from '../../test/support/audit-log.ts'
import { addPasskey } from '../../test/support/authenticator.ts'
import type { TestChain } from '../../test/support/chain.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { insertDeal } from '../../test/support/rows.ts'
import { type Answer, signedIn, Visitor } from '../../test/support/visitor.ts'
import type { ActivityItem, AuditItem } from './contract.ts'
import { audit } from './record.ts'

let market: Market & { chain: TestChain }
let owner: pg.Client
let admin: Visitor
before(async () => {
  market = await startMarketOnChain()
  owner = await connectAs(market.ownerUrl)
  admin = await signedIn(market.app, operator)
  await addPasskey(admin) // which staff need
})
after(async () => {
  await owner?.end()
  await market?.stop()
})

const log = async (query = ''): Promise<AuditItem[]> => (await admin.get(`/v1/audit${query}`)).body.items
const idOf = async (address: string): Promise<string> => {
  const wallet = await market.context.db.wallet.findFirstOrThrow({ where: { address: address.toLowerCase() } })
  return wallet.accountId
}

describe('what is written', () => {
  test('signing in and out, with the wallet and a network that is no address', async () => {
    const from = { 'x-forwarded-for': '203.0.113.77' }
    const visitor = new Visitor(market.app)
    const { message, signature } = await visitor.sign(ada, visitor.messageToSign(ada, { nonce: await visitor.nonce() }))
    assert.equal((await visitor.send('POST', '/v1/identity/session', { message, signature }, from)).status, 200)
    await visitor.send('DELETE', '/v1/identity/session')
    const [out, into] = await log()
    const account = await idOf(ada.address)
    assert.deepEqual([into?.kind, into?.actor, into?.subject], ['identity.signed-in', account, null])
    assert.deepEqual([out?.kind, out?.actor, out?.subject], ['identity.signed-out', account, null])
    assert.equal(into?.details.wallet, ada.address.toLowerCase())
    assert.equal(into?.details.session, out?.details.session)
    assert.match(String(into?.details.network), /^[0-9a-f]{32}$/)
    assert.doesNotMatch(JSON.stringify(await market.context.db.auditEntry.findMany()), /203\.0\.113/)
  })

  test('the same network is recognised, also by another address of it', async () => {
    const from = async (address: string) => {
      const visitor = new Visitor(market.app)
      const body = await visitor.sign(ada, visitor.messageToSign(ada, { nonce: await visitor.nonce() }))
      await visitor.send('POST', '/v1/identity/session', body, { 'x-forwarded-for': address })
      return (await log())[0]?.details.network
    }
    assert.equal(await from('2001:db8:1:2::1'), await from('2001:db8:1:2:ffff::9'))
    assert.notEqual(await from('2001:db8:1:3::1'), await from('2001:db8:1:2::1'))
  })

  test('nothing for a sign-in that was refused, and nothing for signing out when one is not signed in', async () => {
    const before = (await log()).length
    await new Visitor(market.app).signIn(ada, { domain: 'evil.example' })
    await new Visitor(market.app).send('DELETE', '/v1/identity/session')
    assert.equal((await log()).length, before)
  })

  test('a ruling, with what it says and not why', async () => {
    const judge = await signedIn(market.app, ines)
    const dealId = await insertDeal(market.indexer, market.context, { state: 'disputed' })
    const reason = 'A reason that is for the two parties only.'
    const ruling = { dealId, buyerBps: 7_000, reasonHash: textHash(reason) }
    const signature = await privateKeyToAccount(ines.privateKey).signTypedData(rulingTypedData(ruling, market.context.domain))
    const body = { buyerBps: 7_000, reason, reasonHash: ruling.reasonHash, signature }
    assert.equal((await judge.send('POST', `/v1/disputes/${dealId}/rulings`, { ...body, buyerBps: 6_999 })).status, 422)
    assert.equal((await judge.send('POST', `/v1/disputes/${dealId}/rulings`, body)).status, 204)
    const entries = await log('?kind=ruling.submitted')
    const details = { arbiter: ines.address.toLowerCase(), buyerBps: 7_000, reasonHash: ruling.reasonHash }
    assert.deepEqual(
      entries.map((entry) => [entry.actor, entry.subject, entry.details]),
      [[await idOf(ines.address), dealId, details]],
    )
  })

  test('all of it is sealed and holds', async () => {
    await seal(market.context)
    const { ok, size, checks } = await verify(market.context)
    assert.ok(ok && size > 6, JSON.stringify(checks))
  })

  test('a sign-in whose entry cannot be written gives no session', async () => {
    await owner.query('REVOKE INSERT ON app.audit_entry FROM fairhold_api')
    const sessions = await market.context.db.session.count()
    try {
      assert.equal((await new Visitor(market.app).signIn(ada)).status, 500)
      assert.equal(await market.context.db.session.count(), sessions)
    } finally {
      await owner.query('GRANT INSERT ON app.audit_entry TO fairhold_api')
    }
  })
})

describe('the log for staff', () => {
  test('is for admins who have proved that it is them, and for nobody else', async () => {
    for (const url of ['/v1/audit', '/v1/audit/state']) {
      assert.equal((await new Visitor(market.app).get(url)).status, 401, url)
      const person = await signedIn(market.app, bruno)
      assert.equal((await person.get(url)).body.code, 'FORBIDDEN', url)
      await admin.send('PUT', `/v1/identity/roles/${bruno.address.toLowerCase()}`, { roles: ['moderator'] })
      assert.equal((await person.get(url)).body.code, 'FORBIDDEN', url)
      const late = await signedIn(market.app, operator)
      await market.context.db.session.updateMany({
        where: { id: (await late.get('/v1/identity/session')).body.id },
        data: { provedAt: new Date(Date.now() - 11 * 60_000) },
      })
      assert.equal((await late.get(url)).body.code, 'STEP_UP_NEEDED', url)
    }
  })

  test('comes in pages that neither lose nor repeat an entry while it grows', async () => {
    await recordMany(market.context, 40)
    const expected = (await log('?limit=100')).map(({ id }) => id)
    const got: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: Answer = await admin.get(`/v1/audit?limit=7${cursor && `&cursor=${cursor}`}`)
      got.push(...body.items.map(({ id }: AuditItem) => id))
      cursor = body.nextCursor
      await recordMany(market.context, 2)
    }
    assert.deepEqual(got, expected)
    assert.deepEqual(got, got.toSorted().toReversed())
  })

  test('can be narrowed down', async () => {
    const account = await idOf(ada.address)
    const entries = await log(`?kind=identity.signed-in&actor=${account}`)
    assert.ok(entries.length > 2)
    assert.ok(entries.every(({ kind, actor }) => kind === 'identity.signed-in' && actor === account))
    assert.deepEqual(await log('?subject=nobody'), [])
  })

  for (const query of ['kind=identity.made-up', 'cursor=nonsense', 'limit=0', 'limit=101']) {
    test(`refuses ${query}`, async () => assert.equal((await admin.get(`/v1/audit?${query}`)).status, 400))
  }

  test('refuses the cursor of another list', async () => {
    const cursor = Buffer.from(JSON.stringify(['5', '0xabc'])).toString('base64url')
    assert.equal((await admin.get(`/v1/audit?cursor=${cursor}`)).body.code, 'BAD_CURSOR')
  })

  test('says how far it is sealed, and since when something waits', async () => {
    await seal(market.context)
    const sealed = (await admin.get('/v1/audit/state')).body
    const last = await market.context.db.auditSeal.findFirstOrThrow({ orderBy: { seq: 'desc' } })
    assert.deepEqual([sealed.size, sealed.head, sealed.waiting, sealed.waitingSince], [Number(last.seq), last.hash, 0, null])
    await recordMany(market.context, 3)
    const { waiting, waitingSince, anchor } = (await admin.get('/v1/audit/state')).body
    assert.deepEqual([waiting, anchor], [3, null])
    assert.ok(Date.now() - Date.parse(waitingSince) < 60_000)
    const [newest] = await log()
    assert.equal(newest?.seq, null)
  })
})

describe('a person’s own activity', () => {
  const mine = async (visitor: Visitor, query = ''): Promise<ActivityItem[]> =>
    (await visitor.get(`/v1/identity/activity${query}`)).body.items

  test('is what they did and what was done to them, and nothing of others', async () => {
    const person = await signedIn(market.app, dmitri)
    const account = await idOf(dmitri.address)
    await audit(market.context, {
      kind: 'role.granted',
      actor: await idOf(operator.address),
      subject: account,
      details: { role: 'moderator' },
    })
    await audit(market.context, { kind: 'data.keys-rotated', actor: 'system', subject: account })
    await audit(market.context, { kind: 'factor.added', actor: account, subject: account, details: { factor: 'totp' } })
    const items = await mine(person)
    assert.deepEqual(
      items.map(({ kind, by }) => [kind, by]),
      [
        ['factor.added', 'you'],
        ['data.keys-rotated', 'system'],
        ['role.granted', 'staff'],
        ['identity.signed-in', 'you'],
      ],
    )
    assert.doesNotMatch(JSON.stringify(items), new RegExp(await idOf(operator.address)), 'who of the staff it was')
  })

  test('comes in pages', async () => {
    const person = await signedIn(market.app, dmitri)
    const all = (await mine(person)).map(({ id }) => id)
    const got: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: Answer = await person.get(`/v1/identity/activity?limit=2${cursor && `&cursor=${cursor}`}`)
      got.push(...body.items.map(({ id }: ActivityItem) => id))
      cursor = body.nextCursor
    }
    assert.deepEqual(got, all)
  })

  test('is for who is signed in', async () => {
    assert.equal((await new Visitor(market.app).get('/v1/identity/activity')).status, 401)
  })
})
