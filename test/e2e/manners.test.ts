import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Page, Route } from 'playwright-core'
import { buy, sell, signIn } from './support/acts.ts'
import type { Person } from './support/browser.ts'
import { openSite } from './support/site.ts'

const LONG_WORD = 'Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamte'
const SLOW_MS = 30_000

describe('what makes it pleasant, and safe, to use', () => {
  let seller: Person
  let phone: Person
  let listing = ''

  const site = openSite(async () => {
    seller = await site.person('seller')
    phone = await site.person('phone')
    await phone.page.setViewportSize({ width: 390, height: 844 })
    await signIn(seller, 'Ada')
    listing = await sell(seller, { title: LONG_WORD, price: '40', currency: 'tUSD' })
  })
  const { journey } = site

  journey('a title in one long word makes no page wider than a phone', async () => {
    for (const path of [`/listings/${listing}`, `/checkout/${listing}`, '/?sort=newest']) {
      await phone.page.goto(path)
      await phone.page.getByText(LONG_WORD).first().waitFor()
      assert.equal(await overflow(phone.page), 0, path)
    }
  })

  journey('on phones the way to buy stays within reach while its button is out of sight', async () => {
    const { page } = phone
    await page.goto(`/listings/${listing}`)
    const bar = page.locator('a[tabindex="-1"]', { hasText: 'Buy now' })
    const button = page.getByRole('link', { name: 'Buy now' })
    await page.getByText('Description', { exact: true }).waitFor()
    await button.evaluate((one) => one.scrollIntoView({ block: 'center' }))
    await bar.waitFor({ state: 'hidden' })
    await page.evaluate('scrollTo(0, document.body.scrollHeight)')
    await bar.waitFor()
    await bar.click()
    await page.waitForURL(/\/checkout\//)
  })

  journey('a listing is shared by its address', async () => {
    const { page, context } = phone
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(`/listings/${listing}?from=somewhere`)
    await page.evaluate("Object.defineProperty(navigator, 'share', { value: undefined })")
    await page.getByRole('button', { name: /^Share/ }).click()
    await page.getByText('The address is copied.').waitFor()
    const copied = await page.evaluate('navigator.clipboard.readText()')
    assert.equal(copied, `${site.stack.origin}/listings/${listing}`)
  })

  journey('a photo can be looked at twice as large, and moved about in', async () => {
    const { page } = seller
    await page.goto(`/listings/${listing}`)
    await page.getByRole('button', { name: /^Enlarge photo/ }).click()
    const dialog = page.getByRole('dialog')
    const widthOf = async () => (await dialog.getByRole('img').boundingBox())?.width ?? 0
    const before = await widthOf()
    await dialog.getByRole('button', { name: 'Zoom in' }).click()
    await dialog.getByRole('button', { name: 'Zoom out' }).waitFor()
    assert.ok((await widthOf()) > before * 1.5, 'the photo did not grow')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  journey('what is pressed before the scripts have come is done once they have', async () => {
    const { page } = phone
    const held: Route[] = []
    let isHeld = true
    await page.route('**/_next/static/**/*.js', (route) => (isHeld ? void held.push(route) : route.continue()))
    await page.goto(`/listings/${listing}`, { waitUntil: 'commit' })
    await page.getByRole('button', { name: 'Make an offer' }).click()
    await page.locator('button[data-pressed]', { hasText: 'Make an offer' }).waitFor()
    isHeld = false
    for (const route of held) await route.continue()
    await page.getByRole('dialog').getByRole('heading', { name: 'Offer your price' }).waitFor()
    assert.equal(await page.locator('[data-pressed]').count(), 0)
    await page.unroute('**/_next/static/**/*.js')
  })

  journey('what cannot be fetched before anything was sent says that nothing was sent', async () => {
    const { page, context } = phone
    await signIn(phone, 'Dmitri')
    await page.goto(`/checkout/${listing}`)
    await page.getByLabel('Where should it be sent?').fill('12 Canal Street, 9000 Ghent')
    await page.getByRole('button', { name: /^Buy for/ }).waitFor()
    await page.waitForLoadState('networkidle')
    await context.setOffline(true)
    await page.getByRole('button', { name: /^Buy for/ }).click()
    const said = page.getByRole('alert').filter({ hasText: 'The marketplace does not answer' })
    await said.waitFor({ timeout: SLOW_MS })
    assert.match(await said.innerText(), /No money has moved/)
    await context.setOffline(false)
  })

  journey('who has bought is told so and has nothing to do; the seller is told on whatever page is open', async () => {
    await seller.page.goto('/how-it-works')
    const deals = seller.page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: /^My deals/ })
    const before = waitingIn(await deals.innerText())
    const deal = await buy(phone, listing)
    await phone.page.getByText(/^You bought it\./).waitFor()
    await phone.page.getByRole('heading', { name: 'There is nothing for you to do right now.' }).waitFor()
    await deals.filter({ hasText: String(before + 1) }).waitFor({ timeout: SLOW_MS })

    await seller.page.goto(`/deals/${deal}`)
    await seller.page.getByRole('heading', { name: 'What you can do' }).waitFor()
    await seller.page.getByRole('button', { name: 'Mark as shipped' }).waitFor()
  })

  journey('what is sold says so on its photo, and no longer until when it is offered', async () => {
    const { page } = seller
    await page.goto(`/listings/${listing}`)
    await page.getByText('Sold', { exact: true }).first().waitFor()
    assert.equal(await page.getByText(/^Listed .* offered until/).count(), 0)
  })

  journey('on paper a deal is its facts, without what is there to be pressed', async () => {
    const { page } = seller
    await page.goto('/deals')
    await page
      .getByRole('main')
      .getByRole('link', { name: new RegExp(LONG_WORD) })
      .click()
    await page.getByRole('heading', { name: 'Terms of this deal' }).waitFor()
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    assert.ok(await page.getByRole('heading', { name: 'Terms of this deal' }).isVisible())
    for (const hidden of ['banner', 'contentinfo'] as const) assert.equal(await page.getByRole(hidden).count(), 0, hidden)
    assert.equal(await page.getByRole('button').count(), 0)
    await page.emulateMedia({ media: null, colorScheme: null })
  })

  journey('a tablet has room to search in', async () => {
    const { page } = phone
    await page.setViewportSize({ width: 768, height: 1024 })
    await page.goto('/how-it-works')
    const box = await page.getByRole('searchbox', { name: 'Search the market' }).boundingBox()
    assert.ok(box && box.width > 400, `the field is ${box?.width} px wide`)
  })
})

/** By how much the page is wider than its window, less the room kept for a scrollbar. */
async function overflow(page: Page): Promise<number> {
  return page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)')
}

/** The number beside “My deals”; none is nothing. */
const waitingIn = (text: string): number => Number(/\d+/.exec(text)?.[0] ?? 0)
