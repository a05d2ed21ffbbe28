import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { signOut } from './support/accounts.ts'
import { isAlive } from './support/acts.ts'
import type { Person } from './support/browser.ts'
import { openSite } from './support/site.ts'

describe('what a page goes on with', () => {
  let shared: Person
  const site = openSite(async () => {
    shared = await site.person('shared')
  })
  const { journey } = site

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
