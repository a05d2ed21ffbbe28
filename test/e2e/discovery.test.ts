import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { naughty } from '../support/naughty.ts'
import { sell, signIn } from './support/acts.ts'
import { isAccessible } from './support/axe.ts'
import type { Person } from './support/browser.ts'
import { openSite } from './support/site.ts'

const SLOW_MS = 30_000

describe('finding things', () => {
  let seller: Person
  let buyer: Person
  const site = openSite(async () => {
    seller = await site.person('seller')
    buyer = await site.person('buyer')
  })
  const { journey, stack } = site

  journey('suggestions come while typing, by keyboard, and are remembered', async () => {
    const { page } = buyer
    await page.goto('/')
    const field = page.getByRole('combobox', { name: 'Search the market' })
    await field.fill('gui')
    await page.getByRole('option').first().waitFor()
    assert.equal(await field.getAttribute('aria-expanded'), 'true')
    await page.keyboard.press('ArrowDown')
    const active = await field.getAttribute('aria-activedescendant')
    assert.equal(await page.locator(`[id="${active}"]`).getAttribute('aria-selected'), 'true')
    await page.keyboard.press('Escape')
    assert.equal(await field.getAttribute('aria-expanded'), 'false')
    await field.fill('guitar')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=guitar/)
    await page
      .getByRole('heading', { name: /guitar/i })
      .first()
      .waitFor()
    await page.goto('/')
    await field.click()
    await page.getByRole('option', { name: /^guitar/ }).waitFor()
    await isAccessible(buyer, 'the market with suggestions')
  })

  journey('filters narrow it down, stand in the address, and are taken off one by one; the back button undoes them', async () => {
    const { page } = buyer
    await page.goto('/?category=cameras')
    await page.getByRole('complementary', { name: 'Filters' }).getByRole('link', { name: /^Good/ }).click()
    await page.waitForURL(/condition=good/)
    const chips = page.getByRole('list', { name: 'Chosen filters' })
    await chips.getByRole('link', { name: 'Take off: Good' }).waitFor()
    await page.goBack()
    await chips.getByRole('link', { name: 'Take off: Good' }).waitFor({ state: 'detached' })
    assert.match(page.url(), /category=cameras$/)
    await page.goto('/?q=zeppelin&category=cameras')
    await page.getByText('Nothing fits').waitFor()
    await page.getByRole('link', { name: /^Without “zeppelin”/ }).click()
    await page.getByRole('article').first().waitFor()
    await isAccessible(buyer, 'the market, narrowed down')
  })

  journey('who saves a search is told at once of what is new, and sees it on their page', async () => {
    await signIn(buyer, 'Dmitri')
    const { page } = buyer
    await page.goto('/?q=unheard-of+astrolabe')
    await page.getByRole('button', { name: 'Save this search' }).click()
    await page.getByRole('main').getByRole('link', { name: 'Saved', exact: true }).waitFor()
    await signIn(seller, 'Ada')
    await sell(seller, { title: 'An unheard-of brass astrolabe', price: '0.05', currency: 'ETH' })
    await page.getByRole('link', { name: 'Saved, 1 new' }).click({ timeout: SLOW_MS })
    await page.getByRole('heading', { name: 'Alerts' }).waitFor()
    await page.getByRole('link', { name: 'An unheard-of brass astrolabe' }).waitFor()
    await isAccessible(buyer, 'saved things')
    await page.getByRole('link', { name: 'Saved, 1 new' }).waitFor({ state: 'detached' }) // it was read
  })

  journey('what is put up for sale is offered on open pages, without moving what is read', async () => {
    const { page } = buyer
    await page.goto('/')
    const first = page.getByRole('article').first()
    await first.waitFor()
    const before = await first.boundingBox()
    await sell(seller, { title: 'A second brass astrolabe', price: '0.06', currency: 'ETH' })
    await page.getByText('1 new listing').waitFor({ timeout: SLOW_MS })
    assert.deepEqual(await first.boundingBox(), before)
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.getByRole('link', { name: 'A second brass astrolabe' }).waitFor()
  })

  journey(
    'what was looked at: in this browser for a guest, on all devices for who wants that; one is forgotten, and all',
    async () => {
      const phone = await site.person('phone')
      await phone.page.setViewportSize({ width: 390, height: 844 })
      const look = async ({ page }: Person, title: string, isNoted: boolean) => {
        await page.goto(`/?q=${encodeURIComponent(title)}`)
        const noted =
          isNoted &&
          page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith('/personal/views'))
        await page.getByRole('article').getByRole('link', { name: title }).first().click()
        await page.getByRole('heading', { level: 1, name: title }).waitFor()
        await noted
      }
      const isSeen = ({ page }: Person, title: string) => page.getByRole('main').getByRole('link', { name: title }).first()
      await look(phone, 'A second brass astrolabe', false)
      await phone.page.goto('/seen')
      await isSeen(phone, 'A second brass astrolabe').waitFor()
      await isAccessible(phone, 'what a guest looked at')
      await signIn(phone, 'Dmitri')
      await phone.page.goto('/seen')
      await phone.page.getByRole('link', { name: 'To the settings' }).click()
      await phone.page.getByRole('button', { name: 'Yes, recommend' }).click()
      await phone.page.getByText('Recommendations are on.').waitFor()
      await look(phone, 'An unheard-of brass astrolabe', true)
      await look(phone, 'A second brass astrolabe', true)
      const { page } = buyer
      await page.goto('/saved')
      await page.getByRole('link', { name: 'Recently seen' }).click()
      await isSeen(buyer, 'A second brass astrolabe').waitFor()
      await isSeen(buyer, 'An unheard-of brass astrolabe').waitFor()
      await isAccessible(buyer, 'what was looked at on all devices')
      await page.getByRole('button', { name: 'Forget A second brass astrolabe' }).click()
      await isSeen(buyer, 'A second brass astrolabe').waitFor({ state: 'detached' })
      await phone.page.goto('/seen')
      await isSeen(phone, 'An unheard-of brass astrolabe').waitFor()
      assert.equal(await isSeen(phone, 'A second brass astrolabe').count(), 0, 'forgotten on the other device')
      await phone.page.getByRole('button', { name: 'Forget all' }).click()
      await phone.page.getByRole('button', { name: 'Really forget all?' }).click()
      await phone.page.getByText('Nothing to show').waitFor()
      await phone.context.close()
    },
  )

  test('the market can be read, searched and filtered without JavaScript', async () => {
    const context = await site.browser.newContext({ baseURL: stack.origin, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto('/')
    await page.locator('input[name=q]').last().fill('guitar')
    await page.locator('input[name=q]').last().press('Enter')
    await page.waitForURL(/q=guitar/)
    await page
      .getByRole('heading', { name: /guitar/i })
      .first()
      .waitFor()
    await page.goto('/?category=cameras')
    await page.getByRole('complementary', { name: 'Filters' }).getByRole('link', { name: /^Good/ }).click()
    await page.waitForURL(/condition=good/)
    await context.close()
  })

  test('an address that somebody made up is a page, whatever is in it', async () => {
    const names = [
      'q',
      'category',
      'condition',
      'token',
      'brand',
      'country',
      'ships',
      'score',
      'near',
      'place',
      'km',
      'min',
      'max',
      'cur',
      'sort',
      'all',
      'show',
      'cursor',
    ]
    const ask = async (query: URLSearchParams) => {
      const answer = await fetch(`${stack.origin}/?${query}`, { signal: AbortSignal.timeout(SLOW_MS) })
      const text = await answer.text()
      assert.equal(answer.status, 200, String(query).slice(0, 200))
      assert.ok(!text.includes('<img src=x onerror') && !text.includes('<script>alert(1)'), String(query).slice(0, 200))
    }
    for (const value of naughty)
      await ask(new URLSearchParams(Object.fromEntries(names.map((name) => [name, value.toWellFormed().slice(0, 150)]))))
    for (const [index, name] of names.entries())
      for (let k = 0; k < 4; k += 1)
        await ask(
          new URLSearchParams({ [name]: (naughty[(index * 4 + k) % naughty.length] ?? '').toWellFormed().slice(0, 2_000) }),
        )
  })

  test('no page complained, and none asked another site', () => assert.deepEqual(site.complaints(), []))
})
