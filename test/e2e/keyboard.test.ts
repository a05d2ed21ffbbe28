import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { isAccessible } from './support/axe.ts'
import type { Person } from './support/browser.ts'
import { focused, hasFocus, press, tabTo, write } from './support/keyboard.ts'
import { openSite } from './support/site.ts'

const SLOW_MS = 30_000

describe('without a mouse', () => {
  let buyer: Person
  let seller: Person
  let arbiter: Person
  let dealPath: string

  const site = openSite(async () => {
    buyer = await site.person('buyer')
    seller = await site.person('seller')
    arbiter = await site.person('arbiter')
    // What a wheel or a finger would do is not to be had either.
    for (const { page } of [buyer, seller, arbiter])
      page.mouse.click = page.mouse.move = () => Promise.reject(new Error('there is no mouse'))
  })
  const { journey } = site

  journey('a visitor skips to the content, and searches by what is suggested', async () => {
    const { page } = buyer
    await page.goto('/')
    await page.keyboard.press('Tab')
    await hasFocus(page, /^Skip to content$/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^Search the market$/)
    await page.keyboard.type('halcyon')
    await page
      .getByRole('option', { name: /^Halcyon 50mm/ })
      .first()
      .waitFor()
    await isAccessible(buyer, 'the market with what is suggested')
    await page.keyboard.press('Escape')
    await page.getByRole('listbox', { name: 'Suggestions' }).waitFor({ state: 'hidden' })
    assert.equal(await page.evaluate('document.activeElement.value'), 'halcyon', 'Escape closes the list and leaves the words')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=halcyon/)
    await page.getByRole('heading', { name: /for “halcyon”/ }).waitFor()
    await press(page, /^Halcyon 50mm/)
    await page.waitForURL(/\/listings\/0x/)
    await hasFocus(page, /^Halcyon 50mm/)
    assert.equal((await focused(page)).tag, 'h1', 'a new page begins at its heading')
  })

  journey('photos are enlarged, turned and closed, and the focus comes back', async () => {
    const { page } = buyer
    await press(page, /^Enlarge photo 1/)
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await hasFocus(page, /^Enlarge photo 1/)
  })

  journey('the buyer is led to what is missing, signs in on the way, and pays', async () => {
    const { page } = buyer
    await press(page, /^Buy now$/)
    await page.waitForURL(/\/checkout\//)
    await hasFocus(page, /^Check out$/)
    await press(page, /^Sign in to buy$/)
    await hasFocus(page, /^Where should it be sent/)
    await page.keyboard.type('Dmitri P.\n12 Canal Street\n9000 Ghent')
    await press(page, /^Sign in to buy$/)
    await hasFocus(page, /^Sign in to Fairhold$/)
    await page.keyboard.press('Escape')
    await hasFocus(page, /^Sign in to buy$/)
    await page.keyboard.press('Enter')
    await hasFocus(page, /^Sign in to Fairhold$/)
    await press(page, /^Sign in as Dmitri/)
    await page.waitForURL(/\/deals\/0x/, { timeout: SLOW_MS })
    dealPath = new URL(page.url()).pathname
    await page.locator('h1[data-state="funded"]').waitFor({ timeout: SLOW_MS })
    await hasFocus(page, /^Paid, waiting to be shipped$/)
  })

  journey('the seller signs in, finds the deal and ships', async () => {
    const { page } = seller
    await page.goto('/')
    await press(page, /^Sign in$/)
    await hasFocus(page, /^Sign in to Fairhold$/)
    await press(page, /^Sign in as Ada/)
    await page.getByRole('button', { name: /^Account menu: Ada/ }).waitFor({ timeout: SLOW_MS })
    await hasFocus(page, /^Search the market$/) // what was pressed is gone, and so is the welcome
    await tabTo(page, /^My deals/, { backwards: true })
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/deals/)
    await page.getByRole('tab', { name: /^Sales/, selected: true }).waitFor() // where something waits for her
    await tabTo(page, /^Sales/)
    await page.keyboard.press('ArrowLeft')
    await hasFocus(page, /^Purchases/)
    await page.keyboard.press('ArrowRight')
    await hasFocus(page, /^Sales/)
    await press(page, /^Halcyon 50mm/)
    await page.waitForURL(new RegExp(`${dealPath}$`))
    await press(page, /^Mark as shipped$/)
    await page.getByRole('dialog').waitFor()
    await write(page, /^Carrier$/, 'bpost')
    await page.keyboard.press('Enter')
    await isAccessible(seller, 'shipping without a number')
    await hasFocus(page, /^Tracking number/) // it is missing, and Enter had sent the rest
    await page.keyboard.type('BE123456789')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached', timeout: SLOW_MS })
    await page.locator('h1[data-state="shipped"]').waitFor({ timeout: SLOW_MS })
    assert.notEqual((await focused(page)).tag, 'body', 'the button that was pressed is gone, and the focus is not')
  })

  journey('the buyer confirms, releases the money and writes a review', async () => {
    const { page } = buyer
    await page.locator('h1[data-state="shipped"]').waitFor({ timeout: SLOW_MS })
    for (const [action, state] of [
      ['Confirm delivery', 'delivered'],
      ['Release the money', 'completed'],
    ] as const) {
      const name = new RegExp(`^${action}$`)
      await press(page, name)
      await page.getByRole('dialog').waitFor()
      await press(page, name)
      await page.getByRole('dialog').waitFor({ state: 'detached', timeout: SLOW_MS })
      await page.locator(`h1[data-state="${state}"]`).waitFor({ timeout: SLOW_MS })
      assert.notEqual((await focused(page)).tag, 'body', `after ${action}`)
    }
    await tabTo(page, /^1 star$/)
    for (let star = 1; star < 5; star += 1) await page.keyboard.press('ArrowRight')
    await hasFocus(page, /^5 stars$/)
    await write(page, /^Your review/, 'Sharp, clean, and quickly sent.')
    await press(page, /^Seal the review$/)
    await page.getByText('Sealed', { exact: true }).waitFor({ timeout: SLOW_MS })
    assert.notEqual((await focused(page)).tag, 'body', 'the form is gone, and the focus is not')
  })

  journey('a dispute: the buyer says what happened, the seller answers, the arbiter gives reasons and rules', async () => {
    const { page } = buyer
    await page.goto('/?q=headphones')
    await press(page, /^Open-back studio headphones/)
    await page.waitForURL(/\/listings\/0x/)
    await press(page, /^Buy now$/)
    await page.waitForURL(/\/checkout\//)
    await write(page, /^Where should it be sent/, 'Dmitri P., 12 Canal Street, 9000 Ghent')
    await press(page, /^Buy for /)
    await page.waitForURL(/\/deals\/0x/, { timeout: SLOW_MS })
    const disputed = new URL(page.url()).pathname
    await press(page, /^Open a dispute$/)
    await page.getByRole('dialog').waitFor()
    await press(page, /^Open a dispute$/)
    await hasFocus(page, /^What happened/) // nothing was said yet
    await page.keyboard.type('The left side is silent, though the listing says both work.')
    await press(page, /^Open a dispute$/)
    await page.locator('h1[data-state="disputed"]').waitFor({ timeout: SLOW_MS })
    assert.notEqual((await focused(page)).tag, 'body', 'the dialog is gone, and the focus is not')

    await seller.page.goto(disputed)
    await press(seller.page, /^Add statement$/)
    await hasFocus(seller.page, /^Your statement/)
    await seller.page.keyboard.type('Both sides played when I packed them.')
    await press(seller.page, /^Add statement$/)
    await page.getByText('Both sides played').waitFor({ timeout: SLOW_MS })

    const desk = arbiter.page
    await desk.goto('/arbiter')
    await tabTo(desk, /^Sign in$/)
    await desk.keyboard.press('Enter')
    await hasFocus(desk, /^Sign in to Fairhold$/)
    await press(desk, /^Sign in as Ines/)
    await press(desk, /^Open-back studio headphones/)
    await desk.waitForURL(new RegExp(`${disputed}$`))
    await tabTo(desk, /^Share of the buyer/)
    for (let step = 0; step < 3; step += 1) await desk.keyboard.press('PageUp')
    assert.equal(await desk.getByLabel('Share of the buyer').inputValue(), '80')
    await press(desk, /^Sign the ruling$/)
    await hasFocus(desk, /^Reasons/)
    await isAccessible(arbiter, 'a ruling without reasons')
    await desk.keyboard.type('They were to be tested before they were sent, and nothing shows that they were.')
    await press(desk, /^Sign the ruling$/)
    for (const person of [arbiter, buyer, seller])
      await person.page.locator('h1[data-state="resolved"]').waitFor({ timeout: SLOW_MS })
    assert.notEqual((await focused(desk)).tag, 'body', 'the desk is gone, and the focus is not')
  })

  journey('nothing went wrong in the pages', async () => {
    assert.deepEqual(site.complaints(), [])
  })
})
