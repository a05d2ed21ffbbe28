import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { devAccounts } from '@fairhold/protocol/dev-accounts'
import type { Locator } from 'playwright-core'
import { banner, DEAF, nav, signOut } from './support/accounts.ts'
import { isAlive, signIn } from './support/acts.ts'
import type { Person } from './support/browser.ts'
import { openSite } from './support/site.ts'

const SLOW_MS = 30_000
const PHOTOS = join(import.meta.dirname, '../../scripts/seed/photos')
const [PHOTO, OTHER_PHOTO] = [join(PHOTOS, 'camera-1.webp'), join(PHOTOS, 'bicycle-1.webp')]

describe('what a page goes on with', () => {
  let shared: Person
  const site = openSite(async () => {
    shared = await site.person('shared')
  })
  const { journey } = site

  const holds = async (field: Locator, value: string) => {
    const deadline = Date.now() + SLOW_MS
    while ((await field.inputValue()) !== value) {
      assert.ok(Date.now() < deadline, `it holds “${await field.inputValue()}”, not “${value}”`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const setBalance = async (address: string, wei: bigint) => {
    const body = { jsonrpc: '2.0', id: 1, method: 'hardhat_setBalance', params: [address, `0x${wei.toString(16)}`] }
    const response = await fetch(site.stack.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    assert.ok('result' in ((await response.json()) as object))
  }

  journey('a heart that asks to sign in stays pressed, though the list of before comes later', async () => {
    const { page } = shared
    await page.goto('/')
    let answered: () => void = () => undefined
    const listed = new Promise<void>((resolve) => {
      answered = resolve
    })
    await page.route('**/v1/saved/listings/**', async (route) => {
      if (route.request().method() === 'PUT') await listed
      await route.continue()
    })
    page.on('response', (response) => {
      if (response.url().endsWith('/v1/saved/listings/ids')) answered()
    })
    const heart = page.getByRole('button', { name: /^Save “/ }).last()
    await isAlive(heart)
    const label = (await heart.getAttribute('aria-label')) ?? ''
    const saved = page.waitForResponse((response) => response.request().method() === 'PUT')
    await heart.click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Sign in as Elif/ })
      .click()
    await saved
    await page.getByRole('button', { name: label, exact: true, pressed: true }).first().waitFor()
    await page.reload()
    await page.getByRole('button', { name: label, exact: true, pressed: true }).first().waitFor()
    await page.unrouteAll({ behavior: 'wait' })
    await signOut(page)
  })

  journey('a photo goes with the token that another tab has got, and one that was refused can be sent again', async () => {
    const { page } = shared
    await signIn(shared, 'Ada')
    const second = await shared.context.newPage()
    await second.addInitScript(DEAF)
    await second.goto('/sell')
    await isAlive(second.getByLabel('Title'))
    await second.getByLabel('Title').fill('A lamp')
    await signOut(page)
    await signIn(shared, 'Ada')
    await second.getByLabel('Add photos').setInputFiles(PHOTO)
    const photos = second.getByRole('main').locator('img[src*="/v1/media/"]')
    await photos.first().waitFor({ timeout: SLOW_MS })
    const shown = await photos.count()
    const problem = {
      type: 'about:blank',
      status: 403,
      code: 'FORBIDDEN',
      title: 'This is not yours to do',
      detail: '',
      whatToDo: '',
    }
    await second.route('**/v1/listings/photos', (route) => route.fulfill({ status: 403, json: problem }), { times: 1 })
    await second.getByLabel('Add photos').setInputFiles(OTHER_PHOTO)
    await second.getByRole('button', { name: 'Try again' }).click({ timeout: SLOW_MS })
    await photos.nth(shown).waitFor({ timeout: SLOW_MS })
    await second.close()
    await signOut(page)
  })

  journey('a form that was left ends, and what it kept is gone on with', async () => {
    await signIn(shared, 'Elif')
    const page = await shared.context.newPage()
    await page.clock.install()
    await page.goto('/')
    const writes: string[] = []
    await page.route('**/v1/drafts**', async (route) => {
      if (route.request().method() === 'GET') return route.continue()
      writes.push(route.request().method())
      await route.abort()
    })
    const tried = () => page.waitForEvent('requestfailed', (request) => request.url().includes('/v1/drafts'))
    await banner(page).getByRole('link', { name: 'Sell', exact: true }).click()
    const first = tried()
    await page.getByLabel('Title').fill('A lamp that was left')
    await page.clock.runFor(1_000)
    await first
    await page.getByText('Kept in this browser; it is tried again.').waitFor()
    await nav(page, 'Market')
    await page.waitForURL((url) => url.pathname === '/')
    const most = writes.length + 1 // one more for the last word, which may be on its way
    for (let round = 0; round < 3; round += 1) {
      await page.clock.runFor(6_000)
      await page.evaluate(() => fetch('/v1/config'))
    }
    assert.ok(writes.length <= most, `${writes.length} attempts by what is not there, ${most} expected`)
    assert.equal(new URL(page.url()).search, '')
    await page.unrouteAll({ behavior: 'wait' })

    // Back at it, with a market that does not answer yet.
    let answer: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/v1/drafts**', async (route) => {
      await held
      await route.continue()
    })
    await banner(page).getByRole('link', { name: 'Sell', exact: true }).click()
    await page.waitForURL(/\/sell/)
    const title = page.getByLabel('Title')
    await holds(title, 'A lamp that was left')
    await page.getByLabel('Description').fill('It still gives light.')
    answer()
    await page.clock.runFor(1_000)
    await page.waitForURL(/draft=/, { timeout: SLOW_MS })
    await page.clock.runFor(1_000)
    await page.getByRole('main').getByText('Saved', { exact: true }).waitFor()
    await page.reload()
    await holds(page.getByLabel('Description'), 'It still gives light.')
    await holds(title, 'A lamp that was left')
    await signOut(page)
    await holds(title, '') // nobody else finds it there
    await page.close()
  })

  journey('any wallet of a person may pay, and a look-up that fails is no failed payment', async () => {
    const { page } = shared
    const [dmitri, femi] = ['Dmitri', 'Femi'].map(
      (name) => devAccounts.find((one) => one.name === name)?.address ?? assert.fail(name),
    ) as [string, string]
    await signIn(shared, 'Dmitri')
    await page.goto('/settings/wallets')
    await page.getByRole('button', { name: 'Link a wallet' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Link the wallet of Femi/ })
      .click()
    await page.getByRole('status').getByText('The wallet opens your account now.').waitFor({ timeout: SLOW_MS })
    await page.goto('/?ships=BE&token=ETH')
    await page.getByRole('article').getByRole('link').first().click()
    let refused = 0
    await page.route('**/v1/relay/deals/**', async (route) => {
      refused += 1
      await (refused > 1 ? route.continue() : route.abort())
    })
    const asked = page.waitForResponse((response) => response.url().includes('/v1/relay/deals/'))
    await page.getByRole('link', { name: 'Buy now' }).click()
    await page.getByLabel('Where should it be sent?').fill('Dmitri P.\n12 Canal Street\n9000 Ghent')
    await asked
    assert.equal(await page.getByRole('main').getByRole('alert').count(), 0, 'nothing was paid, so nothing failed')
    await page.unrouteAll({ behavior: 'wait' })
    const buy = page.getByRole('button', { name: /^Buy for/ })
    for (const [owner, other] of [
      [dmitri, femi],
      [femi, dmitri],
    ] as const) {
      await setBalance(owner, 0n)
      await setBalance(other, 10n ** 22n)
      await page.evaluate((address) => localStorage.setItem('fairhold.local-wallet.person', address.toLowerCase()), owner)
      await page.reload()
      await page.getByText('Your wallet does not hold enough for this.').waitFor({ timeout: SLOW_MS })
      assert.equal(await buy.isDisabled(), true)
      await page.evaluate((address) => localStorage.setItem('fairhold.local-wallet.person', address.toLowerCase()), other)
      const known = page.waitForResponse((response) => response.request().postData()?.includes('eth_getBalance') ?? false)
      await page.reload()
      await known
      await buy.click({ trial: true })
    }
  })

  journey('a dialog closes when it is meant, and not by what goes on inside it', async () => {
    const { page } = shared
    await page.goto('/kit')
    await isAlive(page.getByRole('button', { name: 'Open a dialog' }).first())
    await isAlive(page.getByRole('button', { name: 'Open a dialog' }).first())
    await page.getByRole('button', { name: 'Open a dialog' }).first().click()
    const outer = page.getByRole('dialog', { name: 'A dialog' })
    const inner = page.getByRole('dialog', { name: 'Are you sure?' })
    await outer.getByRole('button', { name: 'Ask once more' }).click()
    await inner.waitFor()
    await page.keyboard.press('Escape')
    await inner.waitFor({ state: 'detached' })
    await outer.waitFor()
    // What Chromium says when no file is chosen, and where its scrollbar is pressed: at the dialog itself, but inside it.
    await outer.getByLabel('File').dispatchEvent('cancel', { bubbles: true })
    const box = (await outer.boundingBox()) ?? assert.fail('it has no place')
    const press = (x: number, y: number) => outer.dispatchEvent('pointerdown', { clientX: x, clientY: y, bubbles: true })
    await press(box.x + box.width - 2, box.y + box.height / 2)
    await outer.getByRole('button', { name: 'Ask once more' }).click() // it is still there, and drawn
    await inner.getByRole('button', { name: 'I am' }).click()
    await inner.waitFor({ state: 'detached' })
    await page.mouse.click(box.x - 5, box.y + box.height / 2)
    await outer.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Open a dialog' }).first().click()
    await page.keyboard.press('Escape')
    await outer.waitFor({ state: 'detached' })
  })

  test('no page threw, and nothing left this machine', () => {
    assert.deepEqual(site.complaints(), [])
  })
})
