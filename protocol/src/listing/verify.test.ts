import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zeroAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { unitDealId } from '../deal/id.ts'
import { type Offer, offerToJson, parseTerms } from '../deal/terms.ts'
import { ada, bruno, type DevAccount } from '../dev-accounts.ts'
import { offerTypedData } from '../eip712/types.ts'
import { offersOf } from './choices.ts'
import { itemHash, type ListingContent } from './content.ts'
import { bicycle } from './sample-content.test-support.ts'
import { holds, verifyListing } from './verify.ts'
import { listingWithdrawalTypedData } from './withdrawal.ts'

const domain = { chainId: 31_337, escrow: `0x${'ee'.repeat(20)}` } as const
const old: ListingContent = {
  ...{ v: 1, title: 'Leica M6', description: 'Meter works.', category: 'cameras', condition: 'good' },
  ...{ photos: [], place: 'Graz', shipsTo: 'Europe' },
}

async function listingOf(content: ListingContent, by: DevAccount = ada) {
  const address = (digit: string) => `0x${digit.repeat(40)}`
  const terms = parseTerms({
    ...{
      seller: ada.address,
      buyer: zeroAddress,
      token: zeroAddress,
      price: 1_000n,
      arbiter: address('2'),
      operator: address('3'),
    },
    ...{ operatorFeeBps: 100, arbiterFeeBps: 200, silentAwardBps: 5_000, depositBps: 0, fundingSeconds: 0, shipSeconds: 60 },
    ...{ deliverySeconds: 60, inspectionSeconds: 60, rulingSeconds: 60, itemHash: itemHash(content), salt: 77n },
  })
  const base: Offer = { terms, expiry: 2_000_000_000, counter: 0n, nonce: 5, quantity: 2 }
  const wallet = privateKeyToAccount(by.privateKey)
  const choices = await Promise.all(
    offersOf(content, base).map(async (offer) => ({
      offer: offerToJson(offer),
      signature: (await wallet.signTypedData(offerTypedData(offer, domain))) as string,
    })),
  )
  const [first] = offersOf(content, base)
  return {
    id: unitDealId(first as Offer, 0, domain) as string,
    content: content as unknown,
    itemHash: itemHash(content) as string,
    choices,
  }
}

test('a listing of any version that is what was signed holds', async () => {
  for (const content of [old, bicycle]) assert.ok(holds(await verifyListing(await listingOf(content), domain)))
})

const listing = await listingOf(bicycle)
const [first, ...others] = listing.choices as [(typeof listing.choices)[number], ...typeof listing.choices]
const lies: [name: string, change: object, wrong: string][] = [
  ['another title', { content: { ...bicycle, title: 'Steel touring bicycle, 58 cm' } }, 'content'],
  ['another photo', { content: { ...bicycle, photos: bicycle.photos.toReversed() } }, 'content'],
  ['no content', { content: null }, 'content'],
  ['the hash of something else', { itemHash: `0x${'12'.repeat(32)}` }, 'content'],
  ['a choice left out', { choices: others }, 'offers'],
  ['offers in another order', { choices: [...others, first] }, 'offers'],
  ['an offer that is none', { choices: [{ offer: {}, signature: '0x' }, ...others] }, 'offers'],
  ['another id', { id: `0x${'12'.repeat(32)}` }, 'id'],
  [
    'another price',
    { choices: [{ ...first, offer: { ...first.offer, terms: { ...first.offer.terms, price: '1' } } }, ...others] },
    'offers',
  ],
  ['another quantity', { choices: [{ ...first, offer: { ...first.offer, quantity: 3 } }, ...others] }, 'offers'],
]
for (const [name, change, wrong] of lies) {
  test(`${name} does not hold`, async () => {
    const found = await verifyListing({ ...listing, ...change }, domain)
    assert.equal(found[wrong as 'content' | 'offers' | 'id'], false)
    assert.equal(holds(found), false)
  })
}

test('a signature by somebody else, for another chain, or none at all is not the seller’s', async () => {
  const foreign = await verifyListing(await listingOf(bicycle, bruno), domain)
  assert.deepEqual(foreign.signatures, ['unknown', 'unknown', 'unknown'])
  assert.equal((await verifyListing(listing, { ...domain, chainId: 1 })).signatures[0], 'unknown')
  const bare = { ...listing, choices: [{ ...first, signature: '0x' }, ...others] }
  assert.deepEqual((await verifyListing(bare, domain)).signatures, ['unknown', 'seller', 'seller'])
})

test('a withdrawal is the seller’s if their key signed it for this listing, time and chain; any other is a lie', async () => {
  const seller = first.offer.terms.seller
  const sign = (by: DevAccount, changes: object = {}, of = domain as { chainId: number; escrow: `0x${string}` }) => {
    const withdrawal = { seller, listing: listing.id as `0x${string}`, issuedAt: 1_800_000_000, ...changes }
    return privateKeyToAccount(by.privateKey).signTypedData(listingWithdrawalTypedData(withdrawal, of))
  }
  const checked = async (signature: string) => {
    const found = await verifyListing({ ...listing, withdrawal: { issuedAt: 1_800_000_000, signature } }, domain)
    return [found.withdrawal, holds(found)]
  }
  assert.equal((await verifyListing(listing, domain)).withdrawal, 'none')
  assert.deepEqual(await checked(await sign(ada)), ['seller', true])
  const lies = [
    await sign(bruno),
    await sign(ada, { issuedAt: 1_800_000_001 }),
    await sign(ada, { listing: `0x${'12'.repeat(32)}` }),
    await sign(ada, {}, { ...domain, chainId: 1 }),
    await sign(ada, {}, { ...domain, escrow: `0x${'ef'.repeat(20)}` }),
    '0x',
  ]
  for (const lie of lies) assert.deepEqual(await checked(lie), ['unknown', false])
})
