import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe } from 'node:test'
import { isAccessible } from './support/axe.ts'
import type { Person } from './support/browser.ts'
import { focused, hasFocus, press, pressUntilSaid, tabTo, write } from './support/keyboard.ts'
import { openSite } from './support/site.ts'

const PHOTOS = ['bicycle-a', 'bicycle-b'].map((name) => join(import.meta.dirname, `../../scripts/seed/photos/${name}.webp`))
const SLOW_MS = 30_000
const TOWNS_MS = 90_000 // the first to ask waits until the towns of the world are read
const TITLE = 'Sold with ten fingers'

describe('selling and haggling without a mouse', () => {
  let seller: Person
  let buyer: Person
  let listingPath: string

  const site = openSite(async () => {
    buyer = await site.person('buyer')
    seller = await site.person('seller')
  })
  const { journey } = site

  /** Signs in from the header of the page that is open. */
  const signIn = async ({ page }: Person, name: string) => {
    await press(page, /^Sign in$/)
    await hasFocus(page, /^Sign in to Fairhold$/)
    await press(page, new RegExp(`^Sign in as ${name}`))
    await page.getByRole('button', { name: new RegExp(`^Account menu: ${name}`) }).waitFor({ timeout: SLOW_MS })
  }
  /** Chooses in a select by typing the beginning of what it says. */
  const choose = async ({ page }: Person, field: RegExp, words: string) => {
    await tabTo(page, field)
    await page.keyboard.type(words)
    assert.match(String(await page.evaluate('document.activeElement.selectedOptions[0].text')), new RegExp(`^${words}`))
  }

  journey('an empty form leads to its first field; photos are put in order; the listing is published', async () => {
    const { page } = seller
    await page.goto('/')
    await signIn(seller, 'Ada')
    await tabTo(page, /^Sell$/, { backwards: true })
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Sell something' }).waitFor()
    await press(page, /^Sign and publish$/)
    await hasFocus(page, /^Title$/)
    await isAccessible(seller, 'a form that lacks nearly everything')

    // Listened for before the way there: what listens begins a moment after it is asked to, and Enter does not wait.
    const chooser = page.waitForEvent('filechooser', { timeout: SLOW_MS })
    await tabTo(page, /^Add photos$/, { backwards: true })
    await page.keyboard.press('Enter')
    await (await chooser).setFiles(PHOTOS)
    await page.getByLabel('What photo 2 shows').waitFor({ timeout: SLOW_MS })
    await write(page, /^What photo 1 shows$/, 'The lilac one')
    await tabTo(page, /^Move photo 1\./, { backwards: true })
    await page.keyboard.press('Space')
    await page.getByText('Photo 1 is lifted.').waitFor({ state: 'attached' })
    await pressUntilSaid(page, 'ArrowRight', 'Photo is now at place 2 of 2.')
    await page.keyboard.press('Space')
    await page.getByText('Photo was put at place 2 of 2.').waitFor({ state: 'attached' })
    await hasFocus(page, /^Move photo 2\./)
    assert.equal(await page.getByLabel('What photo 2 shows').inputValue(), 'The lilac one')

    await write(page, /^Title$/, TITLE)
    await write(page, /^Description$/, 'Written, photographed and priced from the home row.')
    await choose(seller, /^Category$/, 'Bicycles')
    await choose(seller, /^Condition$/, 'Good')
    await write(page, /^Price$/, '100')
    await choose(seller, /^Currency$/, 'tUSD')
    await write(page, /^Where it is$/, 'Ghent')
    await page.getByRole('option', { name: /^Ghent/ }).waitFor({ timeout: TOWNS_MS })
    await page.keyboard.press('Enter')
    await hasFocus(page, /^Change$/) // the field is gone, and what undoes it is there
    await press(page, /^Add a way of sending$/)
    await hasFocus(page, /^What you call it$/)
    await write(page, /^Costs on top$/, '5')
    await press(page, /^Sign and publish$/)
    await page.waitForURL(/\/listings\/0x[0-9a-f]{64}$/, { timeout: SLOW_MS })
    await hasFocus(page, new RegExp(`^${TITLE}$`))
    listingPath = new URL(page.url()).pathname
  })

  journey('a buyer offers a price, the seller another, and the buyer takes it', async () => {
    const { page } = buyer
    await page.goto(listingPath)
    await signIn(buyer, 'Dmitri')
    await press(page, /^Make an offer$/)
    await page.getByRole('dialog').waitFor()
    await write(page, /^Your price in tUSD/, '70')
    await page.keyboard.press('Enter')
    await hasFocus(page, /^Where should it be sent/)
    await isAccessible(buyer, 'an offer without an address')
    await page.keyboard.type('Dmitri P.\n12 Canal Street\n9000 Ghent')
    await press(page, /^Sign the offer$/)
    await page.getByRole('dialog').waitFor({ state: 'detached', timeout: SLOW_MS })
    assert.notEqual((await focused(page)).tag, 'body', 'the dialog is gone, and the focus is not')

    await seller.page.goto('/deals?tab=offers')
    await press(seller.page, /^Offer another price$/)
    await seller.page.getByRole('dialog').waitFor()
    await write(seller.page, /^Your price in tUSD/, '90')
    await seller.page.keyboard.press('Enter')
    await seller.page.getByRole('dialog').waitFor({ state: 'detached', timeout: SLOW_MS })
    assert.notEqual((await focused(seller.page)).tag, 'body', 'the offer is answered, and the focus is not lost')

    await page.getByRole('link', { name: 'Accept and pay' }).waitFor({ timeout: SLOW_MS })
    await press(page, /^Accept and pay$/)
    await hasFocus(page, /^Check out$/)
    await page.getByLabel('Where should it be sent?').waitFor() // the offer is fetched first
    await tabTo(page, /^Where should it be sent/)
    if ((await page.evaluate('document.activeElement.value')) === '') await page.keyboard.type('12 Canal Street, 9000 Ghent')
    await press(page, /^Buy for 90 tUSD$/)
    await page.waitForURL(/\/deals\/0x/, { timeout: SLOW_MS })
    await page.locator('h1[data-state="funded"]').waitFor({ timeout: SLOW_MS })
  })

  journey('the seller edits a listing, and takes it off the market', async () => {
    const { page } = seller
    await page.goto('/sell')
    // Another one, as the first is sold: with what the form begins with, and no more than it needs.
    await write(page, /^Title$/, 'Edited with ten fingers')
    await write(page, /^Description$/, 'Once dearer than it is now.')
    await choose(seller, /^Category$/, 'Cameras')
    await choose(seller, /^Condition$/, 'Fair')
    await write(page, /^Price$/, '0.2')
    await write(page, /^Where it is$/, 'Ghent')
    await page.getByRole('option', { name: /^Ghent/ }).waitFor({ timeout: TOWNS_MS })
    await page.keyboard.press('Enter')
    await tabTo(page, /^Can be picked up/)
    await page.keyboard.press('Space')
    await press(page, /^Sign and publish$/)
    await page.waitForURL(/\/listings\/0x[0-9a-f]{64}$/, { timeout: SLOW_MS })
    const first = page.url()
    await hasFocus(page, /^Edited with ten fingers$/)
    await press(page, /^Edit$/)
    await hasFocus(page, /^Edit your listing$/)
    await write(page, /^Price$/, '0.1')
    await press(page, /^Sign and replace$/)
    await page.waitForURL((url) => /\/listings\/0x[0-9a-f]{64}$/.test(url.pathname) && url.href !== first, { timeout: SLOW_MS })
    await hasFocus(page, /^Edited with ten fingers$/)
    await press(page, /^Take off the market$/)
    await page.getByText('Off the market').first().waitFor({ timeout: SLOW_MS })
    assert.notEqual((await focused(page)).tag, 'body', 'the button is gone, and the focus is not')
  })

  journey('nothing went wrong in the pages', async () => {
    assert.deepEqual(site.complaints(), [])
  })
})
