import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe } from 'node:test'
import { unzip } from '../../api/test/support/zip.ts'
import { signIn } from './support/acts.ts'
import { isAccessible } from './support/axe.ts'
import type { Person } from './support/browser.ts'
import { openSite } from './support/site.ts'

describe('a person takes their data along, and leaves', () => {
  let buyer: Person
  let arbiter: Person

  const site = openSite(async () => {
    buyer = await site.person('buyer')
    arbiter = await site.person('arbiter')
  })
  const { journey } = site

  const deleteButton = ({ page }: Person) => page.getByRole('button', { name: 'Delete my account' })

  journey('everything is in the ZIP, addresses as they were written', async () => {
    const { page } = buyer
    await signIn(buyer, 'Dmitri')
    await page.getByRole('button', { name: /^Account menu/ }).click()
    await page.getByRole('menuitem', { name: 'Settings' }).click()
    await page.getByRole('link', { name: 'Your data' }).click()
    await deleteButton(buyer).waitFor()
    await isAccessible(buyer, 'your data')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download everything' }).click(),
    ])
    assert.match(download.suggestedFilename(), /^fairhold-your-data-\d{4}-\d\d-\d\d\.zip$/)
    const files = unzip(await readFile(await download.path()))
    assert.match(String(files.get('README.txt')), /YOUR DATA ON FAIRHOLD/)
    assert.equal(JSON.parse(String(files.get('account.json')))[0].name, 'Dmitri Sorokin')
    const addresses = JSON.parse(String(files.get('shipping.json'))).map(({ address }: { address: string }) => address)
    assert.ok(addresses.length > 0 && addresses.every((address: unknown) => typeof address === 'string'), String(addresses))
  })

  journey('an arbiter for whom two people wait is told why they cannot leave', async () => {
    await signIn(arbiter, 'Ines')
    await arbiter.page.goto('/settings/data')
    await arbiter.page.getByText('You are the arbiter of a dispute that is open').waitFor()
    assert.equal(await deleteButton(arbiter).isDisabled(), true)
  })

  journey('the account is deleted by who types that they want it, and whoever comes back begins anew', async () => {
    const { page } = buyer
    await deleteButton(buyer).click()
    const dialog = page.getByRole('dialog', { name: 'Delete your account?' })
    await isAccessible(buyer, 'deleting an account')
    await dialog.getByLabel(/^Type/).fill('delete')
    await page.keyboard.press('Enter')
    await dialog.getByText('Type exactly: delete my account').waitFor()
    await dialog.getByLabel(/^Type/).fill('delete my account')
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('Your account is deleted.').waitFor()
    await page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Sign in as Dmitri/ })
      .click()
    await page.getByRole('button', { name: /^Account menu: 0x/ }).waitFor()
    assert.deepEqual(buyer.complaints, { errors: [], foreign: [] })
  })
})
