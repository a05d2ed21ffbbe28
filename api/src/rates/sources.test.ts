import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { Outside } from '../http/fetch-public.ts'
import { coingecko } from './coingecko.ts'
import { frankfurter } from './frankfurter.ts'
import { rateSettingsFrom } from './settings.ts'
import { inverseWorth, parseExactJson, worthFrom } from './source.ts'

const ETH = `0x${'0'.repeat(40)}`
const COIN = `0x${'c0'.repeat(20)}`
const pem = readFileSync(join(import.meta.dirname, '../../test/support/example.com.pem'), 'utf8')

describe('numbers', () => {
  test('are read to the last digit that counts, and never as floating point', () => {
    assert.equal(worthFrom('2500'), 2_500_000_000_000_000n)
    assert.equal(worthFrom('0.1'), 100_000_000_000n)
    assert.equal(worthFrom('1.2345678901234567'), 1_234_567_890_123n)
    assert.equal(worthFrom('6.1e-05'), 61_000_000n)
    assert.equal(worthFrom('1E3'), 1_000_000_000_000_000n)
    assert.equal(inverseWorth(worthFrom('0.5') ?? 0n), 2_000_000_000_000n)
    assert.deepEqual(parseExactJson('{"a":[1.10,9007199254740993,true,"2"]}'), { a: ['1.10', '9007199254740993', true, '2'] })
  })

  test('that are none, or nothing, are refused', () => {
    for (const text of [
      '',
      '0',
      '0.0',
      '-1',
      '+1',
      'NaN',
      'Infinity',
      '1,5',
      '1.',
      '.5',
      '1e-30',
      '1e999',
      '0x10',
      ' 1',
      '9'.repeat(21),
    ])
      assert.equal(worthFrom(text), null, text)
  })

  test('of any size come back as they were', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 30n), (worth) => {
        const digits = worth.toString().padStart(13, '0')
        assert.equal(worthFrom(`${digits.slice(0, -12)}.${digits.slice(-12)}`), worth)
      }),
    )
  })
})

describe('where rates come from', () => {
  test('is the local table on a local chain, nowhere on another, or what is set', () => {
    assert.equal(rateSettingsFrom(undefined, true), 'fixed')
    assert.deepEqual(rateSettingsFrom(undefined, false), { tokens: {} })
    const set = {
      currencies: 'frankfurter',
      tokens: { [ETH]: { coingecko: 'ethereum' }, [COIN.toUpperCase().replace('X', 'x')]: { chainlink: ETH } },
    }
    assert.deepEqual(rateSettingsFrom(JSON.stringify(set), true), {
      currencies: 'frankfurter',
      tokens: { [ETH]: { coingecko: 'ethereum' }, [COIN]: { chainlink: ETH, maxAgeSeconds: 90_000 } },
    })
  })

  test('is refused where it is nothing that can be asked', () => {
    const wrong = [
      '',
      'fixed',
      '[]',
      '{"tokens":{"ETH":{"coingecko":"ethereum"}}}',
      `{"tokens":{"${ETH}":{"coingecko":"../x?y"}}}`,
    ]
    for (const text of wrong) assert.throws(() => rateSettingsFrom(text, true), /environment: RATES/, text)
  })
})

describe('services on the web', () => {
  let answer: (response: ServerResponse) => void = (response) => response.end()
  let asked = ''
  let through: Outside
  const server = createServer({ key: pem, cert: pem }, (request, response) => {
    asked = request.url ?? ''
    answer(response)
  })
  const says = (body: string) => {
    answer = (response) => response.setHeader('content-type', 'application/json').end(body)
  }
  before(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    through = { lookup: async () => ['127.0.0.1'], isPublic: () => true, port, ca: pem }
  })
  after(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  const bank = () => frankfurter({ url: 'https://example.com/latest', through })
  const market = () =>
    coingecko(
      new Map([
        [ETH, 'ethereum'],
        [COIN, 'usd-coin'],
      ]),
      { url: 'https://example.com/price?ids=', through },
    )

  test('tell what a currency is worth, with the time of the bank', async () => {
    says(
      '{"amount":1.0,"base":"USD","date":"2026-11-25","rates":{"EUR":0.8,"JPY":150,"XAU":0.0002,"GBP":0,"CHF":-1,"constructor":1}}',
    )
    assert.deepEqual(await bank().ask(), [
      { asset: 'EUR', worth: 1_250_000_000_000n, asOf: new Date('2026-11-25T13:15:00Z') },
      { asset: 'JPY', worth: 6_666_666_666n, asOf: new Date('2026-11-25T13:15:00Z') },
    ])
  })

  test('tell what tokens are worth, and leave out what they do not know', async () => {
    says('{"ethereum":{"usd":2512.3456789012345678,"last_updated_at":1764000000},"usd-coin":{"usd":null}}')
    assert.deepEqual(await market().ask(), [{ asset: ETH, worth: 2_512_345_678_901_234n, asOf: new Date(1_764_000_000_000) }])
    assert.equal(asked, '/price?ids=ethereum,usd-coin')
  })

  const hostile: [string, string][] = [
    ['no JSON', '<html>'],
    ['nothing', ''],
    ['another base', '{"base":"EUR","date":"2026-11-25","rates":{"EUR":1}}'],
    ['a date that is none', '{"base":"USD","date":"2026-13-45","rates":{"EUR":1}}'],
    ['a list', '[1,2]'],
    ['too much', `{"base":"USD","date":"2026-11-25","rates":{"EUR":0.8},"x":"${'x'.repeat(70_000)}"}`],
    ['a number without an end', `{"base":"USD","date":"2026-11-25","rates":{"EUR":0.${'8'.repeat(100)}}}`],
    ['endless nesting', '['.repeat(30_000)],
  ]
  for (const [what, body] of hostile) {
    test(`are not believed when they say ${what}`, async () => {
      says(body)
      await assert.rejects(bank().ask())
      if (!body.startsWith('{')) await assert.rejects(market().ask())
    })
  }

  test('have no say over members that every object has', async () => {
    says('{"__proto__":{"ethereum":{"usd":1,"last_updated_at":1764000000}},"usd-coin":{"usd":"1","last_updated_at":"soon"}}')
    assert.deepEqual(await market().ask(), [])
  })

  test('are given up when they break off, redirect or are down', async () => {
    const answers: ((response: ServerResponse) => void)[] = [
      (response) => response.destroy(),
      (response) => response.writeHead(302, { location: 'https://example.com/' }).end(),
      (response) => response.writeHead(503).end(),
      (response) => response.setHeader('content-type', 'text/html').end('<p>'),
    ]
    for (const one of answers) {
      answer = one
      await assert.rejects(bank().ask(), { name: 'FetchRefused' })
      await assert.rejects(market().ask(), { name: 'FetchRefused' })
    }
  })
})
