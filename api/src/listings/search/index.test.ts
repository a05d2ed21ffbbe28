import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Prisma } from '@fairhold/db/client'
import { ada, bruno } from '@fairhold/protocol/dev-accounts'
import type { ListingContentV2 } from '@fairhold/protocol/listing/content'
import fc from 'fast-check'
import { insertChoices } from '../../../test/support/listings.ts'
import { type Market, startMarket } from '../../../test/support/market.ts'
import { Visitor } from '../../../test/support/visitor.ts'
import { takeOff } from '../stored.ts'
import { searchShape } from './contract.ts'
import { findListings, matchesAmong } from './find.ts'
import { countTerms } from './index-job.ts'
import { indexListings } from './index-listing.ts'
import { plainOf } from './query.ts'

let market: Market
let visitor: Visitor
const ids = new Map<string, string>()
let salt = 700_000n
const contents: Partial<ListingContentV2>[] = [
  { title: 'Picnic basket', description: 'Wicker, with straps of leather.' },
  { title: 'Picnic basket with accessories', description: 'Plates and cups for four.' },
  { title: 'E-Cloth for windows', description: 'Cleans with water alone.' },
  { title: 'Fire TV stick', description: 'For streaming in the evening.' },
  {
    title: 'Bridge camera 35 mm',
    description: 'Zooms far, with a lens cap.',
    category: 'cameras',
    attributes: { brand: 'Nikon' },
  },
  {
    title: 'Kamera mit Objektiv',
    description: 'Ein schönes Gehäuse, wenig benutzt.',
    language: 'de',
    category: 'cameras',
    attributes: { brand: 'Leica' },
  },
  {
    title: 'Ledertaschen für Kameras',
    description: 'Zwei Stück, braun und groß.',
    language: 'de',
    category: 'cameras',
    attributes: {},
  },
]

before(async () => {
  market = await startMarket()
  visitor = new Visitor(market.app)
  const towns = [{ lat: 41.15, lon: -8.61 }, { lat: 38.72, lon: -9.13 }, null]
  for (const [at, content] of contents.entries()) {
    const id = await insertChoices(market.context, at % 2 ? bruno : ada, {
      content: { attributes: {}, ...content },
      terms: { price: BigInt(100 * (at + 1)), salt: BigInt(at * 10) },
    })
    ids.set(content.title ?? '', id)
    const town = towns[at % 3]
    if (town) await market.context.db.listing.update({ where: { id }, data: town })
  }
  // A market has many words that its listings share; without any count all are equally rare.
  for (const word of ['fire', 'stick'])
    await market.context.db.$executeRaw`UPDATE app.search_word SET listings = 50 WHERE word = ${word}`
})
after(() => market?.stop())

async function titles(query: Record<string, string | number>): Promise<string[]> {
  const { status, body } = await visitor.get(
    `/v1/listings?${new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]))}`,
  )
  assert.equal(status, 200, JSON.stringify(body))
  return body.items.map(({ title }: { title: string }) => title)
}

