import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { TypedDataEncoder } from 'ethers'
import { type Address, type Hex, hashTypedData, recoverTypedDataAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { dealId, unitDealId } from '../deal/id.ts'
import { type OfferJson, parseOffer, parseTerms, type TermsJson } from '../deal/terms.ts'
import { trackingHash } from '../deal/tracking.ts'
import { ada } from '../dev-accounts.ts'
import { exampleOffer, exampleTerms } from '../example.test-support.ts'
import { reviewCommitment, type SealedReview } from '../reputation/review.ts'
import type { EscrowDomain } from './domain.ts'
import {
  offerTypedData,
  offerTypes,
  permitTypedData,
  rulingTypedData,
  rulingTypes,
  settlementTypedData,
  settlementTypes,
  termsTypedData,
  termsTypes,
} from './types.ts'

const golden = async (name: string): Promise<string> => readFile(join(import.meta.dirname, '../../golden', name), 'utf8')

type Member = { name: string; type: string }
type AnyTypedData = {
  domain: { name: string; version: string; chainId: number; verifyingContract: Address }
  types: Record<string, readonly Member[]>
  message: object
}

/** The digest by ethers, which shares no code with viem. */
function digestByEthers({ domain, types, message }: AnyTypedData): string {
  const mutable = Object.fromEntries(Object.entries(types).map(([name, members]) => [name, [...members]]))
  return TypedDataEncoder.hash(domain, mutable, { ...message })
}

test('20 deal ids come out the same by viem, by ethers and as written down', async () => {
  const vectors: (EscrowDomain & { terms: TermsJson; dealId: Hex })[] = JSON.parse(await golden('deal-id.json'))
  assert.equal(vectors.length, 20)
  assert.equal(new Set(vectors.map((vector) => vector.dealId)).size, 20)
  for (const vector of vectors) {
    const terms = parseTerms(vector.terms)
    assert.equal(dealId(terms, vector), vector.dealId)
    assert.equal(digestByEthers(termsTypedData(terms, vector)), vector.dealId)
  }
})

type TypedDataVectors = {
  offers: (EscrowDomain & { offer: OfferJson; digest: Hex })[]
  settlements: (EscrowDomain & {
    settlement: { dealId: Hex; toBuyer: string; remaining: string; expiry: number }
    digest: Hex
  })[]
  rulings: (EscrowDomain & { ruling: { dealId: Hex; buyerBps: number; reasonHash: Hex }; digest: Hex })[]
  reviews: (SealedReview & { commitment: Hex })[]
  trackings: { carrier: string; number: string; salt: Hex; hash: Hex }[]
}

test('what people sign has the digest that is written down, by viem and by ethers', async () => {
  const vectors: TypedDataVectors = JSON.parse(await golden('typed-data.json'))
  for (const vector of vectors.offers) {
    const data = offerTypedData(parseOffer(vector.offer), vector)
    assert.deepEqual([hashTypedData(data), digestByEthers(data)], [vector.digest, vector.digest])
  }
  for (const { settlement, digest, ...domain } of vectors.settlements) {
    const amounts = { toBuyer: BigInt(settlement.toBuyer), remaining: BigInt(settlement.remaining) }
    const data = settlementTypedData({ ...settlement, ...amounts }, domain)
    assert.deepEqual([hashTypedData(data), digestByEthers(data)], [digest, digest])
  }
  for (const { ruling, digest, ...domain } of vectors.rulings) {
    const data = rulingTypedData(ruling, domain)
    assert.deepEqual([hashTypedData(data), digestByEthers(data)], [digest, digest])
  }
})

test('commitments to reviews and tracking numbers are as written down', async () => {
  const vectors: TypedDataVectors = JSON.parse(await golden('typed-data.json'))
  for (const review of vectors.reviews) assert.equal(reviewCommitment(review), review.commitment)
  for (const tracking of vectors.trackings) assert.equal(trackingHash(tracking), tracking.hash)
})

const domain: EscrowDomain = { chainId: 31337, escrow: `0x${'99'.repeat(20)}` }

test('a deal id changes with every member of the terms, with the chain and with the escrow', () => {
  const changes: Partial<typeof exampleTerms>[] = [
    ...(['seller', 'buyer', 'token', 'arbiter', 'operator'] as const).map((key) => ({ [key]: `0x${'77'.repeat(20)}` })),
    ...(['price', 'salt'] as const).map((key) => ({ [key]: exampleTerms[key] + 1n })),
    ...(['operatorFeeBps', 'arbiterFeeBps', 'silentAwardBps'] as const).map((key) => ({ [key]: exampleTerms[key] + 1 })),
    ...(['shipSeconds', 'deliverySeconds', 'inspectionSeconds', 'rulingSeconds'] as const).map((key) => ({
      [key]: exampleTerms[key] + 1,
    })),
    { itemHash: `0x${'78'.repeat(32)}` },
  ]
  assert.equal(changes.length, Object.keys(exampleTerms).length)
  const ids = changes.map((change) => dealId({ ...exampleTerms, ...change }, domain))
  ids.push(dealId(exampleTerms, domain))
  ids.push(dealId(exampleTerms, { ...domain, chainId: 1 }))
  ids.push(dealId(exampleTerms, { ...domain, escrow: `0x${'98'.repeat(20)}` }))
  assert.equal(new Set(ids).size, ids.length)
})

test('unit 0 has the id of the signed terms, and unit k that of the salt plus k', () => {
  const offer = { ...exampleOffer, quantity: 2 }
  assert.equal(unitDealId(offer, 0, domain), dealId(exampleTerms, domain))
  assert.equal(unitDealId(offer, 1, domain), dealId({ ...exampleTerms, salt: exampleTerms.salt + 1n }, domain))
})

test('the seller is recovered from a signed offer, and a permit hashes alike in both libraries', async () => {
  const account = privateKeyToAccount(ada.privateKey)
  const data = offerTypedData({ ...exampleOffer, terms: { ...exampleTerms, seller: ada.address } }, domain)
  const signature = await account.signTypedData(data)
  assert.equal(await recoverTypedDataAddress({ ...data, signature }), ada.address)
  const permit = { owner: ada.address, spender: domain.escrow, value: 5n, nonce: 0n, deadline: 9n }
  const token = { address: exampleTerms.arbiter, name: 'Test Dollar', version: '1', chainId: 31337 }
  const permitData = permitTypedData(permit, token)
  assert.equal(hashTypedData(permitData), digestByEthers(permitData))
})

type Members = Readonly<Record<string, readonly Member[]>>

/** The `encodeType` of EIP-712: the struct, then the structs it refers to. */
function encodeType({ primaryType, types }: { primaryType: string; types: Members }): string {
  const one = (name: string): string =>
    `${name}(${(types[name] ?? []).map((member) => `${member.type} ${member.name}`).join(',')})`
  const others = Object.keys(types).filter((name) => name !== primaryType)
  return [primaryType, ...others.toSorted()].map(one).join('')
}

test('the type strings are those that the contract hashes', async () => {
  const solidity = await readFile(join(import.meta.dirname, '../../../contracts/types/Terms.sol'), 'utf8')
  const termsType = encodeType({ primaryType: 'Terms', types: termsTypes })
  const offerType = encodeType({ primaryType: 'Offer', types: offerTypes })
  const settlementType = encodeType({ primaryType: 'Settlement', types: settlementTypes })
  const rulingType = encodeType({ primaryType: 'Ruling', types: rulingTypes })
  assert.ok(offerType.endsWith(termsType))
  const offerAlone = offerType.slice(0, -termsType.length)
  for (const type of [termsType, offerAlone, settlementType, rulingType]) assert.ok(solidity.includes(`"${type}"`), type)
})
