import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { faults } from '../../api/src/http/faults.ts'
import { detailIn, fieldIn, type Said, sentenceIn } from '../lib/said.ts'
import { flatten, readCatalogue } from './catalogue.test-support.ts'
import { locales } from './locales.ts'

const ROOT = join(import.meta.dirname, '../..')
const WEB = join(ROOT, 'web')
/** What only programs meet: the dApp does not say it, or says it by its code alone. */
const ofPrograms = 'MALFORMED|TOKEN_REFUSED|SCOPE_MISSING|CSRF_REFUSED|FOREIGN_ORIGIN|KEY_REUSED|BAD_CURSOR|WRONG_MEDIA|INTERNAL'
const LITERAL = /'((?:[^'\\\n]|\\.)+)'|`([^`]+)`/g

const sources = globSync(['api/src/**/*.ts', 'protocol/src/**/*.ts'], { cwd: ROOT })
  .filter((file) => !/\.test\.ts$|\/abi\//.test(file))
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))

/** Fields that people meet, with what their forms call them. */
const labels: Readonly<Record<string, string>> = {
  ...{ title: 'sell.labels.title', description: 'sell.labels.description', language: 'sell.labels.language' },
  ...{ category: 'sell.labels.category', condition: 'sell.labels.condition', place: 'sell.labels.place' },
  ...{ photos: 'sell.photos.heading', price: 'sell.labels.price', token: 'sell.labels.token', quantity: 'sell.labels.quantity' },
  ...{ arbiter: 'sell.arbiter.legend', silentAwardBps: 'sell.silent.legend' },
  ...{ depositBps: 'sell.payment.deposit', fundingSeconds: 'sell.payment.funding' },
  ...{ shipSeconds: 'sell.windows.ship', deliverySeconds: 'sell.windows.delivery' },
  ...{ inspectionSeconds: 'sell.windows.inspection', rulingSeconds: 'sell.windows.ruling' },
  ...{ 'content.shipping.*.name': 'sell.shipping.name', 'content.shipping.*.price': 'sell.shipping.price' },
  ...{ 'content.shipping.*.to': 'sell.shipping.to', 'content.shipping.*.days': 'sell.shipping.days' },
  ...{ expiry: 'bids.form.lasts', note: 'bids.form.note', name: 'settings.profile.name', bio: 'settings.profile.bio' },
  ...{ homepage: 'oauth.clients.homepage', redirectUris: 'oauth.clients.redirects', scopes: 'oauth.keys.scopes' },
  ...{ did: 'keys.agents.did', carrier: 'deals.form.carrier', number: 'deals.form.number' },
  ...{ reason: 'disputes.ruling.reasons', score: 'reputation.legend' },
}

/** A literal as the dictionaries have it: `{}` for what varies. */
const templateOf = (text: string): string => text.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '{}').replaceAll("\\'", "'")
const literalsIn = (text: string): string[] =>
  [...text.matchAll(LITERAL)].map(([, plain, template]) => templateOf(plain ?? template ?? ''))

const everything = new Set(sources.flatMap(literalsIn))

