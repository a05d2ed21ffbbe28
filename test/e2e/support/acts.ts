import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import type { Person } from './browser.ts'

const PHOTO = join(import.meta.dirname, '../../../scripts/seed/photos/camera-1.webp')
const CURRENCIES = { ETH: 'ETH (Ether)', tUSD: 'tUSD (Test Dollar)' }
const TOWNS_MS = 90_000 // the first to ask waits until the towns of the world are read
const SLOW_MS = 30_000 // a transaction, its block and its row, on a busy machine

export interface Goods {
  title: string
  price: string
  currency: 'ETH' | 'tUSD'
  /** On top of the price; nothing if it is not said. */
  shipping?: string
  /** Lets the buyer pay so many per cent first, and the rest within so many days. */
  instalments?: { deposit: string; days: string }
}

/** Signs in with the local wallet as one of its people. */
export async function signIn(person: Person, name: string): Promise<void> {
  const { page } = person
  await page.goto('/')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(`^Sign in as ${name}`) })
    .click()
  await page.getByRole('button', { name: new RegExp(`^Account menu: ${name}`) }).waitFor({ timeout: SLOW_MS })
}

/** Writes a listing with a photo, signs it, and returns its id. */
export async function sell({ page }: Person, goods: Goods): Promise<string> {
  await page.goto('/sell')
  await isAlive(page.getByLabel('Add photos'))
  await page.getByLabel('Add photos').setInputFiles(PHOTO)
  await page.getByLabel('Title').fill(goods.title)
  await page
    .getByLabel('Description')
    .fill('Used with care for two years. Everything works. See the photo for the small scratch.')
  await page.getByLabel('Category').selectOption({ label: 'Cameras' })
  await page.getByLabel('Condition').selectOption({ label: 'Good' })
  await page.getByRole('combobox', { name: 'Where it is' }).fill('Ghent')
  await page.getByRole('option', { name: /^Ghent/ }).click({ timeout: TOWNS_MS })
  await page.getByRole('button', { name: 'Add a way of sending' }).click()
  await page.getByLabel('Costs on top').fill(goods.shipping ?? '0')
  await page.getByLabel('Currency').selectOption({ label: CURRENCIES[goods.currency] })
  await page.getByLabel('Price', { exact: true }).fill(goods.price)
  if (goods.instalments) {
    await page.getByRole('radio', { name: /^In instalments too/ }).check()
    await page.getByLabel('Smallest deposit').fill(goods.instalments.deposit)
    await page.getByLabel('Time for the rest').fill(goods.instalments.days)
  }
  await page.getByRole('button', { name: 'Sign and publish' }).click()
  await page.waitForURL(/\/listings\/0x[0-9a-f]{64}$/, { timeout: SLOW_MS })
  return idIn(page.url())
}

/** Buys a listing, or pays the deposit, and returns the deal's id once the page of the deal is there. */
export async function buy({ page }: Person, listingId: string, plan: 'whole' | 'deposit' = 'whole'): Promise<string> {
  await page.goto(`/listings/${listingId}`)
  await page.getByRole('link', { name: 'Buy now' }).click()
  await page.getByLabel('Where should it be sent?').fill('Dmitri P.\n12 Canal Street\n9000 Ghent')
  if (plan === 'deposit') await page.getByRole('radio', { name: /^A deposit now/ }).check()
  await page.getByRole('button', { name: plan === 'deposit' ? /^Pay the deposit of/ : /^Buy for/ }).click()
  await page.waitForURL(/\/deals\/0x[0-9a-f]{64}$/, { timeout: SLOW_MS })
  return idIn(page.url())
}

/** Opens an action of the deal page, fills what it asks, and confirms. */
export async function act(
  { page }: Person,
  button: string,
  options: { fill?: Record<string, string>; confirm?: string } = {},
): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: button, exact: true }).click()
  const dialog = page.getByRole('dialog')
  for (const [label, value] of Object.entries(options.fill ?? {})) await dialog.getByLabel(label).fill(value)
  await dialog.getByRole('button', { name: options.confirm ?? button, exact: true }).click()
  await dialog.waitFor({ state: 'detached', timeout: SLOW_MS })
}

/** Waits until this person's open page shows the state, without a reload. */
export async function sees(person: Person, state: string): Promise<void> {
  await stateOn(person, state).waitFor({ timeout: SLOW_MS })
}

function stateOn({ page }: Person, state: string): Locator {
  return page.locator(`h1[data-state="${state}"]`)
}

/** Signs a review of the deal whose page is open. */
export async function review({ page }: Person, stars: number, text: string): Promise<void> {
  await page
    .getByText(`${stars} ${stars === 1 ? 'star' : 'stars'}`, { exact: true })
    .locator('..')
    .click()
  await page.getByLabel('Your review').fill(text)
  await page.getByRole('button', { name: 'Seal the review' }).click()
  await page.getByRole('button', { name: 'Seal the review' }).waitFor({ state: 'detached', timeout: SLOW_MS })
}

/** Waits until what is done to an element is heard of: until then it is what the server drew. */
export async function isAlive(element: Locator): Promise<void> {
  await element.waitFor({ state: 'attached' })
  const alive = () => element.evaluate((node) => Object.keys(node).some((key) => key.startsWith('__reactProps')))
  for (let left = 400; left > 0 && !(await alive()); left -= 1) await element.page().waitForTimeout(50)
  assert.ok(await alive(), 'the page never came alive')
}

export function idIn(url: string): string {
  const id = /0x[0-9a-f]{64}$/.exec(url)?.[0]
  assert.ok(id, `no id in ${url}`)
  return id
}
