import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { unitDealId } from '@fairhold/protocol/deal/id'
import { parseOffer } from '@fairhold/protocol/deal/terms'
import { ada, bruno, dmitri, ines } from '@fairhold/protocol/dev-accounts'
import pg from 'pg'
import { pino } from 'pino'
import sharp from 'sharp'
import type { Hex } from 'viem'
import { insertSomeListing } from '../../test/support/listings.ts'
import { type Market, startMarket } from '../../test/support/market.ts'
import { type DealChanges, insertDeal, insertReview, someHash } from '../../test/support/rows.ts'
import { signedIn, Visitor } from '../../test/support/visitor.ts'
import { unzip } from '../../test/support/zip.ts'
import { createRunner } from '../jobs/loop.ts'
import { fileOf } from '../listings/photos.ts'
import { CONFIRMATION } from './contract.ts'
import { erasureJob } from './erasure-job.ts'

const me = dmitri.address.toLowerCase()
const yesterday = () => Math.floor(Date.now() / 1000) - 2 * 86_400

let market: Market
let admin: pg.Client
let seller: Visitor
let leaver: Visitor
before(async () => {
  market = await startMarket()
  admin = new pg.Client({ connectionString: market.ownerUrl })
  await admin.connect()
  seller = await signedIn(market.app, ada)
})
after(async () => {
  await admin?.end()
  await market?.stop()
})
beforeEach(async () => {
  leaver = await signedIn(market.app, dmitri)
  await leaver.send('PUT', '/v1/identity/profile', { name: 'Dmitri the leaver', bio: 'Buys cameras, for a while.' })
})
afterEach(async () => {
  await admin.query(
    'TRUNCATE app.pending_erasure, app.listing_unit, app.listing_offer, app.draft, app.listing, app.media, app.shipping, app.statement, app.review',
  )
  await market.indexer.query('TRUNCATE chain.deal, chain.review')
})

const deal = (changes: DealChanges = {}) => insertDeal(market.indexer, market.context, changes)
const end = (id: Hex, at = yesterday()) =>
  market.indexer.query("UPDATE chain.deal SET state = 'completed', ended_at = $2 WHERE id = $1", [id, at])
const confirmed = { confirm: CONFIRMATION }
const leave = () => leaver.send('DELETE', '/v1/identity/account', confirmed)
/** As after a second factor: a wallet's proof is not enough for staff, nor for who has such a factor. */
const prove = () => admin.query("UPDATE app.session SET proved_at = now(), proved_with = 'passkey'")
const sweep = () => createRunner(erasureJob(market.context, Date.now), pino({ level: 'silent' }))(Date.now())
const withAddress = async (text: string) => {
  const id = await deal()
  assert.equal((await leaver.send('PUT', `/v1/deals/${id}/shipping-address`, { text })).status, 204)
  return id
}
const shippingOf = async (id: Hex) => (await seller.get(`/v1/deals/${id}`)).body.shipping.address
const photoOf = async (background: string) => {
  const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .jpeg()
    .toBuffer()
  return (await leaver.upload('/v1/listings/photos', jpeg)).body.sha256 as string
}
const hasPhoto = (sha256: string) => existsSync(fileOf(market.context.env.dataDir, sha256, 1600))

/** Tables of schema app in which the words stand. */
async function tablesWith(words: string): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'app'",
  )
  const found: string[] = []
  for (const { name } of rows) {
    const hits = await admin.query(`SELECT FROM app."${name}" t WHERE t::text LIKE '%' || $1 || '%' LIMIT 1`, [words])
    if (hits.rowCount) found.push(name)
  }
  return found.sort()
}

