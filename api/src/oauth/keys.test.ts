import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { dmitri } from '@fairhold/protocol/dev-accounts'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { startMarket } from '../../test/support/market.ts'
import { authorizeUrl, locationOf, logIn, registerApp, tokensFor } from '../../test/support/oauth.ts'
import { signedIn } from '../../test/support/visitor.ts'
import { buildApp } from '../app.ts'
import { keyFileIn, loadKeys, rotateKeys } from './keys.ts'

const folders: string[] = []
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'fairhold-test-keys-'))
  folders.push(made)
  return made
}
after(() => {
  for (const one of folders) rmSync(one, { recursive: true })
})
const load = (dataDir: string) => loadKeys({ dataDir, oauthKeys: undefined })

describe('the keys of the provider', () => {
  test('are made once, also by processes that start together, in a file that only its owner reads', async () => {
    const dataDir = join(folder(), 'data')
    const [first, ...others] = await Promise.all(Array.from({ length: 4 }, () => load(dataDir)))
    for (const other of others) assert.deepEqual(other, first)
    assert.equal(statSync(keyFileIn(dataDir)).mode & 0o777, 0o600)
    assert.deepEqual(readdirSync(dataDir), ['oauth-keys.json'], 'no draft is left')
  })

  test('can come from the environment', async () => {
    const dataDir = folder()
    const made = await load(dataDir)
    const oauthKeys = readFileSync(keyFileIn(dataDir), 'utf8')
    assert.deepEqual(await loadKeys({ dataDir: folder(), oauthKeys }), made)
  })

  test('that are none stop the start, and are not repeated in the error', async () => {
    const dataDir = folder()
    writeFileSync(keyFileIn(dataDir), '{"signing":[{"d":"very-secret"}]}')
    await assert.rejects(
      load(dataDir),
      (error: Error) => /does not hold the keys/.test(error.message) && !/very-secret/.test(error.stack ?? ''),
    )
    await assert.rejects(loadKeys({ dataDir, oauthKeys: 'very-secret' }), /^Error: OAUTH_KEYS does not hold the keys/)
  })

  test('rotate: what the older ones signed stays good, and the oldest go', async () => {
    const market = await startMarket()
    try {
      const person = await signedIn(market.app, dmitri)
      const app = await registerApp(person)
      const { id_token: token = '' } = await tokensFor(market.app, person, app)
      await rotateKeys(market.context.env.dataDir)
      const restarted = await buildApp(market.context)
      const keys = (await restarted.inject('/oauth/jwks')).json()
      const { protectedHeader } = await jwtVerify(token, createLocalJWKSet(keys))
      assert.notEqual(keys.keys[0].kid, protectedHeader.kid, 'another one signs now')
      assert.deepEqual(
        Object.keys(keys.keys[0]).filter((name) => ['d', 'p', 'q', 'dp', 'dq', 'qi'].includes(name)),
        [],
      )
      const silent = await restarted.inject({ url: authorizeUrl(app), cookies: person.cookies })
      assert.match(String(silent.headers.location), /code=/, 'its cookies are read still')
      await restarted.close()
    } finally {
      await market.stop()
    }
    const dataDir = folder()
    for (let k = 0; k < 4; k += 1) await rotateKeys(dataDir)
    const { signing, cookies } = await load(dataDir)
    assert.deepEqual([signing.length, cookies.length, statSync(keyFileIn(dataDir)).mode & 0o777], [3, 3, 0o600])
  })

  test('bind cookies over https to the host', async () => {
    const market = await startMarket(undefined, { PUBLIC_ORIGIN: 'https://market.example' })
    try {
      const answer = await market.app.inject('/oauth/auth?client_id=x')
      assert.equal(answer.statusCode, 400)
      const site = { origin: 'https://market.example', domain: 'market.example', uri: 'https://market.example' }
      const person = new (await import('../../test/support/visitor.ts')).Visitor(market.app)
      assert.equal((await person.signIn(dmitri, { domain: site.domain, uri: site.uri })).status, 200)
      const app = await registerApp(person)
      const asked = await person.get(authorizeUrl(app))
      assert.equal(locationOf(asked).pathname.startsWith('/oauth/'), true)
      for (const cookie of [asked.headers['set-cookie']].flat()) {
        assert.match(String(cookie), /^__(Host|Secure)-fairhold_oauth/)
        assert.match(String(cookie), /; secure/i)
        assert.match(String(cookie), /; httponly/i)
        assert.match(String(cookie), /; samesite=lax/i)
      }
      assert.equal((await logIn(person, app)).back.searchParams.get('iss'), site.origin)
    } finally {
      await market.stop()
    }
  })
})
