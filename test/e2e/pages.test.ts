import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { BrowserContext } from 'playwright-core'
import { signIn } from './support/acts.ts'
import { isAccessible } from './support/axe.ts'
import { keepScreenshots, launchBrowser, newPerson, type Person } from './support/browser.ts'
import { everyRoute, type Route } from './support/routes.ts'
import { type Stack, startStack } from './support/stack.ts'
import { scriptTraffic } from './support/traffic.ts'

/** Bytes of JavaScript, as brotli, on pages that people arrive at; Next and React take 112,000 of them. */
const BUDGETS = { '/': 135_000, '/listings/[id]': 135_000 }
/** Of the fonts that a visit in a Latin language begins with. */
const FONTS = 30_000
const PHONE = { width: 390, height: 844 }
/** With a screen on which a card's picture is a little narrower than the smallest that is stored. */
const SLOW_PHONE = { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75 }
const DESKTOP = { width: 1280, height: 900 }

/** Every page as each of these sees it. German is longer, so it is the one for the small screen. */
const readers = [
  { who: 'a visitor at a desk', language: 'en', viewport: DESKTOP, signedIn: false },
  { who: 'a visitor with a phone, in German', language: 'de', viewport: PHONE, signedIn: false },
  { who: 'a buyer at a desk', language: 'en', viewport: DESKTOP, signedIn: true },
  { who: 'a buyer with a phone, in German', language: 'de', viewport: PHONE, signedIn: true },
] as const

