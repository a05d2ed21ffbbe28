import assert from 'node:assert/strict'
import { describe } from 'node:test'
import AxeBuilder from '@axe-core/playwright'
import { parseEther, parseUnits } from 'viem'
import { act, buy, sees, sell, signIn } from './support/acts.ts'
import type { Person } from './support/browser.ts'
import { holds, transactionsOf } from './support/money.ts'
import { openSite } from './support/site.ts'

const SLOW_MS = 30_000
const ADDRESS = 'Dmitri P.\n12 Canal Street\n9000 Ghent'

describe('negotiating, buying, and after', () => {
  let ada: Person
  let bruno: Person
  let buyer: Person
  const pages: string[] = []

  const site = openSite(async () => {
    ada = await site.person('ada')
    bruno = await site.person('bruno')
    buyer = await site.person('dmitri')
    await signIn(ada, 'Ada')
    await signIn(bruno, 'Bruno')
    await signIn(buyer, 'Dmitri')
  })
  const { journey, stack } = site

  /** Offers a price in the dialog that is open, and waits until it is with the other side. */
  const offer = async ({ page }: Person, amount: string, note: string) => {
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/^Your price in/).fill(amount)
    await dialog.getByLabel(/^A word to the other side/).fill(note)
    const address = dialog.getByLabel('Where should it be sent?')
    if ((await address.count()) > 0) await address.fill(ADDRESS)
    await dialog.getByRole('button', { name: 'Sign the offer' }).click()
    await dialog.waitFor({ state: 'detached', timeout: SLOW_MS })
  }
  const dealOn = ({ page }: Person) => page.waitForURL(/\/deals\/0x[0-9a-f]{64}$/, { timeout: SLOW_MS })

  journey('a bid, a counter, another bid, accepted in one transaction for which the bidder pays no gas', async () => {
    const listingId = await sell(ada, { title: 'Haggled over', price: '100', currency: 'tUSD' })
    pages.push(`/listings/${listingId}`)
    const sent = await transactionsOf(stack.rpcUrl, 'Dmitri')
    const held = await holds(stack.rpcUrl, 'Dmitri', 'tUSD')
    await buyer.page.goto(`/listings/${listingId}`)
    await buyer.page.getByRole('button', { name: 'Make an offer' }).click()
    await offer(buyer, '70', 'Cash today.')
    await buyer.page.getByText(/^You offered 70\stUSD to Ada/).waitFor()

    await ada.page.goto('/deals?tab=offers')
    await ada.page.getByText(/^Dmitri .*offers 70\stUSD/).waitFor()
    await ada.page.getByText('Cash today.').waitFor()
    await ada.page.getByText('the buyer still had the money').waitFor()
    await ada.page.getByRole('button', { name: 'Offer another price' }).click()
    await offer(ada, '90', 'Ninety, shipped tomorrow.')
    await buyer.page.getByText(/^Ada .*would sell it to you for 90\stUSD/).waitFor({ timeout: SLOW_MS })

    await buyer.page.getByRole('button', { name: 'Offer another price' }).click()
    await offer(buyer, '80', 'Eighty?')
    await ada.page.getByText(/^Dmitri .*offers 80\stUSD/).waitFor({ timeout: SLOW_MS })
    pages.push('/deals?tab=offers')
    await ada.page.getByRole('button', { name: 'Accept', exact: true }).click()
    await dealOn(ada)
    await sees(ada, 'funded')
    assert.equal(await transactionsOf(stack.rpcUrl, 'Dmitri'), sent, 'the bidder sent nothing')
    assert.equal(held - (await holds(stack.rpcUrl, 'Dmitri', 'tUSD')), parseUnits('80', 6))
    const dealUrl = ada.page.url()
    pages.push(new URL(dealUrl).pathname)
    await ada.page.getByText(/^You asked Dmitri .*for 90\stUSD/).waitFor()
    await buyer.page.goto(`/listings/${listingId}`)
    await buyer.page.getByText('Sold', { exact: true }).first().waitFor({ timeout: SLOW_MS })

    await buyer.page.goto(dealUrl)
    await buyer.page.getByText('12 Canal Street').waitFor({ timeout: SLOW_MS })
    await act(ada, 'Mark as shipped', { fill: { Carrier: 'bpost', 'Tracking number': 'BE9' } })
    await sees(buyer, 'shipped')
    await act(buyer, 'Confirm delivery')
    await act(buyer, 'Release the money')
    await sees(ada, 'completed')
  })

  journey('a counter that the buyer takes: address first, then one payment over the agreed price', async () => {
    const listingId = await sell(ada, { title: 'Countered once', price: '60', currency: 'tUSD' })
    await buyer.page.goto(`/listings/${listingId}`)
    await buyer.page.getByRole('button', { name: 'Make an offer' }).click()
    await offer(buyer, '40', 'Forty?')
    await ada.page.goto(`/listings/${listingId}`)
    await ada.page.getByRole('button', { name: 'Offer another price' }).click()
    await offer(ada, '50', 'Fifty.')
    const held = await holds(stack.rpcUrl, 'Dmitri', 'tUSD')
    await buyer.page.getByRole('link', { name: 'Accept and pay' }).click({ timeout: SLOW_MS })
    await buyer.page.getByLabel('Where should it be sent?').fill(ADDRESS)
    await buyer.page.getByRole('button', { name: 'Buy for 50 tUSD' }).click()
    await dealOn(buyer)
    await sees(buyer, 'funded')
    await buyer.page.getByText('12 Canal Street').waitFor()
    assert.equal(held - (await holds(stack.rpcUrl, 'Dmitri', 'tUSD')), parseUnits('50', 6))
  })

  journey('a cart of two sellers in two tokens: one transaction, and what was sold meanwhile is taken out first', async () => {
    const first = await sell(ada, { title: 'Cart one', price: '0.02', currency: 'ETH' })
    const second = await sell(bruno, { title: 'Cart two', price: '15', currency: 'tUSD' })
    const third = await sell(bruno, { title: 'Cart three', price: '5', currency: 'tUSD' })
    for (const id of [first, second, third]) {
      await buyer.page.goto(`/listings/${id}`)
      await buyer.page.getByRole('button', { name: 'Add to cart' }).click()
      await buyer.page.getByRole('link', { name: 'In your cart' }).waitFor()
    }
    await buyer.page.goto('/cart')
    await buyer.page.getByText('0.02 ETH + 20 tUSD').first().waitFor({ timeout: SLOW_MS })
    pages.push('/cart')
    await bruno.page.goto(`/listings/${third}`)
    await bruno.page.getByRole('button', { name: 'Void on the chain' }).click()
    await bruno.page.getByText('No longer offered').first().waitFor({ timeout: SLOW_MS })
    await buyer.page.getByLabel('Where should it be sent?').fill(ADDRESS)
    await buyer.page.getByRole('button', { name: /^Buy 3 things for/ }).click()
    await buyer.page.getByText('Not for sale any more: Cart three').waitFor({ timeout: SLOW_MS })
    await buyer.page.getByRole('button', { name: 'Take out what is gone' }).click()
    const [sent, coins, dollars] = [
      await transactionsOf(stack.rpcUrl, 'Dmitri'),
      await holds(stack.rpcUrl, 'Dmitri', 'ETH'),
      await holds(stack.rpcUrl, 'Dmitri', 'tUSD'),
    ]
    await buyer.page.getByRole('button', { name: 'Buy 2 things for 0.02 ETH + 15 tUSD' }).click()
    await buyer.page.waitForURL(/\/deals$/, { timeout: SLOW_MS })
    assert.equal((await transactionsOf(stack.rpcUrl, 'Dmitri')) - sent, 1, 'one transaction')
    assert.equal(dollars - (await holds(stack.rpcUrl, 'Dmitri', 'tUSD')), parseUnits('15', 6))
    const spent = coins - (await holds(stack.rpcUrl, 'Dmitri', 'ETH'))
    assert.ok(spent > parseEther('0.02') && spent < parseEther('0.022'), 'the price, and the gas')
    await buyer.page.getByRole('link', { name: /Cart two/ }).click()
    await sees(buyer, 'funded')
    await buyer.page.getByText('12 Canal Street').waitFor()
  })

  journey('a cart that a guest filled comes along at sign-in, is on every device, and not at who comes after', async () => {
    const [lamp, chair] = [
      await sell(ada, { title: 'Lamp in two carts', price: '7', currency: 'tUSD' }),
      await sell(bruno, { title: 'Chair in two carts', price: '8', currency: 'tUSD' }),
    ]
    const add = async ({ page }: Person, id: string) => {
      await page.goto(`/listings/${id}`)
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await page.getByRole('link', { name: 'In your cart' }).waitFor()
    }
    await add(buyer, lamp)
    const phone = await site.person('dmitri-phone')
    await phone.page.setViewportSize({ width: 390, height: 844 })
    await add(phone, chair)
    await signIn(phone, 'Dmitri')
    await phone.page.goto('/cart')
    for (const title of ['Lamp in two carts', 'Chair in two carts']) await phone.page.getByText(title).first().waitFor()
    await buyer.page.goto('/cart')
    await buyer.page.getByRole('button', { name: 'Take out Lamp in two carts' }).click()
    await buyer.page.getByText('Lamp in two carts').waitFor({ state: 'detached' })
    await buyer.page.getByText('Chair in two carts').first().waitFor()
    await bruno.page.goto(`/listings/${chair}`)
    await bruno.page.getByRole('button', { name: 'Take off the market' }).click()
    await bruno.page.getByText('It is off the market').waitFor({ timeout: SLOW_MS })
    await phone.page.reload()
    await phone.page.getByText('Not for sale any more').first().waitFor({ timeout: SLOW_MS })
    assert.equal(await phone.page.getByText('Lamp in two carts').count(), 0, 'taken out on the other device')
    await phone.page.getByRole('button', { name: /^Account menu/ }).click()
    await phone.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await phone.page.getByText('Your cart is empty').waitFor()
    await buyer.page.reload()
    await buyer.page.getByRole('button', { name: 'Take out what is gone' }).click()
    await buyer.page.getByText('Your cart is empty').waitFor()
    await phone.context.close()
  })

  journey('bought without gas: the buyer signs, the marketplace sends, the tip is what was shown', async () => {
    const listingId = await sell(ada, { title: 'No coins needed', price: '30', currency: 'tUSD' })
    const [sent, held, tips] = [
      await transactionsOf(stack.rpcUrl, 'Dmitri'),
      await holds(stack.rpcUrl, 'Dmitri', 'tUSD'),
      await holds(stack.rpcUrl, 'Relayer', 'tUSD'),
    ]
    await buyer.page.goto(`/checkout/${listingId}`)
    await buyer.page.getByLabel('Where should it be sent?').fill(ADDRESS)
    await buyer.page.getByRole('radio', { name: /^The marketplace, for me/ }).check()
    await buyer.page.getByRole('button', { name: 'Buy for 30.05 tUSD' }).click()
    await dealOn(buyer)
    await sees(buyer, 'funded')
    assert.equal(await transactionsOf(stack.rpcUrl, 'Dmitri'), sent, 'the buyer sent nothing')
    assert.equal(held - (await holds(stack.rpcUrl, 'Dmitri', 'tUSD')), parseUnits('30.05', 6))
    assert.equal((await holds(stack.rpcUrl, 'Relayer', 'tUSD')) - tips, parseUnits('0.05', 6))
    await ada.page.goto(buyer.page.url())
    const before = await transactionsOf(stack.rpcUrl, 'Ada')
    await ada.page.getByRole('main').getByRole('button', { name: 'Mark as shipped' }).click()
    const dialog = ada.page.getByRole('dialog')
    await dialog.getByRole('checkbox', { name: /^Let the marketplace send it/ }).check()
    await dialog.getByLabel('Carrier').fill('DHL')
    await dialog.getByLabel('Tracking number').fill('JD77')
    await dialog.getByRole('button', { name: 'Mark as shipped' }).click()
    await sees(buyer, 'shipped')
    assert.equal(await transactionsOf(stack.rpcUrl, 'Ada'), before, 'the seller sent nothing either')
  })

  journey('a bid whose signature the seller has had is ended without gas by its maker', async () => {
    const listingId = await sell(ada, { title: 'Bid taken back', price: '33', currency: 'tUSD' })
    await buyer.page.goto(`/listings/${listingId}`)
    await buyer.page.getByRole('button', { name: 'Make an offer' }).click()
    await offer(buyer, '20', 'Twenty?')
    // The seller asks for the signature, and keeps it.
    const handed = await ada.page.evaluate(async (listing) => {
      const ask = async (path: string) => (await fetch(path)).json() as Promise<{ csrf: string; items: { id: string }[] }>
      const [{ csrf }, { items }] = await Promise.all([ask('/v1/identity/session'), ask(`/v1/bids?listing=${listing}`)])
      const headers = { 'x-csrf-token': csrf }
      return (await fetch(`/v1/bids/${items[0]?.id}/acceptance`, { method: 'POST', headers })).status
    }, listingId)
    assert.equal(handed, 200)
    const sent = await transactionsOf(stack.rpcUrl, 'Dmitri')
    const { page } = buyer
    await page.goto(`/listings/${listingId}`)
    await page.getByRole('checkbox', { name: /^Let the marketplace send it/ }).check()
    await page.getByRole('button', { name: 'Void it on the chain' }).click()
    await page.getByText('Voided on chain').waitFor({ timeout: SLOW_MS })
    assert.equal(await transactionsOf(stack.rpcUrl, 'Dmitri'), sent, 'the bidder sent nothing')
  })

  journey('ended for certain without gas: the seller signs, the marketplace voids it on the chain', async () => {
    const listingId = await sell(ada, { title: 'Ended without coins', price: '31', currency: 'tUSD' })
    const sent = await transactionsOf(stack.rpcUrl, 'Ada')
    const { page } = ada
    await page.goto(`/listings/${listingId}`)
    await page.getByRole('checkbox', { name: /^Let the marketplace send it/ }).check()
    await page.getByText('Your wallet asks for one signature.').waitFor()
    await page.getByRole('button', { name: 'Void on the chain' }).click()
    await page.getByText('Nothing of it can be taken any more').waitFor({ timeout: SLOW_MS })
    assert.equal(await transactionsOf(stack.rpcUrl, 'Ada'), sent, 'the seller sent nothing')
    await buyer.page.goto(`/listings/${listingId}`)
    await buyer.page.getByText('No longer offered').first().waitFor({ timeout: SLOW_MS })
  })

  journey(
    'a reload in the middle of a transaction, a second tab and a double click: it is sent once, and found again',
    async () => {
      const listingId = await sell(ada, { title: 'Reloaded', price: '0.01', currency: 'ETH' })
      const { page } = buyer
      const sent = await transactionsOf(stack.rpcUrl, 'Dmitri')
      await automine(stack.rpcUrl, false)
      try {
        await page.goto(`/checkout/${listingId}`)
        await page.getByLabel('Where should it be sent?').fill(ADDRESS)
        await page.getByRole('button', { name: /^Buy for/ }).dblclick()
        await page.getByText('Waiting for the next block').waitFor({ timeout: SLOW_MS })
        await page.reload()
        await page.getByText('Waiting for the next block').waitFor({ timeout: SLOW_MS })
        assert.equal(await page.getByLabel('Where should it be sent?').inputValue(), ADDRESS, 'the address is still there')
        assert.equal(await page.getByRole('button', { name: /^Buy for/ }).isDisabled(), true)
        const second = await page.context().newPage()
        await second.goto(`/checkout/${listingId}`)
        await second.getByText('Waiting for the next block').waitFor({ timeout: SLOW_MS })
        await mine(stack.rpcUrl)
        await second.close()
        await dealOn(buyer)
      } finally {
        await automine(stack.rpcUrl, true)
      }
      await sees(buyer, 'funded')
      await page.getByText('12 Canal Street').waitFor()
      assert.equal((await transactionsOf(stack.rpcUrl, 'Dmitri')) - sent, 1)
      await page.getByRole('button', { name: 'Transaction' }).first().click()
      await page.getByRole('dialog').getByText('Carried out').waitFor()
      await page.keyboard.press('Escape')
    },
  )

  journey('a wallet whose connection breaks after it has sent: nothing is sent twice, and the deal is found', async () => {
    const listingId = await sell(ada, { title: 'Sent, and not answered', price: '0.01', currency: 'ETH' })
    const { page } = buyer
    const sent = await transactionsOf(stack.rpcUrl, 'Dmitri')
    let broken = 0
    await page.route(stack.rpcUrl, async (route) => {
      if (!route.request().postData()?.includes('eth_sendRawTransaction')) return route.continue()
      broken += 1
      await route.fetch() // the node has it
      await route.abort('connectionreset')
    })
    await page.goto(`/checkout/${listingId}`)
    await page.getByLabel('Where should it be sent?').fill(ADDRESS)
    await page.getByRole('button', { name: /^Buy for/ }).click()
    await dealOn(buyer)
    await page.unroute(stack.rpcUrl)
    await sees(buyer, 'funded')
    assert.ok(broken > 0, 'the answer was kept from the wallet')
    assert.equal((await transactionsOf(stack.rpcUrl, 'Dmitri')) - sent, 1)
  })

  journey('the lists put first what waits for one, and count it', async () => {
    const listingId = await sell(bruno, { title: 'To be shipped first', price: '12', currency: 'tUSD' })
    await buy(buyer, listingId)
    await bruno.page.goto('/deals?tab=sales')
    const rows = bruno.page.getByRole('main').getByRole('listitem')
    await rows.first().getByText('Your turn').waitFor({ timeout: SLOW_MS })
    const turns = await rows.filter({ hasText: 'Your turn' }).count()
    await bruno.page.getByRole('tab', { name: new RegExp(`^Sales ${turns}$`) }).waitFor()
    await bruno.page.goto('/deals') // he has bought nothing, so he begins where something waits
    await bruno.page.getByRole('tab', { name: /^Sales/, selected: true }).waitFor()
  })

  journey('none of these pages has a fault that axe can find, light and dark, in English and German', async () => {
    const listingId = await sell(ada, { title: 'Looked at by axe', price: '9', currency: 'tUSD' })
    await buyer.page.goto(`/listings/${listingId}`)
    await buyer.page.getByRole('button', { name: 'Add to cart' }).click()
    for (const path of [...pages, `/checkout/${listingId}`, '/cart', '/deals']) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await buyer.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await buyer.page.goto(path)
        await buyer.page.locator('main h1').first().waitFor()
        const { violations } = await new AxeBuilder({ page: buyer.page }).analyze()
        const told = violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .map(({ html }) => html)
              .slice(0, 3)
              .join(' | ')}`,
        )
        assert.deepEqual(told, [], `${path} in ${colorScheme}`)
      }
    }
    await buyer.page.context().addCookies([{ name: 'locale', value: 'de', url: stack.origin }])
    await buyer.page.goto(`/checkout/${listingId}`)
    await buyer.page.getByRole('heading', { name: 'Zur Kasse' }).waitFor()
    await buyer.page.goto('/deals')
    await buyer.page.getByRole('heading', { name: 'Meine Deals' }).waitFor()
  })

  journey('no page threw, and no request left this machine', async () => assert.deepEqual(site.complaints(), []))
})

async function rpc(url: string, method: string, params: unknown[]): Promise<void> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}
const automine = (url: string, on: boolean) => rpc(url, 'evm_setAutomine', [on])
const mine = (url: string) => rpc(url, 'evm_mine', [])