/** Every sentence that the API says to a person beside a code, found where it is thrown. */
const details = sources
  .flatMap((source) => [...source.matchAll(/new AppError\(\s*'([A-Z_]+)',\s*('(?:[^'\\\n]|\\.)+'|`[^`]+`)/g)])
  .filter(([, code = '']) => !new RegExp(`^(${ofPrograms})$`).test(code))
  .flatMap(([, , literal = '']) => literalsIn(literal))
  .filter((sentence) => /^[A-Z]/.test(sentence) && !sentence.startsWith('There is no {}')) // the others are put together from fields

/** What a check of a field says, which a person is shown beside it. */
const faultsOfFields = sources
  .flatMap((source) => source.split('\n'))
  .filter((line) => /\b(demand|fault|report|invalid|problem|InvalidListing)\(|path: [^\n]*message: /.test(line))
  .flatMap((line) => literalsIn(line.replace(/^.*message: /, '')).slice(-1))
  .filter(
    (sentence) =>
      sentence.includes(' ') && !/^(is not an object|holds something|is not a member|is neither|is not [12]$)/.test(sentence),
  )

const dictionaryOf = (locale: string): Said =>
  JSON.parse(readFileSync(join(import.meta.dirname, `said/${locale}.json`), 'utf8')) as Said

for (const locale of locales) {
  const said = dictionaryOf(locale)

  test(`${locale}: every sentence of the API that a person may read has words`, () => {
    assert.ok(details.length > 90 && faultsOfFields.length > 40, `${details.length} and ${faultsOfFields.length} were found`)
    const wanted = new Set(
      said.asSaid ? faultsOfFields.filter((sentence) => !/^[A-Z]/.test(sentence)) : [...details, ...faultsOfFields],
    )
    assert.deepEqual(
      [...wanted].filter((sentence) => !said.sentences[sentence]),
      [],
    )
    assert.deepEqual(
      details.filter((sentence) => !sentenceIn(said, sentence.replaceAll('{}', '2'))),
      [],
      'nothing would be said of these',
    )
    assert.deepEqual(Object.keys(said.faults).sort(), [...faults].sort())
  })

  test(`${locale}: no words for what nobody says any more`, () => {
    const pieces = [...everything]
    const isSaid = (sentence: string) => everything.has(sentence) || pieces.some((piece) => piece.includes(sentence))
    assert.deepEqual(
      Object.keys(said.sentences).filter((sentence) => !isSaid(sentence)),
      [],
    )
  })

  test(`${locale}: what varies is put where the translation wants it`, () => {
    for (const [english, words] of Object.entries(said.sentences)) {
      const holes = english.split('{}').length - 1
      const used = [...words.matchAll(/\{(\d)\}/g)].map(([, at]) => Number(at))
      assert.ok(
        used.every((at) => at < holes),
        `${english}: ${words}`,
      )
    }
  })

  test(`${locale}: fields are named as their forms name them`, () => {
    assert.deepEqual(Object.keys(said.fields).sort(), Object.keys(labels).sort())
    for (const [path, label] of Object.entries(labels)) {
      const [name = '', ...rest] = label.split('.')
      assert.equal(said.fields[path], flatten(readCatalogue(WEB, locale, name)).get(rest.join('.')), path)
    }
  })
}

test('no field is told by its path, and nothing for programs is told at all', () => {
  const english = dictionaryOf('en')
  const fields = [
    { path: 'offer.terms.price', message: 'must be at least a fifth of what is asked' },
    { path: 'content.shipping.0.name', message: 'is the name of another way of shipping' },
    { path: 'offer.counter', message: 'must be 4, your counter on chain' },
    { path: 'text', message: 'Too small: expected string to have >=10 characters', fault: 'tooShort', limit: 10 },
    { path: 'offer.terms.operator', message: 'must be 0x52908400098527886e0f7030069857d2e4169ee7' },
  ]
  const detail = `${fields.map(({ path, message }) => `${path} ${message}`).join('; ')}.`
  assert.equal(
    detailIn(english, detail, fields),
    'Price: Offer at least a fifth of what is asked. What you call it: Another way of sending has this name. ' +
      'Your wallet has revoked earlier offers meanwhile. Sign again. At least 10 characters. ' +
      'The market has changed its terms. Reload the page.',
  )
  assert.equal(sentenceIn(english, detail), undefined)
  assert.equal(sentenceIn(english, 'The code is wrong, or was used before.'), 'The code is wrong, or was used before.')
  assert.equal(sentenceIn(dictionaryOf('de'), 'must be 4, your counter on chain')?.includes('Wallet'), true)
})

const german: Said = {
  fields: { expiry: 'Gilt' },
  faults: { tooShort: 'Mindestens {limit} Zeichen.', wrong: 'Das passt hier nicht.' },
  sentences: { 'Try again in {} seconds.': 'In {0} Sekunden wieder.', 'is in the past': 'Das ist vorbei.' },
}

test('a sentence is found with what varies in it, and what has no words is not said in English', () => {
  assert.equal(sentenceIn(german, 'Try again in 12 seconds.'), 'In 12 Sekunden wieder.')
  assert.equal(sentenceIn(german, 'Try again in 12 seconds. Or not.'), undefined)
  assert.equal(detailIn(german, 'Something else happened.'), '')
})

test('a field is told by the sentence for it, else by the kind of fault, else in general', () => {
  const path = 'offer.expiry'
  assert.equal(fieldIn(german, { path, message: 'is in the past' }), 'Das ist vorbei.')
  assert.equal(fieldIn(german, { path, message: 'Too small', fault: 'tooShort', limit: 2 }), 'Mindestens 2 Zeichen.')
  assert.equal(fieldIn(german, { path, message: 'Too small', fault: 'tooShort' }), 'Das passt hier nicht.')
  assert.equal(fieldIn(german, { path, message: 'Invalid input' }), 'Das passt hier nicht.')
  const fields = [
    { path: 'a', message: 'is in the past' },
    { path: 'b', message: 'is in the past' },
  ]
  assert.equal(detailIn(german, 'a is in the past; b is in the past.', fields), 'Das ist vorbei.')
  assert.equal(detailIn(german, 'x', [{ path: 'offer.expiry', message: 'is in the past' }]), 'Gilt: Das ist vorbei.')
})
