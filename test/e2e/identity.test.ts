import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe } from 'node:test'
import { codeAt, stepAt } from '../../api/src/factors/totp.ts'
import { fromBase32 } from '../../api/test/support/authenticator-app.ts'
import { signIn } from './support/acts.ts'
import { isAccessible } from './support/axe.ts'
import type { Person } from './support/browser.ts'
import { addAuthenticator, type VirtualAuthenticator } from './support/passkeys.ts'
import { openSite } from './support/site.ts'

describe('a person guards their account with second factors', () => {
  let person: Person
  let authenticator: VirtualAuthenticator
  let codes: string[]
  let secret: Buffer

  const site = openSite(async () => {
    person = await site.person('person')
    authenticator = await addAuthenticator(person)
  })
  const journey = (name: string, run: (page: Person['page']) => Promise<void>) => site.journey(name, () => run(person.page))

  const dialog = (name: string | RegExp) => person.page.getByRole('dialog', { name })
  const proof = () => dialog('Prove that it is you')
  const told = (text: string) => person.page.getByRole('status').getByText(text).waitFor()
  const settings = async (page: 'security' | 'wallets') => {
    await person.page.goto(`/settings/${page}`)
    await person.page.getByRole('heading', { name: page === 'security' ? 'Second factors' : 'Your wallets' }).waitFor()
  }
  /** A session in which nothing but the wallet has been shown. */
  const signInAnew = async () => {
    await person.page.getByRole('button', { name: /^Account menu/ }).click()
    await person.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await told('You are signed out.')
    await signIn(person, 'Ada')
  }

  journey('with nothing but a wallet the page says so, and how to do better', async (page) => {
    await signIn(person, 'Ada')
    await settings('security')
    await page.getByText('Your wallet alone guards your account').waitFor()
    await isAccessible(person, 'no factors')
  })

  journey('a passkey is added, and recovery codes are kept', async (page) => {
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await dialog('Add a passkey').getByLabel('Name').fill('Ada’s phone')
    await isAccessible(person, 'adding a passkey')
    await page.keyboard.press('Enter')
    const shown = dialog('Your recovery codes')
    await shown.waitFor()
    assert.equal(await authenticator.count(), 1)
    codes = await shown.getByRole('listitem').allInnerTexts()
    assert.equal(codes.length, 10)
    const [download] = await Promise.all([page.waitForEvent('download'), shown.getByRole('button', { name: 'Download' }).click()])
    const file = await readFile(await download.path(), 'utf8')
    for (const code of codes) assert.ok(file.includes(code))
    await page.keyboard.press('Escape')
    await shown.getByRole('alert').waitFor()
    await isAccessible(person, 'recovery codes')
    await shown.getByRole('checkbox', { name: 'I have kept them' }).check()
    await shown.getByRole('button', { name: 'Done' }).click()
    await shown.waitFor({ state: 'detached' })
    await page.getByText('Ada’s phone').waitFor()
    await page.getByText('10 are left.').waitFor()
    await isAccessible(person, 'a passkey')
  })

  journey('the same device is not added twice', async (page) => {
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await dialog('Add a passkey').getByLabel('Name').fill('Again')
    await page.keyboard.press('Enter')
    await page.getByText('That device or key is added already').waitFor()
    await page.keyboard.press('Escape')
    assert.equal(await authenticator.count(), 1)
  })

  journey('a wallet is linked with the passkey, and not without', async (page) => {
    await signInAnew()
    await settings('wallets')
    await page.getByRole('button', { name: 'Link a wallet' }).click()
    await dialog('Link another wallet')
      .getByRole('button', { name: /^Link the wallet of Bruno/ })
      .click()
    await proof().waitFor()
    assert.equal(
      await proof()
        .getByRole('button', { name: /^Prove as/ })
        .count(),
      0,
      'no wallet is offered',
    )
    await isAccessible(person, 'proving')
    await authenticator.recognises(false)
    await proof().getByRole('button', { name: 'Use your passkey' }).click()
    await proof().getByText('Nothing came from your passkey').waitFor({ timeout: 60_000 })
    await authenticator.recognises(true)
    await proof().getByRole('button', { name: 'Use your passkey' }).click()
    await told('The wallet opens your account now.')
    assert.equal(await page.getByRole('button', { name: 'Take off' }).count(), 2)
  })

  journey('an authenticator app is added by its QR code or its text', async (page) => {
    await settings('security')
    await page.getByRole('button', { name: 'Add an authenticator app' }).click()
    const shown = dialog('Add an authenticator app')
    await shown.getByRole('img', { name: /^QR code/ }).waitFor()
    secret = fromBase32((await shown.getByRole('group').innerText()).replaceAll(/\s/g, ''))
    await isAccessible(person, 'adding an app')
    await shown.getByLabel('Code that the app shows').fill('12')
    await page.keyboard.press('Enter')
    await shown.getByText('Type the six digits').waitFor()
    await shown.getByLabel('Code that the app shows').fill(codeAt(secret, stepAt(Date.now()) - 9))
    await page.keyboard.press('Enter')
    await shown.getByText('This code is wrong').waitFor()
    await shown.getByLabel('Code that the app shows').fill(codeAt(secret, stepAt(Date.now())))
    await page.keyboard.press('Enter')
    await told('The app guards your account now.')
    await page.getByRole('button', { name: 'Remove the authenticator app' }).waitFor()
  })

  journey('a wallet is taken off with a code of the app', async (page) => {
    await signInAnew()
    await settings('wallets')
    await page.getByRole('button', { name: 'Take off' }).last().click()
    await dialog(/^Take this wallet off/)
      .getByRole('button', { name: 'Take off' })
      .click()
    await proof().getByRole('tab', { name: 'App' }).click()
    await isAccessible(person, 'proving with an app')
    await proof()
      .getByLabel(/^Code from/)
      .fill(codeAt(secret, stepAt(Date.now()) + 1))
    await page.keyboard.press('Enter')
    await told('The wallet is off your account.')
  })

  journey('a recovery code stands in for a lost phone', async (page) => {
    await signInAnew()
    await settings('security')
    await page.getByRole('button', { name: 'Remove the authenticator app' }).click()
    await dialog(/^Remove the authenticator/)
      .getByRole('button', { name: 'Remove' })
      .click()
    await proof().getByRole('tab', { name: 'Recovery code' }).click()
    await proof()
      .getByLabel(/recovery codes$/)
      .fill(codes[4]?.toUpperCase() ?? '')
    await page.keyboard.press('Enter')
    await told('The authenticator app is removed.')
    await page.getByText('9 are left.').waitFor()
  })

  journey('a passkey gets another name, and with the last factor the guard is gone', async (page) => {
    await page.getByRole('button', { name: 'Name the passkey Ada’s phone' }).click()
    await dialog('Name this passkey').getByLabel('Name').fill('Old phone')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Remove the passkey Old phone' }).click()
    await dialog(/^Remove the passkey/)
      .getByText('It is your last second factor')
      .waitFor()
    await dialog(/^Remove the passkey/)
      .getByRole('button', { name: 'Remove' })
      .click()
    await page.getByText('Your wallet alone guards your account').waitFor()
  })

  journey('a browser without passkeys says so, and offers the app', async (page) => {
    await page.addInitScript({ content: 'delete window.PublicKeyCredential' })
    await settings('security')
    await page.getByText('This browser has no passkeys').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Add a passkey' }).isDisabled(), true)
    assert.equal(await page.getByRole('button', { name: 'Add an authenticator app' }).isEnabled(), true)
  })

  journey('no page threw, and no request left this machine', async () => {
    assert.deepEqual([person.complaints.errors, person.complaints.foreign], [[], []])
  })
})
