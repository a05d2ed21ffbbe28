import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { MAX_WORDS, parseQuery } from './query.ts'

const words = (text: string) => parseQuery(text).words

describe('a query taken apart', () => {
  test('is words in small letters, without marks and the s of a possessive', () => {
    assert.deepEqual(words('Women’s Café chairs'), ['women', 'cafe', 'chairs'])
    assert.deepEqual(words('ÜBER-Größe'), ['uber-grosse'])
  })

  test('keeps what is one word in one piece', () => {
    assert.deepEqual(words('e-cloth 1/2 1.5 35mm'), ['e-cloth', '1/2', '1.5', '35mm'])
  })

  for (const without of ['without', 'ohne', 'sans', 'sin', 'sem', 'senza', 'zonder']) {
    test(`knows that nobody wants what comes after "${without}"`, () => {
      const { words, unwanted } = parseQuery(`tool cases ${without} power tools`)
      assert.deepEqual(
        [words, unwanted],
        [
          ['tool', 'cases'],
          ['power', 'tools'],
        ],
      )
    })
  }

  test('but takes it for a word where nothing is before or after it', () => {
    assert.deepEqual(parseQuery('without you').unwanted, [])
    assert.deepEqual(parseQuery('living without').words, ['living', 'without'])
  })

  test('finds phrases and words to leave out', () => {
    const query = parseQuery('"Leica M6" camera -bag -"neck strap" -e-bike')
    assert.deepEqual(query.phrases, ['leica m6'])
    assert.deepEqual(query.excludedPhrases, ['neck strap'])
    assert.deepEqual(query.excluded, ['bag', 'e-bike'])
    assert.deepEqual(query.words, ['leica', 'm6', 'camera'])
  })

  test('is nothing but words of at most so many, whatever was typed', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...'ab" -/.\'()&|!:*\\%_') }),
    )
    fc.assert(
      fc.property(text, (typed) => {
        const { words, unwanted, excluded, phrases } = parseQuery(typed)
        for (const list of [words, unwanted, excluded]) {
          assert.ok(list.length <= MAX_WORDS)
          for (const word of list)
            assert.match(word, /^[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[-/.,][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*-?$/u)
        }
        for (const phrase of phrases) assert.match(phrase, /[\p{L}\p{N}]/u)
      }),
      { numRuns: 500 },
    )
  })
})
