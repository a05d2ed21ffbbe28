import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policy, type Settings } from './policy.ts'

const full = (settings: Settings) => policy(settings, 'a-nonce', { development: false })
const connect = (settings: Settings) => /connect-src ([^;]*)/.exec(full(settings))?.[1]

test('browsers may go where the settings send them, and nowhere else', () => {
  const settings = {
    RPC_URL: 'http://node.inside:8545/secret-key',
    PUBLIC_RPC_URL: 'https://rpc.example/v2/public-key',
    LIVE_URL: 'wss://live.example:8443/v1/live?of=all',
    API_URL: 'http://api.inside:4000',
  }
  assert.equal(connect(settings), "'self' https://rpc.example wss://live.example:8443")
})

test('without settings of their own they go to the node and the API that are named, of which no more is told than where they are', () => {
  const settings = { RPC_URL: 'http://user:word@127.0.0.1:9545/v3/secret-key', API_URL: 'http://127.0.0.1:4100' }
  assert.equal(connect(settings), "'self' http://127.0.0.1:9545 ws://127.0.0.1:4100")
  assert.doesNotMatch(full(settings), /secret|word/)
  assert.equal(connect({}), "'self' http://127.0.0.1:8545 ws://127.0.0.1:4000")
  assert.equal(
    connect({ API_URL: 'https://api.example/base', PUBLIC_RPC_URL: '' }),
    "'self' http://127.0.0.1:8545 wss://api.example",
  )
})

test('a list, or what is no address, does not break the header', () => {
  const broken = {
    RPC_URL: "https://a.example/k1, https://b.example/k2,; script-src 'unsafe-inline'",
    LIVE_URL: 'javascript:alert(1)',
  }
  assert.equal(connect(broken), "'self' https://a.example https://b.example")
  assert.doesNotMatch(full(broken), /,|unsafe-inline'; script/)
  assert.equal(full(broken).split('script-src').length, 2)
})
