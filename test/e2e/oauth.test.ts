import assert from 'node:assert/strict'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, describe } from 'node:test'
import AxeBuilder from '@axe-core/playwright'
import { signIn } from './support/acts.ts'
import type { Person } from './support/browser.ts'
import { addressOf } from './support/money.ts'
import { openSite } from './support/site.ts'

const EXAMPLE = join(import.meta.dirname, '../../docs/examples/third-party-app/app.mjs')
const SLOW_MS = 30_000

describe('apps of others, and keys', () => {
  let maker: Person // makes the app
  let person: Person // uses it
  let server: Server
  let origin: string // of the app
  let clientId = ''
  let apiKey = ''

  const site = openSite(async () => {
    server = createServer()
    await new Promise<void>((done) => server.listen(0, 'localhost', done))
    origin = `http://localhost:${(server.address() as AddressInfo).port}`
    maker = await site.person('maker')
    person = await site.person('person')
    await signIn(maker, 'Ada')
  })
  after(async () => {
    server?.closeAllConnections()
    await new Promise((done) => (server ? server.close(done) : done(undefined)))
  })
  const { journey, stack } = site

  const shown = ({ page }: Person) => page.getByTestId('secret').textContent()
  const accessible = async ({ page }: Person) => {
    const { violations } = await new AxeBuilder({ page }).analyze()
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      [],
    )
  }

  journey('somebody registers an app, and starts it with its secret', async () => {
    const { page } = maker
    await page.goto('/settings/apps')
    await page.getByRole('button', { name: 'Register an app' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('Ship Shape')
    await dialog.getByLabel('Homepage').fill(`${origin}/`)
    await dialog.getByLabel('Redirect addresses').fill('http://localhost.evil.example/callback')
    await dialog.getByRole('button', { name: 'Register an app' }).click()
    await dialog.getByText(/has to begin with https/).waitFor()
    await dialog.getByLabel('Redirect addresses').fill(`${origin}/callback`)
    await dialog.getByRole('button', { name: 'Register an app' }).click()
    await page.getByTestId('secret').waitFor({ timeout: SLOW_MS })
    const clientSecret = (await shown(maker)) ?? ''
    await accessible(maker)
    await page.getByRole('button', { name: 'I have copied it' }).click()
    clientId = (await page.getByText(/^app_[0-9a-f]{24}$/).textContent()) ?? ''
    const { createApp } = (await import(EXAMPLE)) as { createApp: (options: object) => Promise<RequestListener> }
    server.on('request', await createApp({ fairhold: stack.origin, clientId, clientSecret, origin }))
  })

  journey('a person logs in to it, after signing in and reading what it asks for', async () => {
    const { page } = person
    await page.goto(origin)
    await page.getByRole('button', { name: 'Log in with Fairhold' }).click()
    await page.getByRole('heading', { name: /Ship Shape.*wants to use your Fairhold account/ }).waitFor()
    await page
      .getByRole('paragraph')
      .filter({ hasText: new URL(origin).host })
      .first()
      .waitFor()
    await page.getByText('Registered by Ada').waitFor()
    await page.getByText('See what only you and the other side see of your deals').waitFor()
    await accessible(person)
    await page.getByRole('button', { name: 'Sign in to go on' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Sign in as Dmitri/ })
      .click()
    await page.getByText(/You are signed in as/).waitFor({ timeout: SLOW_MS })
    await accessible(person)
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.getByText(/^Hello/).waitFor({ timeout: SLOW_MS })
    await page.getByText(`did:pkh:eip155:31337:${addressOf('Dmitri').toLowerCase()}`).waitFor()
    assert.ok((await page.getByRole('listitem').count()) > 0, 'it lists deals')
    await page.getByRole('button', { name: 'Renew the tokens' }).click()
    await page.getByText(/^Hello/).waitFor()
  })

  journey('the person sees the app in the settings and ends what it may do', async () => {
    const { page } = person
    await page.goto(`${stack.origin}/settings/apps`)
    await page.getByText(/last used/).waitFor()
    await accessible(person)
    await page.getByRole('button', { name: 'End access: Ship Shape' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End access' }).click()
    await page.getByText('No app may use your account.').waitFor()
    await page.goto(origin)
    await page.getByText('Fairhold does not let us in any more.').waitFor()
  })

  journey('the person says no, and the app is told', async () => {
    const { page } = person
    await page.goto(origin)
    await page.getByRole('button', { name: 'Log in with Fairhold' }).click()
    await page.getByRole('button', { name: 'Refuse' }).click()
    await page.getByText('access_denied').waitFor({ timeout: SLOW_MS })
  })

  journey('what an app asks in a wrong way is explained, and goes nowhere', async () => {
    const { page } = person
    const ask = (params: Record<string, string>) => page.goto(`${stack.origin}/oauth/auth?${new URLSearchParams(params)}`)
    await ask({ client_id: 'app_000000000000000000000000', redirect_uri: 'https://evil.example/' })
    await page.getByText('Nobody registered this app here').waitFor()
    await ask({ client_id: clientId, redirect_uri: 'https://evil.example/', response_type: 'code' })
    await page.getByText('The app asked for an answer to a foreign address').waitFor()
    await accessible(person)
    await page.goto(`${stack.origin}/oauth/nobody-asked-this`)
    await page.getByText('This request has expired').waitFor()
  })

  journey('the consent page shows in no frame', async () => {
    const { page } = person
    await page.goto(origin)
    const framed = page.waitForEvent('console', { predicate: (line) => /frame-ancestors/.test(line.text()), timeout: SLOW_MS })
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('iframe'), { src: '${stack.origin}/oauth/anything' }))`,
    )
    await framed
  })

  journey('the person makes a key, a program uses it, and it is void after it is revoked', async () => {
    const { page } = person
    await page.goto(`${stack.origin}/settings/apps`)
    await page.getByRole('button', { name: 'Create a key' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('Labels')
    await dialog.getByRole('checkbox', { name: /profile:read/ }).check()
    await accessible(person)
    await dialog.getByRole('button', { name: 'Create a key' }).click()
    await page.getByTestId('secret').waitFor({ timeout: SLOW_MS })
    apiKey = (await shown(person)) ?? ''
    await page.getByRole('button', { name: 'I have copied it' }).click()
    const wallets = () => fetch(`${stack.origin}/v1/identity/wallets`, { headers: { authorization: `Bearer ${apiKey}` } })
    assert.equal((await wallets()).status, 200)
    await page.getByRole('button', { name: 'Revoke: Labels' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('You have no keys.').waitFor()
    assert.equal((await wallets()).status, 401)
  })

  journey('nobody met an error in a page', async () => {
    assert.deepEqual([...maker.complaints.errors, ...person.complaints.errors], [])
  })
})
