import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { likeness, type Prepared, prepare, rarityIn } from './likeness.ts'
import { BUSY, CROWD, likedTogether } from './people.ts'
import { recommendFrom } from './recommend.ts'
import { type Liking, likingKinds, loyaltyOf, strengthOf } from './taste.ts'

const DAY = 86_400_000
const NOW = 100 * DAY
const liking = (id: string, changes: Partial<Liking> = {}): Liking => ({ id, kind: 'viewed', at: NOW, times: 1, ...changes })
const item = (id: string, title: string, changes: Partial<Prepared> = {}): Prepared =>
  prepare({ id, category: 'cameras', brand: null, title, worth: 10_000, ...changes })
const ask = (liked: Liking[], items: Prepared[], candidates: string[], loyalties: [string, string][] = []) => {
  const byId = new Map(items.map((one) => [one.id, one]))
  const people = loyalties.map(([person, one]) => ({ person, item: one, loyalty: 2 }))
  return recommendFrom({
    liked,
    likedFeatures: byId,
    together: likedTogether(people, new Set(liked.map(({ id }) => id))),
    candidates: candidates.flatMap((id) => byId.get(id) ?? []),
    popularity: new Map(),
    now: NOW,
    limit: 5,
  })
}

describe('taste', () => {
  test('fades with time, grows with each look, and counts what people do more than what they see', () => {
    assert.ok(strengthOf(liking('a', { at: NOW - 40 * DAY }), NOW) < strengthOf(liking('a'), NOW) / 3)
    assert.ok(strengthOf(liking('a', { times: 4 }), NOW) > strengthOf(liking('a'), NOW))
    const [viewed, saved, bought] = likingKinds.map((kind) => loyaltyOf({ kind, times: 1 }))
    assert.ok((viewed ?? 0) < (saved ?? 0) && (saved ?? 0) < (bought ?? 0))
    assert.equal(
      strengthOf(liking('a', { at: NOW + DAY }), NOW),
      strengthOf(liking('a'), NOW),
      'a clock that is ahead is no harm',
    )
  })
})

describe('likeness', () => {
  test('is one with itself, the same both ways, and between nothing and one', () => {
    const some = fc.record({
      category: fc.constantFrom('cameras', 'audio'),
      brand: fc.constantFrom(null, 'leica', 'kestrel'),
      title: fc.array(fc.constantFrom('leica', 'lens', 'M6', 'black', 'old'), { maxLength: 5 }).map((words) => words.join(' ')),
      worth: fc.constantFrom(null, 0, 100, 30_000),
    })
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [one, other] = [prepare({ id: 'a', ...a }), prepare({ id: 'b', ...b })]
        const rarity = rarityIn([one, other])
        const value = likeness(one, other, rarity)
        assert.ok(value >= 0 && value <= 1)
        assert.equal(value.toFixed(9), likeness(other, one, rarity).toFixed(9))
        assert.ok(likeness(one, one, rarity) >= value - 1e-9)
      }),
    )
  })

  test('counts rare words for more than common ones', () => {
    const all = [
      item('a', 'Leica camera'),
      item('b', 'Leica lens'),
      item('c', 'Kestrel camera'),
      item('d', 'Halcyon camera'),
      item('e', 'Other camera'),
    ]
    const rarity = rarityIn(all)
    const [a, b, c] = all as [Prepared, Prepared, Prepared]
    assert.ok(likeness(a, b, rarity) > likeness(a, c, rarity))
  })
})

