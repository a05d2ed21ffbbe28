import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Canonical, canonical } from './canonical.ts'

const leaves = fc.oneof(
  fc.maxSafeInteger().map((number) => number || 0),
  fc.boolean(),
  fc.constant(null),
  fc.string({ unit: 'binary' }),
)
const values = fc.letrec<{ value: Canonical }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaves,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4 }),
  ),
})).value

test('the order of names is that of RFC 8785, section 3.2.3', () => {
  const names = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, ö: 7 }
  assert.equal(canonical(names), '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"\u{1f600}":5,"\ufb33":3}')
})

test('strings are written as in RFC 8785, section 3.2.2.2', () => {
  assert.equal(canonical('€$\u000f\nA\'B"\\"/'), '"€$\\u000f\\nA\'B\\"\\\\\\"/"')
})

test('reading the text gives the value again', () => {
  fc.assert(fc.property(values, (value) => assert.deepEqual(JSON.parse(canonical(value)), JSON.parse(JSON.stringify(value)))))
})

test('the text does not depend on the order in which a value was put together', () => {
  const reversed = (value: Canonical): Canonical => {
    if (Array.isArray(value)) return value.map(reversed)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([name, member]) => [name, reversed(member)]),
    )
  }
  fc.assert(fc.property(values, (value) => assert.equal(canonical(reversed(value)), canonical(value))))
})

test('different values have different texts', () => {
  fc.assert(
    fc.property(values, values, (a, b) =>
      assert.equal(canonical(a) === canonical(b), JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))),
    ),
  )
})

for (const [what, value] of Object.entries({
  'a fraction': 0.5,
  'a number that JSON cannot hold exactly': 2 ** 53,
  'minus zero': -0,
  'no number': Number.NaN,
  'half of a surrogate pair': '\ud800',
  'half of a surrogate pair as a name': { '\udc00': 1 },
  undefined: undefined,
  'undefined within': { a: undefined },
  'a bigint': 1n,
})) {
  test(`${what} is refused`, () => {
    assert.throws(() => canonical(value as Canonical), TypeError)
  })
}

/** Written another way than `canonical` itself. */
function sorted(value: Canonical): Canonical {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const names = Object.keys(value).sort()
  return names
    .map((name): Canonical => [name, sorted((value as Record<string, Canonical>)[name] ?? null)])
    .concat([['object', names.length]])
}