describe('deleting an account', () => {
  test('erases who it was, ends all its sessions, and leaves only what is said to stay', async () => {
    const second = await signedIn(market.app, dmitri)
    const [ended, listing] = [await withAddress('Ravelijn 17'), await insertSomeListing(market.context, dmitri)]
    await leaver.send('POST', `/v1/disputes/${ended}/statements`, { text: 'Nobody answers, and it has not come.' })
    await end(ended)
    const { status, body } = await leave()
    assert.deepEqual([status, body], [200, { refusal: null, openDeals: 0, liveOffers: 1 }])
    for (const who of [leaver, second]) assert.equal((await who.get('/v1/identity/session')).status, 401)
    for (const words of ['Dmitri the leaver', 'Buys cameras', 'Nobody answers', listing, ended])
      assert.deepEqual(await tablesWith(words), [], words)
    assert.deepEqual(await tablesWith(me), ['account', 'audit_entry'], 'the reserved id, and the log, as the holdings say')
    const [account] = (await admin.query('SELECT * FROM app.account WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC')).rows
    assert.deepEqual([account.did, account.name, account.bio], [null, '', ''])
    assert.equal((await seller.get(`/v1/identity/profiles/${me}`)).body.name, '')
  })

  test('leaves the seller of an open deal the address, until the deal is over; then it goes', async () => {
    const id = await withAddress('Ravelijn 17')
    await leaver.send('POST', `/v1/disputes/${id}/statements`, { text: 'Nobody answers, and it has not come.' })
    assert.equal((await leave()).body.openDeals, 1)
    await sweep()
    assert.equal(await shippingOf(id), 'Ravelijn 17')
    await end(id, Math.floor(Date.now() / 1000) - 3600) // the chain may take that back yet
    await sweep()
    assert.equal(await shippingOf(id), 'Ravelijn 17')
    await end(id)
    await sweep()
    assert.equal(await shippingOf(id), null)
    assert.deepEqual([await tablesWith('Nobody answers'), await tablesWith(id)], [[], []])
  })

  test('takes listings off the market; one that somebody is just buying goes when that deal is over, with its photos', async () => {
    const [photo, kept, shared] = [await photoOf('red'), await photoOf('green'), await photoOf('blue')]
    const free = await insertSomeListing(market.context, dmitri, { content: { title: 'Free', photos: [photo] } })
    const bought = await insertSomeListing(market.context, dmitri, { content: { title: 'Bought', photos: [kept] } })
    await insertSomeListing(market.context, dmitri, { content: { title: 'Shared', photos: [shared] } })
    await insertSomeListing(market.context, bruno, { content: { title: 'Of somebody else', photos: [shared] } })
    const { offer } = await market.context.db.listing.findUniqueOrThrow({ where: { id: bought } })
    const { terms } = parseOffer(offer)
    assert.equal(await deal({ terms }), unitDealId(parseOffer(offer), 0, market.context.domain))
    await leave()
    assert.deepEqual(await tablesWith(free), [])
    assert.equal((await seller.get(`/v1/listings/${bought}`)).body.status, 'withdrawn')
    assert.deepEqual([hasPhoto(photo), hasPhoto(kept), hasPhoto(shared)], [false, true, true])
    await end(bought)
    await sweep()
    assert.deepEqual(await tablesWith(bought), [])
    assert.deepEqual([hasPhoto(kept), hasPhoto(shared)], [false, true])
  })

  test('erases the words of reviews, and keeps what is signed for the chain until it is there', async () => {
    const [published, sealed] = [await deal({ state: 'completed' }), await deal({ state: 'completed' })]
    for (const dealId of [published, sealed]) {
      const signed = {
        publisher: me,
        publishSignature: '0x01',
        commitSignature: '0x02',
        commitment: someHash(),
        secret: someHash(),
      }
      await market.context.db.review.create({
        data: { dealId, author: me, score: 4, text: 'Sent it late.', textHash: someHash(), ...signed },
      })
    }
    await insertReview(market.indexer, { dealId: published, author: me, subject: ada.address.toLowerCase(), score: 4 })
    await end(published)
    await end(sealed)
    await leave()
    assert.deepEqual(await tablesWith('Sent it late'), [])
    assert.deepEqual(await tablesWith(published), [])
    await sweep()
    assert.deepEqual(await tablesWith(sealed), ['pending_erasure', 'review'])
    await insertReview(market.indexer, { dealId: sealed, author: me, subject: ada.address.toLowerCase(), score: 4 })
    await sweep()
    assert.deepEqual(await tablesWith(sealed), [])
  })

  test('gives who comes back with the wallet a new account, whose things are not swept away with those of the old one', async () => {
    const photo = await photoOf('red')
    const listing = await insertSomeListing(market.context, dmitri, { content: { title: 'Old', photos: [photo] } })
    const { offer } = await market.context.db.listing.findUniqueOrThrow({ where: { id: listing } })
    await deal({ terms: parseOffer(offer).terms })
    const before = (await admin.query('SELECT account_id FROM app.wallet WHERE address = $1', [me])).rows[0].account_id
    await leave()
    leaver = await signedIn(market.app, dmitri)
    const after = (await admin.query('SELECT account_id FROM app.wallet WHERE address = $1', [me])).rows[0].account_id
    assert.notEqual(after, before)
    assert.equal((await leaver.get('/v1/identity/session')).body.name, '')
    const { rows } = await admin.query('SELECT subject FROM app.account WHERE id IN ($1, $2)', [before, after])
    assert.equal(new Set(rows.map(({ subject }) => subject)).size, 2)
    const fresh = await photoOf('yellow')
    const added = await insertSomeListing(market.context, dmitri, { content: { title: 'New', photos: [fresh] } })
    const unused = await photoOf('white')
    await end(listing)
    await sweep()
    assert.deepEqual([await tablesWith(listing), hasPhoto(photo)], [[], false])
    assert.deepEqual(
      [(await seller.get(`/v1/listings/${added}`)).body.status, hasPhoto(fresh), hasPhoto(unused)],
      ['active', true, true],
    )
  })

  test('ends every program, factor and credential; of a credential its place among the revoked ones stays', async () => {
    const { rows } = await admin.query('SELECT account_id AS id FROM app.wallet WHERE address = $1', [me])
    const { rows: others } = await admin.query('SELECT subject FROM app.account WHERE did IS NOT NULL AND id <> $1', [rows[0].id])
    await admin.query(
      `DO $do$ DECLARE me UUID := '${rows[0].id}'; mine TEXT := (SELECT subject FROM app.account WHERE id = me); BEGIN
        INSERT INTO app.passkey (id, account_id, public_key, counter, transports, synced, name) VALUES ('pk-mine', me, '\\x01', 0, '{}', FALSE, 'pk-mine');
        INSERT INTO app.recovery_code (account_id, code_hash) VALUES (me, 'code-mine');
        INSERT INTO app.api_key (id, account_id, name, secret_hash, scopes, expires_at) VALUES ('key-mine', me, '', 'x', '{}', now() + interval '1 day');
        INSERT INTO app.oauth_client (id, account_id, name, homepage, redirect_uris) VALUES ('app-mine', me, '', '', '{x}');
        INSERT INTO app.oauth_item (kind, id_hash, payload, subject, client_id, expires_at) VALUES
          ('Grant', 'grant-mine', '{}', mine, 'app-of-others', now() + interval '1 day'),
          ('Grant', 'grant-to-mine', '{}', '${others[0].subject}', 'app-mine', now() + interval '1 day'),
          ('Grant', 'grant-of-others', '{}', '${others[0].subject}', 'app-of-others', now() + interval '1 day');
        INSERT INTO app.credential (account_id, status_list, status_index, wallets, token, shown, issued_at, expires_at)
          VALUES (me, 1, 7, '{${me}}', 'token-mine', TRUE, now(), now() + interval '1 day');
        INSERT INTO app.imported_credential (account_id, token_hash, token) VALUES (me, 'x', 'imported-mine');
        INSERT INTO app.key_bundle (chain, address, account_id, sequence, bundle) VALUES ('eip155:31337', '${me}', me, 1, 'bundle-mine');
      END $do$`,
    )
    await prove()
    const exported = [...unzip((await leaver.get('/v1/identity/export')).body).values()].map(String).join()
    for (const words of ['pk-mine', 'key-mine', 'app-mine', 'token-mine', 'imported-mine', 'bundle-mine'])
      assert.ok(exported.includes(words), words)
    assert.ok(!exported.includes('code-mine'), 'a proof of a secret')
    assert.equal((await leave()).status, 200)
    for (const words of [
      'pk-mine',
      'code-mine',
      'key-mine',
      'app-mine',
      'grant-mine',
      'grant-to-mine',
      'token-mine',
      'imported-mine',
      'bundle-mine',
    ])
      assert.deepEqual(await tablesWith(words), [], words)
    assert.deepEqual(await tablesWith('grant-of-others'), ['oauth_item'])
    const left = await admin.query('SELECT status_index, wallets, revoked_at IS NOT NULL AS revoked FROM app.credential')
    assert.deepEqual(left.rows, [{ status_index: 7, wallets: [], revoked: true }])
    await admin.query('TRUNCATE app.credential, app.oauth_item')
  })

  test('is all or nothing', async () => {
    const photo = await photoOf('red')
    const listing = await insertSomeListing(market.context, dmitri, { content: { photos: [photo] } })
    await admin.query(`
      CREATE FUNCTION app.no() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
      CREATE TRIGGER no BEFORE UPDATE ON app.account FOR EACH ROW EXECUTE FUNCTION app.no()`)
    assert.equal((await leave().finally(() => admin.query('DROP FUNCTION app.no CASCADE'))).status, 500)
    assert.equal((await leaver.get('/v1/identity/session')).body.name, 'Dmitri the leaver')
    assert.deepEqual([(await seller.get(`/v1/listings/${listing}`)).body.status, hasPhoto(photo)], ['active', true])
  })
})

