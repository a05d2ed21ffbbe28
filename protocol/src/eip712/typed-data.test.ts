import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { TypedDataEncoder } from 'ethers'
import {
  type Address,
  type HashTypedDataParameters,
  type Hex,
  hashTypedData,
  keccak256,
  recoverTypedDataAddress,
  stringToBytes,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { dealId, unitDealId } from '../deal/id.ts'
import { type OfferJson, parseOffer, parseTerms, type TermsJson } from '../deal/terms.ts'
import { trackingHash } from '../deal/tracking.ts'
import { ada } from '../dev-accounts.ts'
import { exampleOffer, exampleTerms } from '../example.test-support.ts'
import { reviewCommitment, type SealedReview } from '../reputation/review.ts'
import { actNames, actTypedData, actTypes } from './acts.ts'
import type { EscrowDomain } from './domain.ts'
import { authorizationTypedData, PERMIT2, permit2TypedData, permit2Types } from './payments.ts'
import {
  offerTypedData,
  offerTypes,
  permitTypedData,
  reviewTypedData,
  reviewTypes,
  rulingTypedData,
  rulingTypes,
  settlementTypedData,
  settlementTypes,
  termsTypedData,
  termsTypes,
  voidingTypedData,
  voidingTypes,
  withdrawalTypedData,
  withdrawalTypes,
} from './types.ts'

const golden = async (name: string): Promise<string> => readFile(join(import.meta.dirname, '../../golden', name), 'utf8')

type Member = { name: string; type: string }
type AnyTypedData = {
  domain: { name: string; version?: string; chainId: number; verifyingContract: Address }
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

/** A message as JSON holds it, under its name, with the digest that it must have. */
type Vector<Name extends string> = EscrowDomain & { digest: Hex } & { [N in Name]: Record<string, string | number> }

type TypedDataVectors = {
  offers: (EscrowDomain & { offer: OfferJson; digest: Hex })[]
  settlements: (EscrowDomain & {
    settlement: { dealId: Hex; toBuyer: string; remaining: string; expiry: number }
    digest: Hex
  })[]
  rulings: (EscrowDomain & { ruling: { dealId: Hex; buyerBps: number; reasonHash: Hex }; digest: Hex })[]
  acts: Vector<'act'>[]
  withdrawals: Vector<'withdrawal'>[]
  voidings: Vector<'voiding'>[]
  signedReviews: Vector<'review'>[]
  permit2: Vector<'transfer'>[]
  authorizations: Vector<'authorization'>[]
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

/** The numbers of a message from JSON as they are signed: what is longer than 40 bits stands there as text. */
function withNumbers<M>(message: Record<string, string | number>): M {
  const read = (value: string | number) => (typeof value === 'string' && /^[0-9]+$/.test(value) ? BigInt(value) : value)
  return Object.fromEntries(Object.entries(message).map(([key, value]) => [key, read(value)])) as M
}

test('what is signed for others to send, and every way to pay, has the digest that is written down', async () => {
  const vectors: TypedDataVectors = JSON.parse(await golden('typed-data.json'))
  const data = [
    ...vectors.acts.map((one) => [one.digest, actTypedData(withNumbers(one.act), one)] as const),
    ...vectors.withdrawals.map((one) => [one.digest, withdrawalTypedData(withNumbers(one.withdrawal), one)] as const),
    ...vectors.voidings.map((one) => [one.digest, voidingTypedData(withNumbers(one.voiding), one)] as const),
    ...vectors.signedReviews.map((one) => {
      return [one.digest, reviewTypedData(withNumbers(one.review), { ...one, reputation: one.escrow })] as const
    }),
    ...vectors.permit2.map((one) => {
      return [one.digest, permit2TypedData(withNumbers(one.transfer), { ...one, address: PERMIT2 })] as const
    }),
    ...vectors.authorizations.map((one) => {
      const token = { address: one.escrow, name: 'Test Dollar', version: '2', chainId: one.chainId }
      return [one.digest, authorizationTypedData(withNumbers(one.authorization), token)] as const
    }),
  ]
  assert.equal(data.length, 120)
  for (const [digest, typed] of data) {
    assert.equal(hashTypedData(typed as HashTypedDataParameters), digest, typed.primaryType)
    assert.equal(digestByEthers(typed), digest, typed.primaryType)
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
    ...(['operatorFeeBps', 'arbiterFeeBps', 'silentAwardBps', 'depositBps'] as const).map((key) => ({
      [key]: exampleTerms[key] + 1,
    })),
    ...(['fundingSeconds', 'shipSeconds', 'deliverySeconds', 'inspectionSeconds', 'rulingSeconds'] as const).map((key) => ({
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

test('the type strings are those that the contracts hash', async () => {
  const contracts = join(import.meta.dirname, '../../../contracts')
  const sources = ['libraries/TypedHash.sol', 'types/Payment.sol', 'Reputation.sol', 'escrow/Opening.sol']
  const texts = await Promise.all(sources.map((path) => readFile(join(contracts, path), 'utf8')))
  // Long ones are broken over lines of comment, and the words between are joined without a space after a comma.
  const solidity = texts
    .join('\n')
    .replace(/\n\s*\/\/\/ ?(?=(@dev )?[a-z]+\d* )/g, '')
    .replaceAll(', ', ',')
  const alone = (type: { primaryType: string; types: Members }): string => encodeType(type).replace(/\)[A-Z].*$/, ')')
  const types = [
    { primaryType: 'Terms', types: termsTypes },
    { primaryType: 'Offer', types: offerTypes },
    { primaryType: 'Settlement', types: settlementTypes },
    { primaryType: 'Ruling', types: rulingTypes },
    { primaryType: 'Act', types: actTypes },
    { primaryType: 'Withdrawal', types: withdrawalTypes },
    { primaryType: 'Voiding', types: voidingTypes },
    { primaryType: 'Review', types: reviewTypes },
    { primaryType: 'PermitWitnessTransferFrom', types: permit2Types },
  ]
  for (const type of types) assert.ok(solidity.includes(alone(type)), alone(type))
})

test('the hash of every type is the constant that the contracts carry', async () => {
  const contracts = join(import.meta.dirname, '../../../contracts')
  const sources = ['libraries/TypedHash.sol', 'Reputation.sol', 'escrow/Opening.sol']
  const solidity = (await Promise.all(sources.map((path) => readFile(join(contracts, path), 'utf8')))).join('\n')
  const types = { Terms: termsTypes, Offer: offerTypes, Settlement: settlementTypes, Ruling: rulingTypes, Act: actTypes }
  const more = { Withdrawal: withdrawalTypes, Voiding: voidingTypes, Review: reviewTypes, Deal: { Deal: permit2Types.Deal } }
  for (const [primaryType, members] of Object.entries({ ...types, ...more })) {
    const text = encodeType({ primaryType, types: members })
    assert.ok(solidity.includes(keccak256(stringToBytes(text))), text)
  }
})

test('the names of acts are those that the contract hashes, in the order of its enum', async () => {
  const contracts = join(import.meta.dirname, '../../../contracts')
  const [types, signed] = await Promise.all(
    ['types/Act.sol', 'escrow/Signed.sol'].map((path) => readFile(join(contracts, path), 'utf8')),
  )
  const members =
    /enum Action \{([^}]*)\}/
      .exec(types ?? '')?.[1]
      ?.split(',')
      .map((name) => name.trim()) ?? []
  const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)
  assert.deepEqual(members.map(lowerFirst), [...actNames])
  for (const name of actNames) assert.ok(signed?.includes(`keccak256("${name}")`), name)
})
