import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContext, type Page, chromium as playwright } from 'playwright-core'

const RESULTS = join(import.meta.dirname, '../../../test-results')

/** What a page complained about while a journey ran: uncaught errors and requests that left this machine. */
export interface Complaints {
  errors: string[]
  foreign: string[]
}

export interface Person {
  name: string
  page: Page
  context: BrowserContext
  complaints: Complaints
}

/** A Chromium from npm with a temporary profile, without any of its own traffic. */
export async function launchBrowser(): Promise<{ browser: Browser; close: () => Promise<void> }> {
  const temp = await mkdtemp(join(tmpdir(), 'fairhold-chromium-'))
  const isOurs = process.env.TMPDIR === undefined
  if (isOurs) process.env.TMPDIR = temp // where Chromium is unpacked
  const browser = await playwright.launch({
    executablePath: process.env.CHROMIUM_PATH ?? (await chromium.executablePath()),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
  const close = async () => {
    await browser.close()
    if (isOurs) delete process.env.TMPDIR // the next one, such as Lighthouse's, unpacks its own
    await rm(temp, { recursive: true, force: true })
  }
  return { browser, close }
}

/** A person with a browser of their own: nothing is shared with the others but the servers. */
export async function newPerson(browser: Browser, name: string, origin: string): Promise<Person> {
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const complaints: Complaints = { errors: [], foreign: [] }
  page.on('pageerror', (error) => complaints.errors.push(`${name}: ${error.message}`))
  page.on('request', (request) => {
    const { hostname } = new URL(request.url())
    if (!['127.0.0.1', 'localhost', ''].includes(hostname)) complaints.foreign.push(request.url())
  })
  return { name, page, context, complaints }
}

/** Keeps a picture of what each person saw, for a step that failed. */
export async function keepScreenshots(people: Person[], step: string): Promise<void> {
  await mkdir(RESULTS, { recursive: true })
  const file = step
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
  for (const person of people) {
    await person.page.screenshot({ path: join(RESULTS, `${file}-${person.name}.png`), fullPage: true }).catch(() => undefined)
  }
}