describe('what people like together', () => {
  test('is the more alike the more of the same people like both', () => {
    const loyalties = [...'abcdefghijklmn'].flatMap((person) => [
      { person, item: 'x', loyalty: 1 },
      { person, item: person < 'f' ? 'z' : 'y', loyalty: 1 },
    ])
    const near = likedTogether(loyalties, new Set(['x'])).get('x')
    assert.ok((near?.get('y') ?? 0) > (near?.get('z') ?? 0) && (near?.get('z') ?? 0) > 0)
    assert.equal(near?.has('x'), false)
  })

  test('is moved by a crowd alone: what fewer people like both counts for nothing', () => {
    const likes = (people: number) =>
      Array.from({ length: people }, (_, person) =>
        ['bait', 'secret'].map((item) => ({ person: String(person), item, loyalty: 3 })),
      ).flat()
    const near = (people: number) =>
      likedTogether(likes(people), new Set(['bait']))
        .get('bait')
        ?.has('secret')
    assert.deepEqual([near(1), near(CROWD - 1), near(CROWD)], [false, false, true])
    assert.ok(CROWD >= 5)
  })

  test('leaves out who likes everything', () => {
    const busy = [...'pqrstuvw'].flatMap((person) =>
      Array.from({ length: BUSY + 1 }, (_, n) => ({ person, item: `i${n}`, loyalty: 1 })),
    )
    assert.equal(likedTogether(busy, new Set(['i1'])).size, 0)
  })
})

describe('recommendations', () => {
  const items = [
    item('m6', 'Leica M6 camera', { brand: 'leica' }),
    item('m3', 'Leica M3 camera', { brand: 'leica' }),
    item('pot', 'Teapot', { category: 'home' }),
    item('lamp', 'Desk lamp', { category: 'home' }),
  ]

  test('are what is like what somebody looked at, and say so', () => {
    const [first] = ask([liking('m6')], items, ['m3', 'pot', 'lamp'])
    assert.deepEqual([first?.id, first?.because.id, first?.by], ['m3', 'm6', 'likeness'])
  })

  test('are what others like who like the same, and say so', () => {
    const loyalties: [string, string][] = [...'abcdef'].flatMap((person): [string, string][] => [
      [person, 'm6'],
      [person, 'pot'],
    ])
    const found = ask([liking('m6')], items, ['pot', 'lamp'], loyalties)
    assert.deepEqual([found[0]?.id, found[0]?.by], ['pot', 'people'])
  })

  test('follow a new taste more than an old one', () => {
    const found = ask([liking('m6', { at: NOW - 90 * DAY }), liking('pot')], items, ['m3', 'lamp'])
    assert.equal(found[0]?.id, 'lamp')
  })

  test('are none for who has shown nothing, and nothing without a reason', () => {
    assert.deepEqual(ask([], items, ['m3']), [])
    assert.deepEqual(ask([liking('unknown')], items, ['m3']), [])
  })

  test('are not all of one kind, if there is another', () => {
    const many = Array.from({ length: 9 }, (_, n) => item(`c${n}`, `Leica M${n} camera`, { brand: 'leica' }))
    const pots = [
      item('old', 'Celadon teapot', { category: 'home' }),
      item('new', 'Celadon teapot with cups', { category: 'home' }),
    ]
    const found = ask([liking('m6'), liking('old')], [...items, ...many, ...pots], [...many.map(({ id }) => id), 'new'])
    assert.ok(
      found.some(({ id }) => id === 'new'),
      found.map(({ id }) => id).join(' '),
    )
  })

  test('are candidates, none twice, no more than wanted, each for something that was liked; the same for the same', () => {
    const ids = fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')
    const likings = fc.uniqueArray(
      fc.record({
        id: ids,
        kind: fc.constantFrom(...likingKinds),
        at: fc.integer({ min: 0, max: NOW }),
        times: fc.integer({ min: 1, max: 9 }),
      }),
      { selector: ({ id }) => id },
    )
    fc.assert(
      fc.property(
        likings,
        fc.uniqueArray(ids),
        fc.array(fc.tuple(fc.constantFrom('p', 'q', 'r'), ids)),
        (liked, candidates, loyalties) => {
          const all = [...'abcdefgh'].map((id) => item(id, `Thing ${id} of ${'abcd'.includes(id) ? 'steel' : 'wood'}`))
          const found = ask(liked, all, candidates, loyalties)
          assert.ok(found.length <= 5 && new Set(found.map(({ id }) => id)).size === found.length)
          for (const { id, because, score } of found) {
            assert.ok(candidates.includes(id) && liked.some((one) => one.id === because.id) && Number.isFinite(score))
          }
          assert.deepEqual(ask(liked, all, candidates, loyalties), found)
        },
      ),
    )
  })
})
