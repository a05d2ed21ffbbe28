import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe } from 'node:test'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { idIn } from './support/acts.ts'
import type { Person } from './support/browser.ts'
import { pressUntilSaid } from './support/keyboard.ts'
import { bringWallet, type OwnWallet, signInWithOwn } from './support/own-wallet.ts'
import { openSite } from './support/site.ts'

const PHOTOS = join(import.meta.dirname, '../../scripts/seed/photos')
const photo = (name: string) => join(PHOTOS, `${name}.webp`)
const SLOW_MS = 40_000

describe('selling', () => {
  let seller: Person
  let reader: Person
  let wallet: OwnWallet

  const site = openSite(async () => {
    seller = await site.person('seller')
    reader = await site.person('reader')
    wallet = await bringWallet(seller, { name: 'Bruno', rpcUrl: stack.rpcUrl })
  })
  const { journey, stack } = site

  const saved = (page: Page) => page.locator('form').getByText('Saved', { exact: true }).waitFor({ timeout: SLOW_MS })

  /** Describes a bicycle with a way of sending and pick-up: two signatures. */
  async function describeBicycle(page: Page): Promise<void> {
    await page.getByLabel('Title').fill('Touring bicycle for the e2e')
    await page.getByLabel('Description').fill('Ridden to Santiago and back. New chain, old saddle.')
    await page.getByLabel('Category').selectOption({ label: 'Bicycles' })
    await page.getByLabel('Condition').selectOption({ label: 'Good' })
    await page.getByLabel('Brand').fill('Koga')
    await page.getByLabel('Frame size').fill('56.5')
    await page.getByLabel('Currency').selectOption({ label: 'tUSD (Test Dollar)' })
    await page.getByLabel('Price', { exact: true }).fill('450')
    await page.getByRole('combobox', { name: 'Where it is' }).fill('lisboa')
    await page
      .getByRole('option', { name: /^Lisbon/ })
      .first()
      .click()
    await page.getByRole('checkbox', { name: /^Can be picked up/ }).check()
    await page.getByRole('button', { name: 'Add a way of sending' }).click()
    await page.getByLabel('Costs on top').fill('12.5')
  }

  journey('a draft begun before signing in comes along, and is there again after a reload', async () => {
    const { page } = seller
    await page.goto('/sell')
    await page.getByLabel('Title').fill('Begun as a stranger')
    await page.getByText('Kept in this browser').waitFor()
    await signInWithOwn(seller)
    await page.goto('/sell')
    await saved(page)
    assert.equal(await page.getByLabel('Title').inputValue(), 'Begun as a stranger')
    await page.waitForURL(/draft=[0-9a-f-]{36}/)
    await page.reload()
    await saved(page)
    assert.equal(await page.getByLabel('Title').inputValue(), 'Begun as a stranger')
  })

  journey('a second tab that saves over a newer version is asked, and nothing is lost', async () => {
    const { page, context } = seller
    const other = await context.newPage()
    await other.goto(page.url())
    await saved(other)
    await page.getByLabel('Title').fill('From the first tab')
    await saved(page)
    await other.getByLabel('Title').fill('From the second tab')
    await other.getByText('There is a newer version of this draft').waitFor()
    assert.equal(await other.getByLabel('Title').inputValue(), 'From the second tab')
    await other.getByRole('button', { name: 'Keep both' }).click()
    await saved(other)
    assert.notEqual(new URL(other.url()).searchParams.get('draft'), new URL(page.url()).searchParams.get('draft'))
    await other.close()
    await page.reload()
    await saved(page)
    assert.equal(await page.getByLabel('Title').inputValue(), 'From the first tab')
    await page.getByText('Your drafts').click()
    await page.getByRole('link', { name: 'Open From the second tab' }).waitFor()
  })

  journey('photos are put in order by the keyboard; a bomb is refused and the others stay', async () => {
    const { page } = seller
    await page.getByLabel('Add photos').setInputFiles([photo('bicycle-a'), photo('bicycle-b')])
    const list = page.getByRole('list', { name: 'Photos' })
    await list.getByRole('listitem').nth(1).waitFor({ timeout: SLOW_MS })
    await page.getByLabel('What photo 1 shows').fill('The lilac one')
    await page.getByRole('button', { name: /^Move photo 1/ }).focus()
    await page.keyboard.press('Space')
    await page.getByText('Photo 1 is lifted.').waitFor({ state: 'attached' })
    await pressUntilSaid(page, 'ArrowRight', 'Photo is now at place 2 of 2.')
    await page.keyboard.press('Space')
    await page.getByText('Photo was put at place 2 of 2.').waitFor({ state: 'attached' })
    assert.equal(await page.getByLabel('What photo 2 shows').inputValue(), 'The lilac one')
    const bomb = Buffer.from('89504e470d0a1a0a0000000d494844520000ea600000ea6008060000008e8d6f7d', 'hex')
    await page.getByLabel('Add photos').setInputFiles({ name: 'bomb.png', mimeType: 'image/png', buffer: bomb })
    await page.getByRole('alert').filter({ hasText: 'bomb.png: That is not a picture we can show' }).waitFor({ timeout: SLOW_MS })
    assert.equal(await list.getByRole('listitem').count(), 2)
  })

  journey('who says no at the second signature is asked for the rest alone; the page proves what was signed', async () => {
    const { page } = seller
    await describeBicycle(page)
    await page.getByText('Your wallet asks for 2 signatures').waitFor()
    wallet.refuseFrom(2)
    await page.getByRole('button', { name: 'Sign and publish' }).click()
    await page.getByText('You said no in the wallet').waitFor({ timeout: SLOW_MS })
    await page.getByText('1 of 2 signed already').waitFor()
    wallet.refuseFrom(null)
    await page.getByRole('button', { name: 'Go on signing' }).click()
    await page.waitForURL(/\/listings\/0x[0-9a-f]{64}$/, { timeout: SLOW_MS })
    assert.equal(wallet.asked(), 1)
    await page.getByText('Check it yourself').click()
    await page.getByText('What you see is what the seller signed').waitFor({ timeout: SLOW_MS })
    await page.getByText('56.5 cm').waitFor()
    await page.getByText('In Lisbon, Portugal.').waitFor()
  })

  journey('a listing can be read without JavaScript, and swiped and enlarged with it', async () => {
    const path = new URL(seller.page.url()).pathname
    const context = await site.browser.newContext({ baseURL: stack.origin, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(path)
    for (const text of ['Touring bicycle for the e2e', '450 tUSD', '56.5 cm', '+ 12.5 tUSD', 'Pick it up']) {
      await page.getByText(text).first().waitFor()
    }
    await context.close()
    await reader.page.goto(path)
    await reader.page.getByRole('button', { name: /^Enlarge photo 1/ }).click()
    const large = reader.page.getByRole('dialog')
    await large.getByText('1 of 2').waitFor()
    await reader.page.keyboard.press('ArrowRight')
    await large.getByText('2 of 2').waitFor()
    await large.getByAltText('The lilac one').waitFor()
    await reader.page.keyboard.press('Escape')
    await large.waitFor({ state: 'detached' })
  })

  journey('an edit replaces the listing at once; the old page leads to it, and its offer is voided on the chain', async () => {
    const { page } = seller
    const old = idIn(page.url())
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    await page.getByRole('heading', { name: 'Edit your listing' }).waitFor()
    assert.equal(await page.getByLabel('Frame size').inputValue(), '56.5')
    await page.getByLabel('Price', { exact: true }).fill('420')
    await page.getByRole('button', { name: 'Sign and replace' }).click()
    await page.waitForURL((url) => /\/listings\/0x[0-9a-f]{64}$/.test(url.pathname) && !url.pathname.includes(old), {
      timeout: SLOW_MS,
    })
    const successor = idIn(page.url())
    await reader.page.goto(`/listings/${old}`)
    await reader.page.getByRole('link', { name: 'Show the newer one' }).click()
    await reader.page.waitForURL(new RegExp(successor))
    await reader.page.getByText('420 tUSD').first().waitFor()
    await page.goto(`/listings/${old}`)
    await page.getByText('One small transaction ends every unit').waitFor()
    await page.getByRole('button', { name: 'Void on the chain' }).click()
    await page.getByText('Nothing of it can be taken any more').waitFor({ timeout: SLOW_MS })
    await reader.page.reload()
    await reader.page.getByRole('link', { name: 'Buy now' }).waitFor()
  })

  journey(
    'taken off the market by a signature that the page proves afterwards; who says no in the wallet can do without',
    async () => {
      const { page } = seller
      const listing = new URL(reader.page.url()).pathname
      await page.goto(listing)
      wallet.refuseFrom(1)
      await page.getByRole('button', { name: 'Take off the market' }).click()
      await page.getByRole('button', { name: 'Take it off without a signature' }).waitFor({ timeout: SLOW_MS })
      await page.getByText('You said no in the wallet').waitFor()
      wallet.refuseFrom(null)
      await page.getByRole('button', { name: 'Take off the market' }).click()
      await page.getByText('It is off the market: nobody finds it here.').waitFor({ timeout: SLOW_MS })
      assert.equal(wallet.asked(), 1)
      await reader.page.goto(listing)
      await reader.page.getByText('Check it yourself').click()
      await reader.page.getByText('The seller signed that it is off the market since').waitFor({ timeout: SLOW_MS })
      await reader.page.getByText('What you see is what the seller signed').waitFor()
    },
  )

  journey('the pages of selling have no accessibility fault that axe can find, on a phone, light and dark', async () => {
    const { page } = seller
    await page.setViewportSize({ width: 390, height: 844 })
    const listing = new URL(reader.page.url()).pathname
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const path of ['/sell?draft=new', listing, `${listing}/edit`]) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.goto(path)
        await page.locator('main h1').first().waitFor()
        const { violations } = await new AxeBuilder({ page }).analyze()
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`),
          [],
        )
        const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')
        assert.equal(wide, false, `${path} scrolls sideways`)
      }
    }
    assert.deepEqual([...seller.complaints.errors, ...reader.complaints.errors], [])
  })
})