describe('every page of the dApp', () => {
  let stack: Stack
  let routes: Route[]
  let browser: Awaited<ReturnType<typeof launchBrowser>>
  before(async () => {
    stack = await startStack()
    browser = await launchBrowser()
    routes = await everyRoute(stack.origin)
  })
  after(async () => {
    await browser?.close()
    await stack?.stop()
  })

  const addressOf = (pattern: string): string => {
    const route = routes.find((one) => one.pattern === pattern)
    assert.ok(route, pattern)
    return route.path
  }
  const inLanguage = (context: BrowserContext, language: string) =>
    context.addCookies([{ name: 'locale', value: language, url: stack.origin }])

  for (const { who, language, viewport, signedIn } of readers) {
    test(`for ${who}: whole, without an accessibility fault that axe can find, light and dark`, async () => {
      const person = await newPerson(browser.browser, who, stack.origin)
      await person.page.setViewportSize(viewport)
      if (signedIn) await signIn(person, 'Dmitri')
      await inLanguage(person.context, language)
      const logged: string[] = []
      person.page.on('console', (message) => message.type() === 'error' && logged.push(message.text()))
      try {
        for (const { path } of routes) await isWhole(person, path, language)
      } catch (error) {
        await keepScreenshots([person], `page-${who}`)
        throw error
      }
      const ofWords = logged.filter((line) => /MESSAGE|FORMATTING|Hydration|hydrat/i.test(line))
      assert.deepEqual([...ofWords, ...person.complaints.errors, ...person.complaints.foreign], [])
      await person.context.close()
    })
  }

  test('market and listing bring no more JavaScript than they may, also once they are idle', async () => {
    for (const [pattern, budget] of Object.entries(BUDGETS)) {
      const path = addressOf(pattern)
      const context = await browser.browser.newContext({ baseURL: stack.origin })
      const page = await context.newPage()
      const scripts = scriptTraffic(page)
      const late: string[] = []
      const plain: string[] = []
      page.on('response', async (answer) => {
        const isOurs = /\/_next\/static\/.*\.(?:js|css)$/.test(answer.url())
        if (isOurs && (await answer.headerValue('content-encoding')) !== 'br') plain.push(answer.url())
      })
      page.once('load', () => page.on('request', (request) => request.resourceType() === 'script' && late.push(request.url())))
      await page.goto(path, { waitUntil: 'networkidle' })
      assert.deepEqual(plain, [], `${path} has scripts or styles that are not sent as brotli`)
      assert.deepEqual(late, [], `${path} fetches code that nobody asked for once it is loaded`)
      assert.ok(scripts.bytes() > 50_000, `only ${scripts.bytes()} bytes were counted on ${path}`)
      assert.ok(scripts.bytes() <= budget, `${path} brings ${scripts.bytes()} bytes: ${JSON.stringify(scripts.files())}`)
      await context.close()
    }
  })

  test('pictures come as AVIF and no larger than they are shown, and fonts are small', async () => {
    for (const pattern of Object.keys(BUDGETS)) {
      const path = addressOf(pattern)
      const context = await browser.browser.newContext({ baseURL: stack.origin, ...SLOW_PHONE })
      const page = await context.newPage()
      const pictures: URL[] = []
      const fonts: Promise<number>[] = []
      page.on('requestfinished', (request) => {
        if (request.resourceType() === 'font') fonts.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
        if (request.url().includes('/v1/media/')) pictures.push(new URL(request.url()))
      })
      await page.goto(path, { waitUntil: 'networkidle' })
      const bytes = (await Promise.all(fonts)).reduce((sum, one) => sum + one, 0)
      assert.ok(bytes > 10_000 && bytes <= FONTS, `fonts of ${path} are ${bytes} bytes`)
      assert.ok(pictures.length > 4, `${pictures.length} pictures on ${path}`)
      const widths = pattern === '/' ? ['320'] : ['320', '1024'] // cards, and on a listing its own photos
      const wrong = pictures.filter(({ searchParams: of }) => of.get('f') !== 'avif' || !widths.includes(of.get('w') ?? ''))
      assert.deepEqual(wrong.map(String), [], path)
      await context.close()
    }
  })

  test('while other listings are on their way the cards are outlines in their places, and a screen reader is told', async () => {
    const context = await browser.browser.newContext({ baseURL: stack.origin, viewport: DESKTOP, locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto('/', { waitUntil: 'networkidle' })
    let letGo = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await page.route(/category=cameras/, async (route) => {
      await held
      await route.continue()
    })
    const results = page.locator('main .results')
    const before = await results.boundingBox()
    await page
      .getByRole('navigation', { name: 'Categories' })
      .getByRole('link', { name: /Cameras/ })
      .click()
    await page.locator('main .results[aria-busy="true"]').waitFor()
    await results.getByRole('status').getByText('Searching').waitFor({ state: 'attached' })
    const opacityOf = (part: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('.results article ${part}')).opacity`)
    for (const part of ['img', 'h3 a', 'button']) {
      for (let left = 200; left > 0 && (await opacityOf(part)) !== '0'; left -= 1) await page.waitForTimeout(50)
      assert.equal(await opacityOf(part), '0', part)
    }
    assert.deepEqual(await results.boundingBox(), before, 'nothing has moved')
    letGo()
    await page.locator('main .results:not([aria-busy])').waitFor()
    await results
      .getByRole('status')
      .getByText(/^\d+ listings?$/)
      .waitFor({ state: 'attached' })
    await page.waitForURL(/category=cameras/)
    assert.equal(await opacityOf('img'), '1')
    await context.close()
  })

  test('without JavaScript the market is read, searched and paged, a listing is read, and the language is switched', async () => {
    const context = await browser.browser.newContext({ baseURL: stack.origin, javaScriptEnabled: false, locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto('/')
    const first = page.locator('article h3 a').first()
    const title = (await first.textContent()) ?? ''
    await page.locator('input[name="q"]:visible').first().fill(title)
    await page.locator('input[name="q"]:visible').first().press('Enter')
    await page.waitForURL(/\?.*q=/)
    await page.locator('article h3 a', { hasText: title }).first().click()
    await page.waitForURL(/\/listings\/0x/)
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await page
      .locator('main')
      .getByText(/ETH|tUSD/)
      .first()
      .waitFor()
    await page.getByRole('combobox', { name: 'Show prices in' }).selectOption('USD')
    await page.getByRole('button', { name: 'Set', exact: true }).click()
    await page.locator('main').getByText('US$').first().waitFor()
    await page.getByRole('button', { name: 'Deutsch' }).click()
    await page.waitForURL(/\/listings\/0x/)
    assert.equal(await page.locator('html').getAttribute('lang'), 'de')
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await context.close()
  })

  test('another currency is taken at once where it is picked, and by Enter or on leaving where keys reach it', async () => {
    const context = await browser.browser.newContext({ baseURL: stack.origin, viewport: DESKTOP, locale: 'en-GB' })
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => request.method() === 'POST' && asked.push(request.postData() ?? ''))
    const prices = (sign: string) => page.locator('main article').getByText(sign).first()
    await page.goto('/', { waitUntil: 'networkidle' })
    await prices('£').waitFor()
    await page.evaluate('window.isSamePage = true')
    const chooser = page.getByRole('combobox', { name: 'Show prices in' })
    await chooser.selectOption('EUR')
    await prices('€').waitFor()
    await chooser.focus()
    const place = await page.evaluate('scrollY')
    const before = asked.length
    await page.keyboard.press('Home')
    while ((await chooser.inputValue()) !== 'USD') await page.keyboard.press('ArrowDown')
    assert.equal(asked.length, before, 'nothing is asked for on the way to a choice')
    await page.keyboard.press('Enter')
    await prices('US$').waitFor()
    assert.deepEqual(asked, ['currency=EUR', 'currency=USD'])
    assert.equal(await page.evaluate('isSamePage && scrollY'), place, 'the page is the same, and where it was')
    assert.equal(await chooser.evaluate((select) => select === select.ownerDocument.activeElement), true)
    await page.keyboard.press('ArrowUp')
    const chosen = await chooser.inputValue()
    await page.keyboard.press('Tab')
    while (asked.at(-1) !== `currency=${chosen}`) await page.waitForTimeout(20)
    const inFooter = page.getByRole('contentinfo')
    assert.equal(await inFooter.getByRole('button', { name: 'Set', exact: true }).count(), 0)
    await context.close()
  })

  for (const [language, field, fault] of [
    ['en', 'Name', 'At most 60 characters.'],
    ['de', 'Name', 'Höchstens 60 Zeichen.'],
  ] as const) {
    test(`what the API finds wrong stands at its field in words for people (${language})`, async () => {
      const person = await newPerson(browser.browser, `a member, ${language}`, stack.origin)
      const { page } = person
      await signIn(person, 'Dmitri')
      await inLanguage(person.context, language)
      await page.goto('/settings')
      const message = 'Too big: expected string to have <=60 characters'
      const errors = [{ path: 'name', message, fault: 'tooLong', limit: 60 }]
      const problem = { code: 'VALIDATION', title: 'Something in the request is not right', detail: `name: ${message}.`, errors }
      await page.route('**/v1/identity/profile', (route) => route.fulfill({ status: 400, json: problem }))
      const input = page.getByRole('textbox', { name: field, exact: true })
      await input.fill('Dmitri the Long')
      await input.press('Enter')
      await page.getByRole('alert').filter({ hasText: fault }).waitFor()
      assert.equal(await input.getAttribute('aria-invalid'), 'true')
      assert.equal(await page.getByText(/request|errors|expected|name:/).count(), 0)
      await person.context.close()
    })
  }

  test('the language follows the browser, and no cache keeps it for somebody else', async () => {
    const german = await fetch(`${stack.origin}/how-it-works`, { headers: { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' } })
    assert.match(await german.text(), /<html[^>]* lang="de"/)
    assert.match(german.headers.get('cache-control') ?? '', /private.*no-store/)
    const chosen = await fetch(`${stack.origin}/how-it-works`, { headers: { 'accept-language': 'de', cookie: 'locale=en' } })
    assert.match(await chosen.text(), /<html[^>]* lang="en"/)
    const titleOf = async (path: string) => {
      const answer = await fetch(`${stack.origin}${path}`, { headers: { 'accept-language': 'de' } })
      return /<title>([^<]*)<\/title>/.exec(await answer.text())?.[1]
    }
    assert.equal(await titleOf('/nothing-here'), 'Nicht gefunden · Fairhold')
    assert.equal(await titleOf(`/listings/0x${'1'.repeat(64)}`), 'Nicht gefunden · Fairhold')
    assert.equal(await titleOf('/?q=Objektiv&category=cameras'), '„Objektiv“ · Kameras · Fairhold')
  })

  test('search engines find every listing, and social networks a card', async () => {
    const robots = await (await fetch(`${stack.origin}/robots.txt`)).text()
    const [, sitemap = ''] = /^Sitemap: (\S+)$/m.exec(robots) ?? []
    const index = await (await fetch(sitemap)).text()
    const chunks = [...index.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address = '']) => address)
    const addresses = (await Promise.all(chunks.map(async (chunk) => (await fetch(chunk)).text()))).join('\n')
    const listing = addressOf('/listings/[id]')
    assert.ok(addresses.includes(listing), `${listing} is in no sitemap`)
    assert.equal((await fetch(`${stack.origin}/sitemaps/999`)).status, 404)

    const page = await (await fetch(`${stack.origin}${listing}`)).text()
    assert.match(page, new RegExp(`<link rel="canonical" href="${stack.origin}${listing}"`))
    const [, card = ''] = /property="og:image" content="([^"]+)"/.exec(page) ?? []
    const image = await fetch(card.replaceAll('&amp;', '&'))
    assert.equal(image.headers.get('content-type'), 'image/png')
    assert.ok((await image.arrayBuffer()).byteLength > 10_000)
    assert.match(await (await fetch(`${stack.origin}/settings`)).text(), /name="robots" content="noindex/)
  })
})

/** The page shows, in the language, on this screen, and axe finds nothing. */
async function isWhole(person: Person, path: string, language: string): Promise<void> {
  const { page } = person
  await page.goto(path)
  await page.locator('main h1').first().waitFor({ state: 'attached' })
  await page.locator('main [aria-busy="true"]:not(button)').first().waitFor({ state: 'detached' }) // the kit shows busy buttons for good
  assert.equal(await page.locator('html').getAttribute('lang'), language, path)
  assert.equal(await page.locator('h1').count(), 1, `${path} has one h1`)
  assert.notEqual(await page.title(), '', path)
  const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  assert.ok(Number(wide) <= 0, `${path} is ${wide} px wider than the screen`)
  await isAccessible(person, `${path} in ${language}`)
}
