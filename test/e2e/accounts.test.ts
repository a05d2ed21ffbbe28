import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { banner, become, DEAF, isHere, menu, nav, signOut } from './support/accounts.ts'
import { isAlive, signIn } from './support/acts.ts'
import type { Person } from './support/browser.ts'
import { openSite } from './support/site.ts'

const SLOW_MS = 30_000
const ADDRESS = 'Ada Lund\n12 Canal Street\n9000 Ghent'

/** What takes turns at one browser: nothing of one person may reach the next. */
describe('two people at one browser', () => {
  let shared: Person
  const site = openSite(async () => {
    shared = await site.person('shared')
  })
  const { journey } = site

  /** Presses the first heart of the market and returns what it saved. */
  const saveOne = async (page: Page) => {
    const heart = page.getByRole('button', { name: /^Save “/, pressed: false }).first()
    await isAlive(heart)
    const label = await heart.getAttribute('aria-label')
    await heart.click()
    await page.locator('[aria-pressed="true"]').first().waitFor()
    return /“(.+)”/.exec(label ?? '')?.[1] ?? ''
  }
  const inGerman = (page: Page) => page.context().addCookies([{ name: 'locale', value: 'de', url: new URL(page.url()).origin }])
  const inEnglish = (page: Page) => page.context().clearCookies({ name: 'locale' })

  journey('who signs out takes their pages off the screen, and off the way back', async () => {
    const { page } = shared
    await signIn(shared, 'Ada')
    const title = await saveOne(page)
    await nav(page, 'Saved')
    const mine = page.getByRole('main').getByRole('link', { name: title }).first()
    await mine.waitFor()
    await signOut(page)
    await page.getByText('Your saved listings and searches').waitFor()
    assert.equal(await mine.count(), 0)

    await signIn(shared, 'Ada')
    await nav(page, 'Saved')
    await mine.waitFor()
    await nav(page, 'Market')
    await page.waitForURL((url) => url.pathname === '/')
    await signOut(page)
    await page.goBack()
    await page.getByText('Your saved listings and searches').waitFor()
    assert.equal(await mine.count(), 0)
  })

  journey('who takes over sees their own pages, and nothing that was fetched for the other', async () => {
    const { page } = shared
    await signIn(shared, 'Ada')
    await nav(page, 'Saved')
    await page.getByRole('main').getByRole('article').first().waitFor()
    await become(page, 'Bruno')
    await page.getByText('None yet. Press the heart of a listing').waitFor()
    assert.equal(await page.getByRole('main').getByRole('article').count(), 0)

    // Ada's sessions are in the cache when Bruno comes, and the answer about his is slow.
    await become(page, 'Ada')
    await menu(page, 'Settings')
    await page.getByRole('link', { name: 'Security' }).click()
    const own = page.getByText('This one', { exact: true })
    await own.waitFor()
    await nav(page, 'Market')
    await page.waitForURL((url) => url.pathname === '/')
    await become(page, 'Bruno')
    let answer: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/v1/identity/sessions', async (route) => {
      await held
      await route.continue()
    })
    const asked = page.waitForRequest('**/v1/identity/sessions')
    await menu(page, 'Settings')
    await page.getByRole('link', { name: 'Security' }).click()
    await asked
    assert.equal(await own.count(), 0, 'Ada’s sessions are not shown to Bruno')
    answer()
    await own.waitFor()
    await page.unrouteAll({ behavior: 'wait' })
    await signOut(page)
  })

  journey('another tab follows at once', async () => {
    const { page } = shared
    await signIn(shared, 'Ada')
    const second = await shared.context.newPage()
    await second.goto('/')
    await isHere(second, 'Ada')
    await become(second, 'Bruno')
    await isHere(page, 'Bruno')
    await signOut(second)
    await banner(page).getByRole('button', { name: 'Sign in', exact: true }).waitFor()
    await second.close()
  })

  journey('a tab that has not heard of it does nothing in the name of somebody else, and says so', async () => {
    await signIn(shared, 'Ada')
    const deaf = await shared.context.newPage()
    await deaf.addInitScript(DEAF)
    await inGerman(shared.page)
    await deaf.goto('/')
    await inEnglish(shared.page)
    await isHere(deaf, 'Ada')
    await become(shared.page, 'Bruno')
    const writes: string[] = []
    deaf.on('response', (response) => {
      if (response.request().method() === 'PUT') writes.push(`${response.status()}`)
    })
    const heart = deaf.getByRole('button', { name: /merken$/, pressed: false }).first()
    await isAlive(heart)
    await heart.click()
    await deaf
      .getByRole('status')
      .getByText('Es wurde nichts getan: Hier ist jetzt jemand anderes angemeldet')
      .waitFor({ timeout: SLOW_MS })
    await isHere(deaf, 'Bruno')
    assert.deepEqual(writes, ['403'], 'asked once, and refused')
    await deaf.close()
    await signOut(shared.page)
  })

  journey(
    'an address that was written for a purchase does not outlive signing out; who signs in takes theirs along',
    async () => {
      const { page } = shared
      await page.goto('/?ships=BE')
      await page.getByRole('article').getByRole('link').first().click()
      await page.getByRole('link', { name: 'Buy now' }).click()
      const field = page.getByLabel('Where should it be sent?')
      await field.fill(ADDRESS)
      await banner(page).getByRole('button', { name: 'Sign in', exact: true }).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Sign in as Dmitri/ })
        .click()
      await isHere(page, 'Dmitri')
      assert.equal(await field.inputValue(), ADDRESS, 'what a visitor typed stays')
      await signOut(page)
      await page.getByLabel('Where should it be sent?').waitFor()
      assert.equal(await field.inputValue(), '')
      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }))
      assert.doesNotMatch(kept, /Canal Street/)
    },
  )

  journey('who could not be signed out is told so', async () => {
    const { page } = shared
    await signIn(shared, 'Ada')
    await inGerman(page)
    await page.reload()
    await inEnglish(page)
    await page.route('**/v1/identity/session', (route) =>
      route.request().method() === 'DELETE' ? route.abort() : route.continue(),
    )
    await menu(page, 'Abmelden')
    await page.getByRole('status').getByText('Das hat nicht geklappt: Du bist noch angemeldet.').waitFor({ timeout: SLOW_MS })
    await isHere(page, 'Ada')
    await page.unrouteAll({ behavior: 'wait' })
    await page.reload() // in English
    await signOut(page)
  })

  test('no page threw, and nothing left this machine', () => {
    assert.deepEqual(site.complaints(), [])
  })
})
