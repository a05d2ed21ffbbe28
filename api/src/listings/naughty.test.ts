import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ada } from '@fairhold/protocol/dev-accounts'
import { itemHash } from '@fairhold/protocol/listing/content'
import type { TestChain } from '../../test/support/chain.ts'
import { bicycle, signedChoices } from '../../test/support/listings.ts'
import { type Market, startMarketOnChain } from '../../test/support/market.ts'
import { neverFine, notPublished, oddButFine } from '../../test/support/naughty.ts'
import { signedIn, type Visitor } from '../../test/support/visitor.ts'

let market: Market & { chain: TestChain }
let seller: Visitor
before(async () => {
  market = await startMarketOnChain()
  seller = await signedIn(market.app, ada)
})
after(() => market?.stop())

/** A bicycle with the text wherever a seller can write one. */
const contentOf = (text: string) => {
  const [parcel] = bicycle.shipping
  return {
    ...bicycle,
    title: text.slice(0, 80),
    description: `About it: ${text}`,
    attributes: { brand: text.slice(0, 60), model: 'x' },
    shipping: [{ ...parcel, name: text.slice(0, 40) }],
  }
}
const whole = (text: string, length: number) =>
  text.slice(0, length).isWellFormed() && text.slice(0, length).trim() === text.slice(0, length)
const fits = (text: string) => [80, 60, 40].every((length) => whole(text, length))
const publish = async (content: object, replaces?: string) => {
  const listing = await signedChoices(market.context, ada, { content, ...(replaces ? { replaces } : {}) })
  return seller.send('POST', '/v1/listings', listing)
}

describe('odd text', { timeout: 300_000 }, () => {
  test('there are enough kinds of it', () => {
    const all = [oddButFine, neverFine, notPublished].flatMap(Object.keys)
    assert.ok(all.length >= 80, `${all.length} kinds`)
  })

  for (const [name, text] of Object.entries(oddButFine)) {
    test(`${name} is published, edited and kept in a draft as it is`, async () => {
      assert.ok(fits(text), 'cut in the middle of a character')
      const content = contentOf(text)
      const { status, body } = await publish(content)
      assert.equal(status, 201, JSON.stringify(body))
      const shown = (await seller.get(`/v1/listings/${body.id}`)).body
      assert.deepEqual(shown.content, content)
      assert.equal(itemHash(shown.content), shown.itemHash, 'what is shown is what was signed')
      assert.deepEqual([shown.title, shown.attributes.brand], [content.title, content.attributes.brand])
      const found = await seller.get(`/v1/listings?q=${encodeURIComponent(text.slice(0, 200))}`)
      assert.equal(found.status, 200, JSON.stringify(found.body))
      const edit = await publish({ ...content, description: `Edited: ${text}` }, body.id)
      assert.equal(edit.status, 201, JSON.stringify(edit.body))
      const form = { title: text, description: text, attributes: { brand: text } }
      const draft = await seller.send('POST', '/v1/drafts', { form })
      assert.deepEqual([draft.status, draft.body.form], [201, form])
      await seller.send('DELETE', `/v1/drafts/${draft.body.id}`)
    })
  }

  for (const [name, text] of Object.entries(neverFine)) {
    test(`${name} is refused everywhere, and says where it is`, async () => {
      const listing = await signedChoices(market.context, ada)
      for (const field of ['title', 'description'] as const) {
        const { status, body } = await seller.send('POST', '/v1/listings', {
          ...listing,
          content: { ...bicycle, [field]: `${text} and more` },
        })
        assert.deepEqual([status, body.code, body.errors[0].path], [400, 'VALIDATION', `content.${field}`], JSON.stringify(body))
      }
      const drafted = await seller.send('POST', '/v1/drafts', { form: { title: text } })
      assert.deepEqual([drafted.status, drafted.body.code, drafted.body.errors[0].path], [400, 'VALIDATION', 'form.title'])
      const asked = await seller.get(`/v1/towns?q=ab${text.includes('\0') ? '%00' : '%ED%A0%80'}`)
      assert.ok([200, 400].includes(asked.status), `${asked.status}`)
    })
  }

  for (const [name, text] of Object.entries(notPublished)) {
    test(`${name} stays in a draft, and is refused when it is published`, async () => {
      const draft = await seller.send('POST', '/v1/drafts', { form: { title: text } })
      assert.deepEqual([draft.status, draft.body.form.title], [201, text])
      await seller.send('DELETE', `/v1/drafts/${draft.body.id}`)
      const listing = await signedChoices(market.context, ada)
      const { status, body } = await seller.send('POST', '/v1/listings', { ...listing, content: { ...bicycle, title: text } })
      assert.deepEqual([status, body.code, body.errors[0].path], [400, 'VALIDATION', 'content.title'], JSON.stringify(body))
    })
  }

  test('ten megabytes are refused without being read', async () => {
    const huge = 'x'.repeat(10 * 1024 * 1024)
    const listing = await signedChoices(market.context, ada)
    const answers = await Promise.all([
      seller.send('POST', '/v1/listings', { ...listing, content: { ...bicycle, description: huge } }),
      seller.send('POST', '/v1/drafts', { form: { description: huge } }),
    ])
    for (const { status, body } of answers) assert.deepEqual([status, body.code], [413, 'TOO_LARGE'])
  })

  test('members of objects that are dangerous to copy do no harm', async () => {
    const listing = await signedChoices(market.context, ada)
    for (const key of ['__proto__', 'constructor', 'toString', '']) {
      const attributes = JSON.parse(`{"${key}": "x"}`)
      const { status, body } = await seller.send('POST', '/v1/listings', { ...listing, content: { ...bicycle, attributes } })
      assert.equal(
        body.code === 'VALIDATION' || status === 201 || body.code === 'MALFORMED' || body.code === 'OFFER_REFUSED',
        true,
        JSON.stringify(body),
      )
      assert.notEqual(status, 500)
    }
    assert.equal(({} as Record<string, unknown>).x, undefined)
  })
})