describe('deleting an account is refused', () => {
  test('while it has a role, and says so beforehand', async () => {
    const { rows } = await admin.query('SELECT account_id AS id FROM app.wallet WHERE address = $1', [me])
    await admin.query(`INSERT INTO app.role (account_id, role, granted_by) VALUES ($1, 'moderator', 'operator')`, [rows[0].id])
    await prove()
    const preview = await leaver.get('/v1/identity/account/deletion')
    const answer = await leave()
    await admin.query('DELETE FROM app.role')
    assert.match(preview.body.refusal, /helps to run the market/)
    assert.deepEqual([answer.status, answer.body.code, answer.body.detail], [409, 'ACCOUNT_NEEDED', preview.body.refusal])
    assert.equal((await leaver.get('/v1/identity/session')).body.name, 'Dmitri the leaver')
  })

  test('while somebody waits for its ruling', async () => {
    const judge = await signedIn(market.app, ines)
    const id = await deal({ state: 'disputed' })
    const answer = await judge.send('DELETE', '/v1/identity/account', confirmed)
    assert.deepEqual([answer.status, answer.body.code], [409, 'ACCOUNT_NEEDED'])
    assert.match(answer.body.detail, /the arbiter of a dispute that is open/)
    await end(id)
    assert.equal((await judge.send('DELETE', '/v1/identity/account', confirmed)).status, 200)
  })

  test('without the words that confirm it', async () => {
    for (const body of [undefined, {}, { confirm: 'yes' }, { confirm: true }])
      assert.equal((await leaver.send('DELETE', '/v1/identity/account', body)).status, 400)
    assert.equal((await leaver.get('/v1/identity/session')).status, 200)
  })

  test('unless it was just proved who the person is, and to strangers', async () => {
    await admin.query('UPDATE app.session SET proved_at = NULL')
    assert.equal((await leave()).body.code, 'STEP_UP_NEEDED')
    assert.equal((await new Visitor(market.app).send('DELETE', '/v1/identity/account', confirmed)).status, 401)
    assert.equal((await leaver.get('/v1/identity/session')).status, 200)
  })
})
