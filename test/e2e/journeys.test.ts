import assert from 'node:assert/strict'
import { describe } from 'node:test'
import AxeBuilder from '@axe-core/playwright'
import { parseEther, parseUnits } from 'viem'
import { act, buy, review, sees, sell, signIn } from './support/acts.ts'
import type { Person } from './support/browser.ts'
import { addressOf, holds, transactionsOf } from './support/money.ts'
import { openSite } from './support/site.ts'
import { skipTime } from './support/stack.ts'

const DAY = 86_400

describe('strangers trade on a local chain', () => {
  let seller: Person
  let buyer: Person
  let arbiter: Person
  let visitor: Person
  const pages: string[] = [] // of listings and deals in every state that the journeys leave behind

  const site = openSite(async () => {
    seller = await site.person('seller')
    buyer = await site.person('buyer')
    arbiter = await site.person('arbiter')
    visitor = await site.person('visitor')
  })
  const { journey, stack } = site

  /** Everything up to a paid deal that both look at. */
  const trade = async (goods: Parameters<typeof sell>[1]) => {
    const listingId = await sell(seller, goods)
    const dealId = await buy(buyer, listingId)
    pages.push(`/deals/${dealId}`)
    await sees(buyer, 'funded')
    await seller.page.goto(`/deals/${dealId}`)
    await sees(seller, 'funded')
    return { listingId, dealId }
  }

  journey('a visitor browses, filters, searches and opens a listing without signing in', async () => {
    const { page } = visitor
    await page.goto('/')
    assert.ok((await page.getByRole('article').count()) >= 12, 'a dozen listings')
    await page.getByRole('combobox', { name: 'Search the market' }).fill('gitar')
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await page.waitForURL(/q=gitar/)
    await page
      .getByRole('heading', { name: /guitar/i })
      .first()
      .waitFor()
    await page.goto('/')
    await page
      .getByRole('navigation', { name: 'Categories' })
      .getByRole('link', { name: /^Bicycles/ })
      .click()
    await page.waitForURL(/category=bicycles/)
    await page.getByRole('article').first().getByRole('link').click()
    await page.getByText('What protects you').waitFor()
    await page.getByText('Check it yourself').click()
    await page.getByText('What you see is what the seller signed').waitFor()
  })

  journey('seller, buyer and arbiter sign in with Ethereum', async () => {
    await signIn(seller, 'Ada')
    await signIn(buyer, 'Dmitri')
    await signIn(arbiter, 'Ines')
    await buyer.page.reload()
    await buyer.page.getByRole('button', { name: /^Account menu: Dmitri/ }).waitFor()
  })

  journey('sell, buy with ether, ship, deliver, release, review: the seller gets price less fee to the wei', async () => {
    const { dealId, listingId } = await trade({ title: 'Rangefinder for the first journey', price: '0.25', currency: 'ETH' })
    await act(seller, 'Mark as shipped', { fill: { Carrier: 'bpost', 'Tracking number': 'BE123456789' } })
    await sees(seller, 'shipped')
    await sees(buyer, 'shipped')
    await buyer.page.getByText('BE123456789').waitFor()
    await act(buyer, 'Confirm delivery')
    await sees(seller, 'delivered')
    const before = await holds(stack.rpcUrl, 'Ada', 'ETH')
    await act(buyer, 'Release the money')
    await sees(seller, 'completed')
    assert.equal((await holds(stack.rpcUrl, 'Ada', 'ETH')) - before, (parseEther('0.25') * 9_750n) / 10_000n)

    const nonces = [await transactionsOf(stack.rpcUrl, 'Dmitri'), await transactionsOf(stack.rpcUrl, 'Ada')]
    await review(buyer, 5, 'Exactly as described, and quick.')
    await seller.page.getByText('Sealed', { exact: true }).waitFor()
    assert.equal(await seller.page.getByText('Exactly as described, and quick.').count(), 0, 'sealed until both are in')
    await review(seller, 4, 'Paid at once.')
    await seller.page.getByText('Exactly as described, and quick.').waitFor()
    const after = [await transactionsOf(stack.rpcUrl, 'Dmitri'), await transactionsOf(stack.rpcUrl, 'Ada')]
    assert.deepEqual(after, nonces, 'a review is signed, and costs its author no transaction')
    await visitor.page.goto(`/people/${addressOf('Ada')}`)
    await visitor.page.getByText('Exactly as described, and quick.').waitFor()
    await visitor.page.goto(`/listings/${listingId}`)
    await visitor.page.getByText('Sold', { exact: true }).first().waitFor()
    assert.ok(dealId)
  })

  journey('a purchase in instalments: deposit, a part, the rest, ship, deliver, release', async () => {
    const goods = {
      title: 'Paid in three parts',
      price: '0.5',
      currency: 'ETH',
      instalments: { deposit: '20', days: '10' },
    } as const
    const listingId = await sell(seller, goods)
    const paid = await holds(stack.rpcUrl, 'Dmitri', 'ETH')
    const dealId = await buy(buyer, listingId, 'deposit')
    await sees(buyer, 'partlyFunded')
    const deposit = paid - (await holds(stack.rpcUrl, 'Dmitri', 'ETH'))
    assert.ok(deposit > parseEther('0.1') && deposit < parseEther('0.101'), 'a fifth of the price, and the gas')
    await seller.page.goto(`/deals/${dealId}`)
    await sees(seller, 'partlyFunded')
    assert.equal(
      await seller.page.getByRole('button', { name: 'Mark as shipped' }).count(),
      0,
      'nothing is shipped for a deposit',
    )
    await act(buyer, 'Pay a part', { fill: { Amount: '0.15' } })
    await seller.page.getByText('0.25 ETH').first().waitFor()
    await act(buyer, 'Pay the rest')
    await sees(buyer, 'funded')
    await sees(seller, 'funded')
    await act(seller, 'Mark as shipped', { fill: { Carrier: 'bpost', 'Tracking number': 'BE55501' } })
    await sees(buyer, 'shipped')
    await act(buyer, 'Confirm delivery')
    const before = await holds(stack.rpcUrl, 'Ada', 'ETH')
    await act(buyer, 'Release the money')
    await sees(seller, 'completed')
    assert.equal((await holds(stack.rpcUrl, 'Ada', 'ETH')) - before, (parseEther('0.5') * 9_750n) / 10_000n)
  })

  journey('a buyer who pays the deposit and no more: the seller cancels, and the deposit goes back', async () => {
    const goods = {
      title: 'Never paid in full',
      price: '90',
      currency: 'tUSD',
      instalments: { deposit: '30', days: '10' },
    } as const
    const before = await holds(stack.rpcUrl, 'Dmitri', 'tUSD')
    const listingId = await sell(seller, goods)
    pages.push(`/listings/${listingId}`)
    await visitor.page.goto(`/listings/${listingId}`)
    await visitor.page.getByText('You may pay in instalments').waitFor()
    const dealId = await buy(buyer, listingId, 'deposit')
    pages.push(`/deals/${dealId}`)
    await sees(buyer, 'partlyFunded')
    assert.equal(before - (await holds(stack.rpcUrl, 'Dmitri', 'tUSD')), parseUnits('27', 6))
    await skipTime(stack, 11 * DAY)
    await seller.page.goto(`/deals/${dealId}`)
    await act(seller, 'Cancel the deal')
    await sees(buyer, 'refunded')
    assert.equal(await holds(stack.rpcUrl, 'Dmitri', 'tUSD'), before)
  })

  journey('a seller who never ships: the buyer takes all of a token back after the deadline', async () => {
    const before = await holds(stack.rpcUrl, 'Dmitri', 'tUSD')
    await trade({ title: 'Never shipped', price: '120.50', currency: 'tUSD' })
    assert.equal(before - (await holds(stack.rpcUrl, 'Dmitri', 'tUSD')), parseUnits('120.50', 6))
    await skipTime(stack, 6 * DAY)
    await buyer.page.reload()
    await act(buyer, 'Take your money back')
    await sees(buyer, 'refunded')
    await sees(seller, 'refunded')
    assert.equal(await holds(stack.rpcUrl, 'Dmitri', 'tUSD'), before)
  })

  journey('the seller refunds', async () => {
    const before = await holds(stack.rpcUrl, 'Dmitri', 'tUSD')
    await trade({ title: 'Refunded by the seller', price: '30', currency: 'tUSD' })
    await act(seller, 'Refund the buyer')
    await sees(buyer, 'refunded')
    assert.equal(await holds(stack.rpcUrl, 'Dmitri', 'tUSD'), before)
  })

  journey('both sign a split', async () => {
    await trade({ title: 'Split between both', price: '100', currency: 'tUSD' })
    const before = await holds(stack.rpcUrl, 'Ada', 'tUSD')
    await act(buyer, 'Propose a split', { fill: { 'Back to the buyer': '40' }, confirm: 'Sign the split' })
    await seller.page.getByRole('button', { name: 'Accept this split' }).click()
    await sees(buyer, 'settled')
    await sees(seller, 'settled')
    assert.equal((await holds(stack.rpcUrl, 'Ada', 'tUSD')) - before, parseUnits('58.5', 6))
  })

  journey('a silent buyer: after the inspection the keeper has the seller paid', async () => {
    await trade({ title: 'Silence after delivery', price: '80', currency: 'tUSD' })
    const before = await holds(stack.rpcUrl, 'Ada', 'tUSD')
    await act(seller, 'Mark as shipped', { fill: { Carrier: 'DHL', 'Tracking number': 'JD0001' } })
    await sees(buyer, 'shipped')
    await act(buyer, 'Confirm delivery')
    await skipTime(stack, 4 * DAY)
    await sees(seller, 'completed')
    assert.equal((await holds(stack.rpcUrl, 'Ada', 'tUSD')) - before, parseUnits('78', 6))
  })

  journey('dispute, statement, signed ruling: the relayer submits it and the money splits as ruled', async () => {
    const { dealId } = await trade({ title: 'Not as described', price: '200', currency: 'tUSD' })
    const before = {
      ada: await holds(stack.rpcUrl, 'Ada', 'tUSD'),
      dmitri: await holds(stack.rpcUrl, 'Dmitri', 'tUSD'),
    }
    await act(buyer, 'Open a dispute', { fill: { 'What happened?': 'The shutter is broken, though the listing says it works.' } })
    await sees(seller, 'disputed')
    await seller.page.getByText('The shutter is broken').waitFor()
    await arbiter.page.goto('/arbiter')
    await arbiter.page.getByRole('link', { name: /Not as described/ }).click()
    await arbiter.page.getByText('The shutter is broken').waitFor()
    await arbiter.page.getByLabel('Share of the buyer').fill('75')
    await arbiter.page.getByLabel('Reasons').fill('The photos show the fault was there before. A repair costs about a quarter.')
    await arbiter.page.getByRole('button', { name: 'Sign the ruling' }).click()
    await sees(arbiter, 'resolved')
    await sees(buyer, 'resolved')
    await sees(seller, 'resolved')
    // 200 less the arbiter's 2 % leaves 196: three quarters to the buyer, the rest less 2.5 % to the seller
    assert.equal((await holds(stack.rpcUrl, 'Dmitri', 'tUSD')) - before.dmitri, parseUnits('147', 6))
    assert.equal((await holds(stack.rpcUrl, 'Ada', 'tUSD')) - before.ada, parseUnits('47.775', 6))
    assert.ok(dealId)
  })

  journey(
    'what goes wrong is said in a sentence: a form left empty, a page that is not there, an offer off the market',
    async () => {
      await buyer.page.goto('/sell')
      await buyer.page.getByRole('button', { name: 'Sign and publish' }).click()
      await buyer.page.getByRole('status').filter({ hasText: 'things are missing' }).waitFor()
      await buyer.page.getByRole('radio', { name: /^In instalments too/ }).check()
      await buyer.page.getByLabel('Smallest deposit').fill('95')
      await buyer.page.getByRole('button', { name: 'Sign and publish' }).click()
      await buyer.page.getByText('From 1 to 90 per cent.', { exact: true }).waitFor()
      const missing = await buyer.page.goto(`/deals/0x${'0'.repeat(64)}`)
      assert.equal(missing?.status(), 404)
      const id = await sell(seller, { title: 'Off the market soon', price: '10', currency: 'tUSD' })
      await buyer.page.goto(`/checkout/${id}`)
      await seller.page.getByRole('button', { name: 'Void on the chain' }).click()
      await seller.page.getByText('No longer offered').first().waitFor()
      await buyer.page.getByLabel('Where should it be sent?').fill('Somewhere 1, Ghent')
      await buyer.page.getByRole('button', { name: /^Buy for/ }).click()
      await buyer.page.getByRole('alert').filter({ hasText: 'No money has moved' }).waitFor()
    },
  )

  journey('every kind of page has no accessibility fault that axe can find, light and dark', async () => {
    const fixed = ['/', '/sell', '/deals', '/how-it-works', '/settings', `/people/${addressOf('Ada')}`]
    const half = await buy(
      buyer,
      await sell(seller, { title: 'Half paid', price: '20', currency: 'tUSD', instalments: { deposit: '50', days: '9' } }),
      'deposit',
    )
    for (const path of [...fixed, `/deals/${half}`, ...pages]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await seller.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await seller.page.goto(path)
        await seller.page.locator('main h1').first().waitFor()
        const { violations } = await new AxeBuilder({ page: seller.page }).analyze()
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
  })

  journey('no page threw, and no request left this machine', async () => assert.deepEqual(site.complaints(), []))
})
