import { randomBytes } from 'node:crypto'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { dealId } from '@fairhold/protocol/deal/id'
import { type Offer, type Terms, termsOfUnit } from '@fairhold/protocol/deal/terms'
import { devAccounts } from '@fairhold/protocol/dev-accounts'
import { offerTypedData, settlementTypedData } from '@fairhold/protocol/eip712/types'
import { reviewCommitment, textHash } from '@fairhold/protocol/reputation/review'
import { type Address, encodeFunctionData, type Hex, keccak256, toHex, zeroAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { Call, TestChain } from './chain.ts'

const [ada, , , dmitri] = devAccounts
const arbiter = devAccounts[6]
const operator = devAccounts[7]
export const PRICE = 10n ** 18n
const DAY = 86_400
const NEVER = 4_000_000_000

/** Who takes part in every deal of these tests. */
export const seller = ada.address
export const buyer = dmitri.address

/** A deal that can be opened, with the call of each thing that can be done to it. */
export type TestDeal = Awaited<ReturnType<typeof createDeal>>
type EscrowCall = Parameters<typeof encodeFunctionData<typeof escrowAbi>>[0]

/** Signs an offer for one unit, never the same twice, that the buyer can take. Nothing is sent yet. */
export async function createDeal(chain: TestChain, changes: Partial<Terms> = {}) {
  const domain = { chainId: 31337, escrow: chain.escrow }
  const counter = await chain.client.readContract({
    address: chain.escrow,
    abi: escrowAbi,
    functionName: 'counterOf',
    args: [seller],
  })
  const offer: Offer = { terms: { ...defaultTerms(), ...changes }, expiry: NEVER, counter, quantity: 1 }
  const signature = await privateKeyToAccount(ada.privateKey).signTypedData(offerTypedData(offer, domain))
  const terms = termsOfUnit(offer, 0)
  const id = dealId(terms, domain)
  const call = (from: Address, data: Omit<EscrowCall, 'abi'>, value = 0n): Call => {
    // `data` was made from the same ABI by the functions below.
    return { from, to: chain.escrow, data: encodeFunctionData({ abi: escrowAbi, ...data } as EscrowCall), value }
  }
  return {
    ...{ id, terms, ...reviewCalls(chain, id, terms) },
    open: () => call(buyer, { functionName: 'open', args: [offer, 0, signature] }, terms.price),
    ship: () => call(seller, { functionName: 'ship', args: [terms, keccak256(toHex('tracking'))] }),
    deliver: () => call(buyer, { functionName: 'deliver', args: [terms] }),
    release: () => call(buyer, { functionName: 'release', args: [terms] }),
    releasePart: (amount: bigint) => call(buyer, { functionName: 'releasePart', args: [terms, amount] }),
    refund: () => call(seller, { functionName: 'refund', args: [terms] }),
    refundPart: (amount: bigint) => call(seller, { functionName: 'refundPart', args: [terms, amount] }),
    reclaim: () => call(buyer, { functionName: 'reclaim', args: [terms] }),
    claim: () => call(operator.address, { functionName: 'claim', args: [terms] }),
    extend: (deadline: number) => call(buyer, { functionName: 'extend', args: [terms, deadline] }),
    dispute: () => call(buyer, { functionName: 'dispute', args: [terms, textHash('It never came')] }),
    rule: (buyerBps: number) =>
      call(arbiter.address, { functionName: 'rule', args: [terms, buyerBps, textHash('So be it'), '0x'] }),
    awardByDefault: () => call(buyer, { functionName: 'awardByDefault', args: [terms] }),
    cancel: () => call(seller, { functionName: 'cancelOffer', args: [terms] }),
    settle: async (toBuyer: bigint, remaining: bigint) => {
      const split = settlementTypedData({ dealId: id, toBuyer, remaining, expiry: NEVER }, domain)
      const signed = await privateKeyToAccount(ada.privateKey).signTypedData(split)
      return call(buyer, { functionName: 'settle', args: [terms, toBuyer, remaining, NEVER, '0x', signed] })
    },
  }
}

/** The operator takes out what it earned. */
export function withdraw(chain: TestChain): Call {
  const data = encodeFunctionData({ abi: escrowAbi, functionName: 'withdraw', args: [zeroAddress, operator.address] })
  return { from: operator.address, to: chain.escrow, data }
}

/** The seller voids all offers signed so far. */
export function cancelAll(chain: TestChain): Call {
  return { from: seller, to: chain.escrow, data: encodeFunctionData({ abi: escrowAbi, functionName: 'cancelAllOffers' }) }
}

/** Takes `deals` through every ending there is, over a dozen blocks. Needs nine. */
export async function playEveryEnding(chain: TestChain): Promise<TestDeal[]> {
  const deals = await Promise.all(Array.from({ length: 9 }, () => createDeal(chain)))
  const [released, refunded, reclaimed, claimed, settled, ruled, awarded, voided, shipped] = deals as [
    ...[TestDeal, TestDeal, TestDeal, TestDeal, TestDeal, TestDeal, TestDeal, TestDeal, TestDeal],
  ]
  await chain.mine(...deals.filter((deal) => deal !== voided).map((deal) => deal.open()), voided.cancel())
  await chain.mine(
    released.releasePart(PRICE / 3n),
    refunded.refundPart(PRICE / 4n),
    settled.extend((await chain.now()) + 30 * DAY),
  )
  const underway = [released, claimed, ruled, awarded, shipped]
  await chain.mine(...underway.map((deal) => deal.ship()))
  await chain.mine(released.deliver(), claimed.deliver(), ruled.dispute(), awarded.dispute())
  await chain.mine(released.release(), refunded.refund(), await settled.settle(PRICE / 5n, PRICE), ruled.rule(2_500))
  await chain.mine(released.commitReview(buyer, 5), released.commitReview(seller, 4))
  await chain.mine(released.revealReview(buyer, 5), withdraw(chain))
  await chain.wait(20 * DAY)
  await chain.mine(reclaimed.reclaim(), claimed.claim(), awarded.awardByDefault(), cancelAll(chain))
  return deals
}

function reviewCalls(chain: TestChain, id: Hex, terms: Terms) {
  const sealedBy = (author: Address, score: number) => {
    return { dealId: id, author, score, textHash: textHash('As described'), secret: keccak256(author) }
  }
  const call = (from: Address, data: Hex): Call => ({ from, to: chain.reputation, data })
  return {
    commitReview: (author: Address, score: number): Call => {
      const args = [terms, reviewCommitment(sealedBy(author, score))] as const
      return call(author, encodeFunctionData({ abi: reputationAbi, functionName: 'commit', args }))
    },
    revealReview: (author: Address, score: number): Call => {
      const { textHash: hash, secret } = sealedBy(author, score)
      const args = [id, author, score, hash, secret] as const
      return call(operator.address, encodeFunctionData({ abi: reputationAbi, functionName: 'reveal', args }))
    },
  }
}

function defaultTerms(): Terms {
  return {
    seller,
    buyer: zeroAddress,
    token: zeroAddress,
    price: PRICE,
    arbiter: arbiter.address,
    operator: operator.address,
    ...{ operatorFeeBps: 250, arbiterFeeBps: 500, silentAwardBps: 5_000 },
    ...{ shipSeconds: 3 * DAY, deliverySeconds: 7 * DAY, inspectionSeconds: 3 * DAY, rulingSeconds: 7 * DAY },
    itemHash: keccak256(toHex('a camera')),
    salt: BigInt(`0x${randomBytes(16).toString('hex')}`),
  }
}