describe('the index', () => {
  test('puts what has an unwanted word in its title behind', async () => {
    assert.deepEqual(await titles({ q: 'picnic basket without accessories' }), [
      'Picnic basket',
      'Picnic basket with accessories',
    ])
  })

  test('knows words with and without their hyphen, and numbers with and without a gap', async () => {
    for (const q of ['ecloth', 'e-cloth', 'E-CLOTH']) assert.deepEqual(await titles({ q }), ['E-Cloth for windows'])
    for (const q of ['camera 35mm', 'camera 35 mm']) assert.equal((await titles({ q }))[0], 'Bridge camera 35 mm')
  })

  test('takes an unknown word apart, or for one that is like it, and says so', async () => {
    const apart = await visitor.get('/v1/listings?q=firestick')
    assert.deepEqual([apart.body.items[0]?.title, apart.body.corrected], ['Fire TV stick', 'fire stick'])
    const alike = await visitor.get('/v1/listings?q=picknic+baskett')
    assert.deepEqual([alike.body.items[0]?.title, alike.body.corrected], ['Picnic basket', 'picnic basket'])
    const known = await visitor.get('/v1/listings?q=picnic')
    assert.equal(known.body.corrected, null)
  })

  test('stems words by the language of the listing, and finds them in the language of the reader', async () => {
    assert.deepEqual(await titles({ q: 'schöne Gehäuse', lang: 'de' }), ['Kamera mit Objektiv'])
    assert.ok((await titles({ q: 'Ledertasche', lang: 'de' })).includes('Ledertaschen für Kameras'))
    assert.deepEqual(await titles({ q: 'GROSS', lang: 'de' }), ['Ledertaschen für Kameras'])
  })

  test('writes every letter as the search does, in whatever script', async () => {
    const letters = Array.from({ length: 0xffff - 0xa0 }, (_, at) => String.fromCodePoint(0xa0 + at)).filter(
      (letter) => /\p{L}/u.test(letter) && letter.normalize('NFC') === letter,
    )
    const rows = await market.context.db.$queryRaw<{ letter: string; indexed: string; asked: string }[]>`
      SELECT letter, app.search_text(letter) AS indexed, app.search_text(plain) AS asked
      FROM unnest(${letters}::text[], ${letters.map(plainOf)}::text[]) AS given (letter, plain)`
    const others = rows.filter(({ indexed, asked }) => indexed !== asked).map(({ letter }) => letter)
    // A few letters with two marks, which Postgres' unaccent does not know.
    assert.ok(rows.length > 40_000 && others.length <= 30, others.join(''))
    assert.deepEqual(
      others.filter((letter) => !/[\p{Script=Latin}\p{Script=Greek}\u1c89]/u.test(letter)),
      [],
    )
  })

  test('finds words of every script by each of them, however their marks are written', async () => {
    const written = ['Йогуртница белая', '한국 카메라', 'ガラス カメラ', 'Πουλάω μηχανή', 'Şık çanta', 'Đèn điện', 'Straße Ærø']
    const more = ['कैमरा लेंस', 'กล้องถ่ายรูป', 'كاميرا قديمة', 'מצלמה ישנה', 'Ёлка синяя', 'Cafetière émaillée']
    for (const title of [...written, ...more]) {
      salt += 10n
      await insertChoices(market.context, ada, {
        content: { title, description: 'Nothing to see here.', attributes: {} },
        terms: { salt },
      })
      for (const word of title.split(' '))
        for (const q of [word, word.normalize('NFD'), word.toUpperCase(), `"${word}"`])
          assert.ok((await titles({ q })).includes(title), `${q} finds ${title}`)
    }
    await market.context.db.listing
      .findMany({ where: { title: { in: [...written, ...more] } }, select: { id: true } })
      .then((rows) =>
        market.context.db.$transaction(async (tx) => {
          for (const { id } of rows) await takeOff(tx, id)
        }),
      )
  })

  test('finds a phrase only where it stands as it is', async () => {
    assert.deepEqual(await titles({ q: '"basket with accessories"' }), ['Picnic basket with accessories'])
    assert.deepEqual(await titles({ q: '"accessories basket"' }), [])
    assert.deepEqual(await titles({ q: 'basket -"with accessories"' }), ['Picnic basket'])
  })

  test('finds nothing for words that nothing is like', async () => {
    assert.deepEqual(await titles({ q: 'xylophonquarz' }), [])
  })

  test('narrows by brand, where it ships to, and the score of the seller', async () => {
    assert.deepEqual(await titles({ brand: 'leica' }), ['Kamera mit Objektiv'])
    assert.equal((await titles({ shipsTo: 'NO' })).length, contents.length)
    assert.deepEqual(await titles({ minScore: 1 }), [], 'nobody was reviewed yet')
  })

  test('orders by distance, those of unknown places last, and keeps within a circle', async () => {
    await market.context.db
      .$executeRaw`INSERT INTO app.town VALUES (1, 'Gaia', 'PT', '', 1000, 41.13, -8.62) ON CONFLICT DO NOTHING`
    const near = await titles({ near: 1, sort: 'nearest' })
    assert.equal(near.length, contents.length)
    assert.deepEqual(new Set(near.slice(0, 3)), new Set(['Picnic basket', 'Fire TV stick', 'Ledertaschen für Kameras']))
    assert.deepEqual(new Set(near.slice(3, 5)), new Set(['Picnic basket with accessories', 'Bridge camera 35 mm']))
    assert.equal((await titles({ near: 1, within: 20 })).length, 3)
    assert.equal((await titles({ near: 1, within: 400 })).length, 5)
    for (const query of ['sort=nearest', 'within=5', 'near=99999999', 'near=0', 'near=x', 'within=0&near=1']) {
      assert.equal((await visitor.get(`/v1/listings?${query}`)).status, 400, query)
    }
  })

  test('counts facets as the search would show them', async () => {
    const { body } = await visitor.get('/v1/listings/facets?q=kamera&lang=de')
    assert.deepEqual(body.brand, [{ value: 'Leica', count: 1 }])
    assert.equal(body.total, 1)
    const without = async (q: string) => (await visitor.get(`/v1/listings/facets?q=${encodeURIComponent(q)}`)).body.total
    assert.equal(await without('-basket'), contents.length - 2)
    assert.equal(await without('-"with accessories"'), contents.length - 1)
    assert.equal(body.capped, false)
  })

  test('suggests words, categories and listings', async () => {
    const { body } = await visitor.get('/v1/listings/suggestions?q=pic')
    assert.deepEqual(body[0], { kind: 'words', text: 'picnic' })
    assert.ok(body.some(({ kind, text }: { kind: string; text: string }) => kind === 'listing' && text === 'Picnic basket'))
    const { body: categories } = await visitor.get('/v1/listings/suggestions?q=cam')
    assert.ok(categories.some(({ kind, text }: { kind: string; text: string }) => kind === 'category' && text === 'cameras'))
    for (const q of ['', '%25', "'", '"', '%00', '\\', '😀', 'a'.repeat(101)]) {
      assert.ok([200, 400].includes((await visitor.get(`/v1/listings/suggestions?q=${encodeURIComponent(q)}`)).status), q)
    }
  })

  test('finds what is similar, and not the listing itself', async () => {
    const { body } = await visitor.get(`/v1/listings/${ids.get('Picnic basket')}/similar`)
    assert.equal(body[0]?.title, 'Picnic basket with accessories')
    assert.ok(!body.some(({ title }: { title: string }) => title === 'Picnic basket'))
    const { body: ofCamera } = await visitor.get(`/v1/listings/${ids.get('Kamera mit Objektiv')}/similar`)
    assert.deepEqual(
      [...new Set(ofCamera.map(({ category }: { category: string }) => category))],
      ['cameras'],
      'and what shares no word but the category, but nothing else',
    )
    const shown = ofCamera.map(({ title }: { title: string }) => title)
    assert.equal(shown.length, contents.filter(({ category }) => category === 'cameras').length - 1)
    assert.equal(new Set(shown).size, shown.length)
    assert.deepEqual((await visitor.get(`/v1/listings/0x${'9'.repeat(64)}/similar`)).body, [])
  })
})

