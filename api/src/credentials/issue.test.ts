import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ada, bruno, chiara, dmitri } from '@fairhold/protocol/dev-accounts'
import type { FastifyInstance } from 'fastify'
import { startMarketOnChain } from '../../test/support/market.ts'
import { reputationOn } from '../../test/support/reputation.ts'
import { forge, p256Key } from '../../test/support/tokens.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'
import { buildApp } from '../app.ts'
import { pkhDid } from '../did/parse.ts'
import { CONFIRMATION } from '../privacy/contract.ts'
import { factsIn } from './issue.ts'
import { bitOf } from './status-list.ts'
import { readCredential } from './vc.ts'

const ROOT = join(import.meta.dirname, '../../..')
const seller = ada.address.toLowerCase()

describe('a credential of reputation', () => {
  let market: Awaited<ReturnType<typeof startMarketOnChain>>
  let reputation: ReturnType<typeof reputationOn>
  let person: Visitor
  let issuer: string
  const others: FastifyInstance[] = []
  const folder = mkdtempSync(join(tmpdir(), 'fairhold-credential-'))

  before(async () => {
    market = await startMarketOnChain()
    reputation = reputationOn(market)
    await reputation.review(5, 4)
    await reputation.review(4, 4)
    await reputation.index()
    person = await signedIn(market.app, ada)
    issuer = (await person.get('/v1/identity/issuer')).body.did
  })
  after(async () => {
    for (const app of others) await app.close()
    await market.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const issue = async (body: object = {}) => (await person.send('POST', '/v1/credentials', body)).body
  const statusListOf = async (token: string) => {
    const url = readCredential(token).status?.list ?? ''
    return new Visitor(market.app).get(new URL(url).pathname)
  }
  const save = (name: string, text: string) => {
    const file = join(folder, name)
    writeFileSync(file, text)
    return file
  }
  /** Another process of the same api: it remembers no list. */
  const startAgain = async () => {
    const app = await buildApp(market.context)
    others.push(app)
    await app.ready()
    return app
  }
  /** The command as a person runs it. */
  const verify = (...args: string[]) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      const command = ['scripts/credential.ts', 'verify', ...args]
      execFile(process.execPath, command, { cwd: ROOT }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: stdout + stderr }),
      )
    })

  test('says what the chain says, of whom, and until when', async () => {
    const made = await issue()
    assert.deepEqual([made.count, made.average, made.state, made.wallets], [2, '4.50', 'valid', [seller]])
    const credential = readCredential(made.token)
    assert.equal(credential.issuer, issuer)
    assert.equal(credential.subject, pkhDid(31337, ada.address))
    assert.deepEqual(credential.types, ['FairholdReputation'])
    const facts = factsIn(made.token)
    assert.deepEqual(facts.reviews.byScore, [0, 0, 0, 1, 1])
    assert.equal(facts.contract, market.context.deployment.reputation)
    assert.equal(BigInt(facts.block.number), await market.chain.client.getBlockNumber())
    assert.deepEqual((await person.get('/v1/credentials')).body[0], made)
    assert.ok(made.token.length < 2_900, `a QR code holds 2953 bytes, this is ${made.token.length}`)
  })

  test('is verified from a terminal, alone and against the chain', async () => {
    const { token } = await issue()
    const [file, list] = [save('good.jwt', `${token}\n`), save('list.jwt', String((await statusListOf(token)).body))]
    const alone = await verify(file)
    assert.equal(alone.code, 0, alone.out)
    assert.match(alone.out, /\? {4}issued by/)
    const all = await verify(file, '--issuer', issuer, '--status-list', list, '--rpc', market.chain.url)
    assert.equal(all.code, 0, all.out)
    assert.doesNotMatch(all.out, /^(\?|NO) /m, all.out)
    assert.match(all.out, /the chain says the same/)
    assert.equal((await verify(file, '--issuer', p256Key().did)).code, 1)
    assert.equal((await verify(join(folder, 'none.jwt'))).code, 2)
    assert.equal((await verify()).code, 2)
  })

  test('that claims more than the chain has is found out, though its signature is good', async () => {
    const own = market.context.issuer()
    const { payload } = readCredential((await issue()).token).open
    const subject = payload.credentialSubject as { reputation: { reviews: { hash: string } } }
    const lies: [string, object, RegExp][] = [
      ['better.jwt', { reviews: { ...subject.reputation.reviews, average: '5.00' } }, /the chain says \{/],
      ['fork.jwt', { block: { number: 1, hash: `0x${'00'.repeat(32)}` } }, /another hash/],
      ['other.jwt', { contract: seller }, /Fairhold's on eip155:31337 is/],
    ]
    for (const [name, change, reason] of lies) {
      const reputation = { ...subject.reputation, ...change }
      const token = await own.sign({ ...payload, credentialSubject: { ...subject, reputation } }, { typ: 'vc+jwt' })
      const { code, out } = await verify(save(name, token), '--rpc', market.chain.url)
      assert.deepEqual([code, reason.test(out)], [1, true], out)
    }
  })

  test('counts what came later only in the next one', async () => {
    const before = await issue()
    await reputation.review(1, 5)
    await reputation.index()
    assert.deepEqual([(await issue()).count, before.count], [3, 2])
    const { code, out } = await verify(save('before.jwt', before.token), '--rpc', market.chain.url)
    assert.equal(code, 0, out)
  })

  test('is revoked by its owner, for everybody, and for good', async () => {
    const { id, token } = await issue()
    const { status } = readCredential(token)
    const stranger = await signedIn(market.app, bruno)
    assert.equal((await stranger.send('DELETE', `/v1/credentials/${id}`)).status, 404)
    assert.equal((await person.send('DELETE', `/v1/credentials/${id}`)).status, 204)
    assert.equal((await person.send('DELETE', `/v1/credentials/${id}`)).status, 204, 'said again it stays so')
    const fresh = await startAgain()
    const answer = await new Visitor(fresh).get(new URL(status?.list ?? '').pathname)
    assert.match(String(answer.headers['content-type']), /application\/vc\+jwt/)
    const list = readCredential(String(answer.body))
    assert.deepEqual([list.issuer, list.id], [issuer, status?.list])
    const bits = String(list.claims.encodedList)
    assert.equal(bitOf(bits, status?.index ?? 0), true)
    const files = [save('revoked.jwt', token), '--status-list', save('list2.jwt', String(answer.body))] as const
    const { code, out } = await verify(...files)
    assert.deepEqual([code, /revoked: Its issuer revoked it/.test(out)], [1, true], out)
  })

  test('of a status list that somebody else made, or of another list, nothing is believed', async () => {
    const { token } = await issue()
    const theirs = p256Key()
    const real = readCredential(String((await statusListOf(token)).body)).open
    const forged = await forge(theirs, { alg: 'ES256', typ: 'vc+jwt' }, { ...real.payload, iss: theirs.did, issuer: theirs.did })
    const renamed = await market.context
      .issuer()
      .sign({ ...real.payload, id: 'http://localhost:3000/other/1' }, { typ: 'vc+jwt' })
    const old = { validFrom: '2020-01-01T00:00:00Z', validUntil: '2020-01-02T00:00:00Z', exp: 1_577_923_200 }
    const outdated = await market.context.issuer().sign({ ...real.payload, ...old }, { typ: 'vc+jwt' })
    for (const list of [forged, renamed, outdated, token, 'nothing']) {
      const { code, out } = await verify(save('c.jwt', token), '--status-list', save('l.jwt', list))
      assert.deepEqual([code, /status list is not good/.test(out)], [1, true], out)
    }
  })

  test('of wallets of somebody else is not issued, nor one to a visitor', async () => {
    const { status, body } = await person.send('POST', '/v1/credentials', { wallets: [dmitri.address] })
    assert.deepEqual([status, body.code], [400, 'VALIDATION'])
    assert.equal((await new Visitor(market.app).send('POST', '/v1/credentials', {})).status, 401)
    assert.equal((await new Visitor(market.app).get('/v1/credentials')).status, 401)
  })

  test('sums up several wallets of one person, if the person wants that', async () => {
    await person.signFor('link-wallet', '/v1/identity/wallets', chiara)
    await person.get('/v1/identity/session') // it is another now, with another token to show
    const both = [ada.address, chiara.address].map((one) => one.toLowerCase()).sort()
    const made = await issue({ wallets: [ada.address, chiara.address] })
    assert.deepEqual([made.wallets, made.count], [both, 3])
    const { code, out } = await verify(save('both.jwt', made.token), '--rpc', market.chain.url)
    assert.equal(code, 0, out)
  })

  test('is shown on the profile only where the owner wants that, and while it is good', async () => {
    const visitor = new Visitor(market.app)
    const shownTo = async () => (await visitor.get(`/v1/credentials/of/${ada.address}`)).body
    assert.deepEqual(await shownTo(), [])
    const { id } = await issue({ shown: true })
    const [shown, ...more] = await shownTo()
    assert.equal(more.length, 0)
    assert.deepEqual([shown.id, shown.own, shown.state, shown.revocation], [id, true, 'valid', 'checked'])
    assert.ok(
      shown.claims.some(({ name, value }: { name: string; value: string }) => name.endsWith('average') && value === '3.33'),
    )
    await person.send('DELETE', `/v1/credentials/${id}`)
    assert.deepEqual(await shownTo(), [])
  })

  test('twenty are valid at once at most, and their places in the list say nothing of their order', async () => {
    const places: number[] = []
    for (;;) {
      // Straight to the service: the route takes twenty a minute.
      const { status, body } = await person.send('POST', '/v1/credentials', {}, { 'x-forwarded-for': `10.0.0.${places.length}` })
      if (status !== 201) {
        assert.deepEqual([status, body.code], [403, 'FORBIDDEN'])
        break
      }
      places.push(readCredential(body.token).status?.index ?? -1)
    }
    const valid = await market.context.db.credential.count({ where: { revokedAt: null } })
    assert.equal(valid, 20)
    const inOrder = places.toSorted((a, b) => a - b)
    assert.notDeepEqual(places, inOrder)
  })

  test('is not issued while it is unknown what the chain says', async () => {
    await market.indexer.query(`UPDATE chain.checkpoint SET stopped = 'a fault'`)
    const { status, body } = await person.send('POST', '/v1/credentials', {}, { 'x-forwarded-for': '10.1.0.1' })
    await market.indexer.query('UPDATE chain.checkpoint SET stopped = NULL')
    assert.deepEqual([status, body.code], [503, 'UNAVAILABLE'])
  })

  test('is revoked and emptied when its account is deleted, and leaves its place in the list', async () => {
    const leaver = await signedIn(market.app, bruno)
    const { body } = await leaver.send('POST', '/v1/credentials', { shown: true }, { 'x-forwarded-for': '10.3.0.1' })
    const { status } = readCredential(body.token)
    assert.equal((await leaver.send('DELETE', '/v1/identity/account', { confirm: CONFIRMATION })).status, 200)
    const row = await market.context.db.credential.findUniqueOrThrow({ where: { id: body.id } })
    assert.deepEqual([row.token, row.wallets, row.shown], ['', [], false])
    const list = await new Visitor(await startAgain()).get(new URL(status?.list ?? '').pathname)
    assert.equal(bitOf(String(readCredential(String(list.body)).claims.encodedList), status?.index ?? 0), true)
  })

  test('counts as revoked when its account is gone', async () => {
    const row = await market.context.db.credential.findFirstOrThrow({ where: { revokedAt: null } })
    await market.context.db.account.update({ where: { id: row.accountId }, data: { deletedAt: new Date() } })
    const fresh = await startAgain()
    const { body } = await new Visitor(fresh).get(`/v1/credentials/status/${row.statusList}`)
    assert.equal(bitOf(String(readCredential(String(body)).claims.encodedList), row.statusIndex), true)
    assert.equal((await new Visitor(fresh).get('/v1/credentials/status/999')).status, 404)
  })
})
