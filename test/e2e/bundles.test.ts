import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { createPublicClient, erc20Abi, http, parseUnits } from 'viem'
import { hardhat } from 'viem/chains'
import { act, buy, sees, sell, signIn } from './support/acts.ts'
import type { Person } from './support/browser.ts'
import type { Bundles } from './support/bundles.ts'
import { addressOf, holds, transactionsOf } from './support/money.ts'
import { bringWallet, type OwnWallet, signInWithOwn } from './support/own-wallet.ts'
import { openSite } from './support/site.ts'

const SLOW_MS = 30_000
const ADDRESS = 'Dmitri P.\n12 Canal Street\n9000 Ghent'
const ONCE = /^Your wallet asks once: to allow exactly this amount/

describe('allowing and paying in one step, with a wallet that makes bundles', () => {
  let ada: Person
  let bruno: Person
  let buyer: Person
  let wallet: OwnWallet
  let bundles: Bundles

  const site = openSite(async () => {
    ada = await site.person('ada')
    bruno = await site.person('bruno')
    buyer = await site.person('dmitri')
    await signIn(ada, 'Ada')
    await signIn(bruno, 'Bruno')
    wallet = await bringWallet(buyer, { name: 'Dmitri', rpcUrl: site.stack.rpcUrl, bundles: true })
    assert.ok(wallet.bundles)
    bundles = wallet.bundles
    await signInWithOwn(buyer)
    await withoutPermits(buyer)
  })
  const { journey, stack } = site

  const dollars = () => holds(stack.rpcUrl, 'Dmitri', 'tUSD')
  /** What the buyer allows to the escrow. */
  const allowed = () => {
    const { escrow, tokens } = deploymentOf(hardhat.id)
    const address = tokens.find(({ symbol }) => symbol === 'tUSD')?.address
    assert.ok(address)
    const client = createPublicClient({ chain: hardhat, transport: http(stack.rpcUrl) })
    return client.readContract({ abi: erc20Abi, address, functionName: 'allowance', args: [addressOf('Dmitri'), escrow] })
  }
  /** What the wallet was asked, and what it sent, since then. */
  const since = () => {
    const before = { bundles: bundles.asked(), made: bundles.sent(), transactions: wallet.sent(), signatures: wallet.asked() }
    return () => ({
      bundles: bundles.asked() - before.bundles,
      made: bundles.sent() - before.made,
      transactions: wallet.sent() - before.transactions,
      signatures: wallet.asked() - before.signatures,
    })
  }
  const oneBundle = { bundles: 1, made: 1, transactions: 0, signatures: 0 }
  const checkout = async ({ page }: Person, listingId: string) => {
    await page.goto(`/checkout/${listingId}`)
    await page.getByLabel('Where should it be sent?').fill(ADDRESS)
    await page.getByText(ONCE).waitFor()
  }
  const press = ({ page }: Person) => page.getByRole('button', { name: /^Buy for/ }).click()
  const isBought = async (person: Person) => {
    await person.page.waitForURL(/\/deals\/0x[0-9a-f]{64}$/, { timeout: SLOW_MS })
    await sees(person, 'funded')
  }

  journey(
    'a token without permits is allowed and paid in one prompt, by a transaction of a stranger; nothing stays allowed',
    async () => {
      const id = await sell(ada, { title: 'Paid at once', price: '40', currency: 'tUSD' })
      const [asked, held, sent] = [since(), await dollars(), await transactionsOf(stack.rpcUrl, 'Dmitri')]
      await checkout(buyer, id)
      await press(buyer)
      await isBought(buyer)
      assert.deepEqual(asked(), oneBundle)
      assert.equal(held - (await dollars()), parseUnits('40', 6))
      assert.equal(await allowed(), 0n)
      // The nonce that its first delegation took; a transaction of its own there was none.
      assert.equal((await transactionsOf(stack.rpcUrl, 'Dmitri')) - sent, 1)
    },
  )

  journey('the deposit of a deal in instalments, and then the rest: one prompt each', async () => {
    const instalments = { deposit: '20', days: '10' }
    const id = await sell(ada, { title: 'Two instalments', price: '100', currency: 'tUSD', instalments })
    const [asked, held] = [since(), await dollars()]
    await buy(buyer, id, 'deposit')
    await sees(buyer, 'partlyFunded')
    assert.deepEqual(asked(), oneBundle)
    assert.equal(held - (await dollars()), parseUnits('20', 6))
    const again = since()
    await act(buyer, 'Pay the rest')
    await sees(buyer, 'funded')
    assert.deepEqual(again(), oneBundle)
    assert.equal(held - (await dollars()), parseUnits('100', 6))
    assert.equal(await allowed(), 0n)
  })

  journey('a cart that needs an allowance: one prompt', async () => {
    for (const title of ['Cart bundle one', 'Cart bundle two']) {
      const id = await sell(ada, { title, price: '6', currency: 'tUSD' })
      await buyer.page.goto(`/listings/${id}`)
      await buyer.page.getByRole('button', { name: 'Add to cart' }).click()
      await buyer.page.getByRole('link', { name: 'In your cart' }).waitFor()
    }
    await buyer.page.goto('/cart')
    await buyer.page.getByText(/^nothing more for 12\stUSD/).waitFor({ timeout: SLOW_MS })
    await buyer.page.getByLabel('Where should it be sent?').fill(ADDRESS)
    const [asked, held] = [since(), await dollars()]
    await buyer.page.getByRole('button', { name: 'Buy 2 things for 12 tUSD' }).click()
    await buyer.page.waitForURL(/\/deals$/, { timeout: SLOW_MS })
    assert.deepEqual(asked(), oneBundle)
    assert.equal(held - (await dollars()), parseUnits('12', 6))
    assert.equal(await allowed(), 0n)
  })

  journey('who says no is told so, and can start again', async () => {
    const id = await sell(ada, { title: 'Refused once', price: '11', currency: 'tUSD' })
    const held = await dollars()
    await checkout(buyer, id)
    bundles.answer = 'no'
    const asked = since()
    await press(buyer)
    await buyer.page.getByText('You said no in the wallet').waitFor()
    assert.deepEqual(asked(), { ...oneBundle, made: 0 })
    assert.equal(await dollars(), held)
    assert.equal(await allowed(), 0n)
    bundles.answer = 'yes'
    await buyer.page.getByRole('button', { name: 'Try again' }).click()
    await isBought(buyer)
  })

  journey('sold to somebody else while the wallet asked: undone as a whole, nothing is allowed', async () => {
    const id = await sell(ada, { title: 'Two want it', price: '13', currency: 'tUSD' })
    const held = await dollars()
    await checkout(buyer, id)
    const goOn = bundles.hold('answer')
    await press(buyer)
    await buyer.page.getByText('Waiting for your signature in the wallet').waitFor()
    await buy(bruno, id)
    await sees(bruno, 'funded')
    goOn()
    await buyer.page.getByText('The transaction was mined but undone').waitFor({ timeout: SLOW_MS })
    await buyer.page.getByText('No money has moved.').waitFor()
    assert.equal(await dollars(), held)
    assert.equal(await allowed(), 0n)
  })

  journey('what cannot work is said in the words of the contract before the wallet is asked', async () => {
    const id = await sell(ada, { title: 'Taken back', price: '14', currency: 'tUSD' })
    await checkout(buyer, id)
    await ada.page.goto(`/listings/${id}`)
    await ada.page.getByRole('button', { name: 'Void on the chain' }).click()
    await ada.page.getByText('No longer offered').first().waitFor({ timeout: SLOW_MS })
    const asked = since()
    await press(buyer)
    await buyer.page.getByText('This offer was withdrawn').waitFor({ timeout: SLOW_MS })
    assert.deepEqual(asked(), { bundles: 0, made: 0, transactions: 0, signatures: 0 })
  })

  journey('reloaded while the wallet asks, and while it sends: found by its id, and paid once', async () => {
    for (const [where, title] of [
      ['answer', 'Reloaded while asked'],
      ['sending', 'Reloaded while sent'],
    ] as const) {
      const id = await sell(ada, { title, price: '15', currency: 'tUSD' })
      const [asked, held] = [since(), await dollars()]
      await checkout(buyer, id)
      const goOn = bundles.hold(where)
      await press(buyer)
      await buyer.page
        .getByText(where === 'answer' ? 'Waiting for your signature in the wallet' : 'Sent. Waiting for the next block')
        .waitFor()
      await buyer.page.reload()
      await buyer.page
        .getByText(
          where === 'answer' ? 'Your wallet was asked before this page was reloaded' : 'Sent. Waiting for the next block',
        )
        .waitFor({ timeout: SLOW_MS })
      goOn()
      await isBought(buyer)
      assert.deepEqual(asked(), oneBundle)
      assert.equal(held - (await dollars()), parseUnits('15', 6))
    }
  })

  journey('a wallet that no longer knows the bundle: found on the chain by the deal', async () => {
    const id = await sell(ada, { title: 'Forgotten by the wallet', price: '16', currency: 'tUSD' })
    await checkout(buyer, id)
    const goOn = bundles.hold('sending')
    await press(buyer)
    await buyer.page.getByText('Sent. Waiting for the next block').waitFor()
    bundles.forgets = true
    const tab = await buyer.context.newPage()
    await tab.goto(`/checkout/${id}`)
    await tab.getByText('Sent. Waiting for the next block').waitFor({ timeout: SLOW_MS })
    goOn()
    await isBought(buyer)
    await isBought({ ...buyer, page: tab })
    await tab.close()
    bundles.forgets = false
  })

  journey('who wants no smart account goes on in two steps', async () => {
    const id = await sell(ada, { title: 'In two steps', price: '17', currency: 'tUSD' })
    const [asked, held] = [since(), await dollars()]
    await checkout(buyer, id)
    bundles.answer = 'noSmartAccount'
    await press(buyer)
    await isBought(buyer)
    assert.deepEqual(asked(), { bundles: 1, made: 0, transactions: 2, signatures: 0 })
    assert.equal(held - (await dollars()), parseUnits('17', 6))
    assert.equal(await allowed(), 0n)
  })
})

/** Has the market say that its tokens take no signatures, as many of the oldest do not. */
async function withoutPermits({ context }: Person): Promise<void> {
  // Of a page that did not come from the network Chromium does not know that it is local itself.
  await context.grantPermissions(['local-network-access'])
  await context.route(
    (url) => /^\/(checkout|cart|deals|listings)/.test(url.pathname),
    async (route) => {
      const answer = await route.fetch({ maxRedirects: 0 })
      const body = (await answer.text()).replaceAll(/(\\?")(permit|authorization)\1:true/g, '$1$2$1:false')
      await route.fulfill({ response: answer, body })
    },
  )
}