describe('of a listing', () => {
  const rows = async () => {
    const [counts] = await market.context.db.$queryRaw<{ postings: number; documents: number }[]>`
      SELECT (SELECT count(*)::int FROM app.search_posting) AS postings, (SELECT count(*)::int FROM app.search_document) AS documents`
    return counts
  }

  test('indexing it twice changes nothing, and taking it off the market leaves nothing', async () => {
    const before = await rows()
    const id = await insertChoices(market.context, ada, { content: { title: 'Zither, rosewood' }, terms: { salt: 9_000n } })
    const indexed = await rows()
    await indexListings(market.context.db, [id])
    assert.deepEqual(await rows(), indexed)
    assert.deepEqual(await titles({ q: 'zither' }), ['Zither, rosewood'])
    await market.context.db.$transaction((tx) => takeOff(tx, id))
    assert.deepEqual(await rows(), before)
    assert.deepEqual(await titles({ q: 'zither' }), [])
  })

  test('each is counted once, however often and by however many', async () => {
    await Promise.all([countTerms(market.context, 2), countTerms(market.context, 3)])
    await countTerms(market.context)
    const { listings } = await market.context.db.searchSize.findFirstOrThrow()
    assert.equal(listings, contents.length)
    const [basket] = await market.context.db.$queryRaw<{ listings: number }[]>`
      SELECT listings FROM app.search_term WHERE term = hashtextextended('basket', 0)`
    assert.equal(basket?.listings, 2)
  })
})

describe('a saved search', () => {
  test('matches just the listings that the search shows in order of time', async () => {
    const q = fc.constantFrom(
      'camera',
      'kamera',
      'picnic basket',
      'basket accessories',
      'picknic',
      'the',
      '"with accessories"',
      'camera -bridge',
      '-basket',
      'basket -"with accessories"',
      'xyzzyx',
      undefined,
    )
    const filters = fc.record({
      q,
      category: fc.constantFrom('cameras', 'bicycles', undefined),
      brand: fc.constantFrom('Nikon', undefined),
      shipsTo: fc.constantFrom('PT', undefined),
    })
    await fc.assert(
      fc.asyncProperty(filters, async (given) => {
        const search = searchShape.parse({ ...given, sort: 'newest', limit: 60 })
        const all = (await market.context.db.$queryRaw<{ id: string }[]>(Prisma.sql`SELECT id FROM app.listing`)).map(
          ({ id }) => id,
        )
        const shown = (await findListings(market.context, search)).rows.map(({ id }) => id)
        assert.deepEqual((await matchesAmong(market.context, search, all)).toSorted(), shown.toSorted())
      }),
      { numRuns: 60 },
    )
  })
})
