import type { Locator, Page } from 'playwright-core'

const SLOW_MS = 30_000

/** For a tab that hears nothing of the others: a script to begin its pages with. */
export const DEAF = 'globalThis.BroadcastChannel = class { onmessage = null; postMessage() {} close() {} }'

export const banner = (page: Page): Locator => page.getByRole('banner')

/** Waits until the top of the page says that this person is signed in, in either language. */
export async function isHere(page: Page, name: string): Promise<void> {
  const account = banner(page).getByRole('button', { name: new RegExp(`^(Account menu|Kontomenü): ${name}`) })
  await account.waitFor({ timeout: SLOW_MS })
}

/** Follows a link of the main navigation, without a new page. */
export async function nav(page: Page, name: string): Promise<void> {
  await banner(page).getByRole('navigation').getByRole('link', { name, exact: true }).click()
}

/** Chooses from the menu of the person who is signed in. */
export async function menu(page: Page, entry: string): Promise<void> {
  await banner(page)
    .getByRole('button', { name: /^(Account menu|Kontomenü)/ })
    .click()
  await page.getByRole('menuitem', { name: entry }).click()
}

export async function signOut(page: Page): Promise<void> {
  await menu(page, 'Sign out')
  await page.getByRole('status').getByText('You are signed out.').waitFor({ timeout: SLOW_MS })
}

/** Signs in as another of the local people, without signing out. */
export async function become(page: Page, name: string): Promise<void> {
  await menu(page, 'Switch person')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: new RegExp(`^Sign in as ${name}`) }).click()
  await isHere(page, name)
}
