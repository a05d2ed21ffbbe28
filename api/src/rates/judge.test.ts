import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { judge, type KnownRate, MAX_AGE_MS } from './judge.ts'

const HOUR = 3_600_000
const now = new Date('2026-11-26T12:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)
const TOKEN = `0x${'0'.repeat(40)}`
const quote = (worth: bigint, asOf = now, asset = TOKEN) => ({ asset, worth, asOf })
const known = (worth: bigint, rest: Partial<KnownRate> = {}): KnownRate => ({
  worth,
  asOf: ago(HOUR),
  doubted: null,
  doubtedSince: null,
  ...rest,
})

test('a first rate and a small change are taken', () => {
  assert.deepEqual(judge(quote(100n), null, now), { take: true })
  assert.deepEqual(judge(quote(140n), known(100n), now), { take: true })
  assert.deepEqual(judge(quote(72n), known(100n), now), { take: true })
  assert.deepEqual(judge(quote(110n, now, 'EUR'), known(100n), now), { take: true })
})

test('a jump is doubted until it was said for an hour, and forgotten when it is not said again', () => {
  const first = judge(quote(1_000n), known(100n), now)
  assert.deepEqual(first, { doubt: 1_000n, since: now })
  const later = known(100n, { doubted: 1_000n, doubtedSince: ago(HOUR / 2) })
  assert.deepEqual(judge(quote(1_050n), later, now), { doubt: 1_000n, since: ago(HOUR / 2) })
  assert.deepEqual(judge(quote(1_050n), { ...later, doubtedSince: ago(HOUR) }, now), { take: true })
  assert.deepEqual(judge(quote(5_000n), { ...later, doubtedSince: ago(HOUR) }, now), { doubt: 5_000n, since: now })
  assert.deepEqual(judge(quote(101n), later, now), { take: true })
  assert.deepEqual(judge(quote(112n, now, 'EUR'), known(100n), now), { doubt: 112n, since: now })
})

test('what is of the future, too old, or no rate is refused, and what is older than known changes nothing', () => {
  const refused = [
    quote(100n, ago(-HOUR)),
    quote(100n, ago(MAX_AGE_MS + 1)),
    quote(0n),
    quote(-1n),
    quote(10n ** 22n),
    quote(1n, new Date(Number.NaN)),
  ]
  for (const one of refused) assert.ok('refuse' in judge(one, null, now), String(one.worth))
  assert.deepEqual(judge(quote(100n, ago(2 * HOUR)), known(90n), now), { keep: true })
})

test('a rate that nobody shows any more is no measure for a new one', () => {
  assert.deepEqual(judge(quote(1_000n), known(100n, { asOf: ago(MAX_AGE_MS + HOUR) }), now), { take: true })
})

test('whatever one answer says, what is shown moves by at most the allowed part', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 18n), fc.bigInt(-1n, 10n ** 23n), (before, said) => {
      const verdict = judge(quote(said), known(before), now)
      if ('take' in verdict) assert.ok(said * 100n <= before * 140n && before * 100n <= said * 140n)
    }),
  )
})
