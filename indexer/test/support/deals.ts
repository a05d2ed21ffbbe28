import { randomBytes } from 'node:crypto'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { dealId } from '@fairhold/protocol/deal/id'
import { type PackedTerms, packOffer } from '@fairhold/protocol/deal/packed'
import { type Offer, type Terms, termsOfUnit } from '@fairhold/protocol/deal/terms'
import { devAccounts } from '@fairhold/protocol/dev-accounts'
import { offerTypedData, reviewTypedData, settlementTypedData } from '@fairhold/protocol/eip712/types'
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
  const domain = { chainId: chain.chainId, escrow: chain.escrow }
  const counter = await chain.client.readContract({
    address: chain.escrow,
    abi: escrowAbi,
    functionName: 'counterOf',
    args: [seller],
  })
  const offer: Offer = { terms: { ...defaultTerms(), ...changes }, expiry: NEVER, counter, nonce: 7, quantity: 1 }
  const signature = await privateKeyToAccount(ada.privateKey).signTypedData(offerTypedData(offer, domain))
  const id = dealId(termsOfUnit(offer, 0), domain)
  const taken = packOffer(offer)
  const { terms } = taken
  const call = (from: Address, data: Omit<EscrowCall, 'abi'>, value = 0n): Call => {
    // `data` was made from the same ABI by the functions below.
    return { from, to: chain.escrow, data: encodeFunctionData({ abi: escrowAbi, ...data } as EscrowCall), value }
  }
  return {
    ...{ id, terms, ...reviewCalls(chain, id, terms) },
    open: () => call(buyer, { functionName: 'open', args: [taken, 0, signature] }, terms.price),
    openInPart: (amount: bigint) => call(buyer, { functionName: 'openInPart', args: [taken, 0, signature, amount] }, amount),
    fund: (amount: bigint) => call(buyer, { functionName: 'fund', args: [terms, amount] }, amount),
    cancelFunding: () => call(seller, { functionName: 'cancelFunding', args: [terms] }),
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

/** Sends what ended deals owe their operator and arbiter. */
export function collectFees(chain: TestChain, deals: readonly TestDeal[]): Call {
  const args = [deals.map(({ terms }) => terms)] as const
  return { from: seller, to: chain.escrow, data: encodeFunctionData({ abi: escrowAbi, functionName: 'collectFees', args }) }
}

/** An operator that cannot take coins, so that what it earns is credited; and the call by which it takes them out. */
export function poorOperator(chain: TestChain): { address: Address; withdraw: () => Promise<Call> } {
  const address = chain.reputation
  const withdraw = async (): Promise<Call> => {
    await chain.rpc('hardhat_impersonateAccount', address)
    await chain.rpc('hardhat_setBalance', address, toHex(PRICE))
    const data = encodeFunctionData({ abi: escrowAbi, functionName: 'withdraw', args: [zeroAddress, operator.address] })
    return { from: address, to: chain.escrow, data }
  }
  return { address, withdraw }
}

/** The seller voids the offers that have one of these nonces. */
export function cancelNonces(chain: TestChain, nonces: bigint): Call {
  const data = encodeFunctionData({ abi: escrowAbi, functionName: 'cancelNonces', args: [nonces] })
  return { from: seller, to: chain.escrow, data }
}

/** The seller voids all offers signed so far. */
export function cancelAll(chain: TestChain): Call {
  return { from: seller, to: chain.escrow, data: encodeFunctionData({ abi: escrowAbi, functionName: 'cancelAllOffers' }) }
}

const KINDS = [
  ...(['released', 'refunded', 'reclaimed', 'claimed', 'settled', 'ruled', 'awarded', 'voided', 'shipped'] as const),
  ...(['instalments', 'givenUp', 'waiting', 'splitEarly'] as const),
] as const
export type EndedDeals = Record<(typeof KINDS)[number], TestDeal>

/** Takes deals through every ending there is, in instalments too, over a dozen blocks. They are called by how they end. */
export async function playEveryEnding(chain: TestChain): Promise<EndedDeals> {
  const { address, withdraw } = poorOperator(chain)
  const rules = { operator: address, fundingSeconds: 2 * DAY, depositBps: 1_000 }
  const made = await Promise.all(KINDS.map(async (kind) => [kind, await createDeal(chain, rules)] as const))
  const deals = Object.fromEntries(made) as EndedDeals
  const { released, refunded, reclaimed, claimed, settled, ruled, awarded, voided, shipped } = deals
  await chain.mine(...[released, refunded, reclaimed, claimed, settled, ruled, awarded, shipped].map((deal) => deal.open()))
  await chain.mine(voided.cancel(), ...(await instalments(deals)))
  await chain.mine(
    released.releasePart(PRICE / 3n),
    refunded.refundPart(PRICE / 4n),
    settled.extend((await chain.now()) + 30 * DAY),
  )
  const underway = [released, claimed, ruled, awarded, shipped]
  await chain.mine(...underway.map((deal) => deal.ship()))
  await chain.mine(released.deliver(), claimed.deliver(), ruled.dispute(), awarded.dispute())
  await chain.mine(released.release(), refunded.refund(), await settled.settle(PRICE / 5n, PRICE), ruled.rule(2_500))
  await chain.mine(collectFees(chain, [released, refunded, settled, ruled]))
  await chain.mine(released.commitReview(buyer, 5), released.commitReview(seller, 4), await refunded.publishReviews(3, 2))
  await chain.mine(released.revealReview(buyer, 5), await withdraw(), cancelNonces(chain, 0b101n))
  await chain.wait(20 * DAY)
  await chain.mine(
    reclaimed.reclaim(),
    claimed.claim(),
    awarded.awardByDefault(),
    deals.givenUp.cancelFunding(),
    cancelAll(chain),
  )
  await chain.mine(collectFees(chain, [claimed]), cancelNonces(chain, 1n << 127n))
  return deals
}

/** One deal is paid in three parts, one is left unpaid, one is given up for lack of money, one is split before it is paid. */
async function instalments({ instalments: paid, givenUp, waiting, splitEarly }: EndedDeals): Promise<Call[]> {
  const half = PRICE / 2n
  return [
    ...[paid.openInPart(PRICE / 10n), paid.fund(PRICE / 10n), paid.fund(PRICE - PRICE / 5n)],
    ...[givenUp.openInPart(half), waiting.openInPart(half), splitEarly.openInPart(half)],
    await splitEarly.settle(half, half),
  ]
}

function reviewCalls(chain: TestChain, id: Hex, terms: PackedTerms) {
  const sealedBy = (author: Address, score: number) => {
    return { dealId: id, author, score, textHash: textHash('As described'), secret: keccak256(author) }
  }
  const call = (from: Address, data: Hex): Call => ({ from, to: chain.reputation, data })
  const publisher = operator.address
  const sign = (key: Hex, author: Address, score: number) => {
    const review = { dealId: id, author, commitment: reviewCommitment(sealedBy(author, score)), publisher }
    const domain = { chainId: chain.chainId, reputation: chain.reputation }
    return privateKeyToAccount(key).signTypedData(reviewTypedData(review, domain))
  }
  return {
    commitReview: (author: Address, score: number): Call => {
      const args = [terms, author, reviewCommitment(sealedBy(author, score)), '0x'] as const
      return call(author, encodeFunctionData({ abi: reputationAbi, functionName: 'commit', args }))
    },
    revealReview: (author: Address, score: number): Call => {
      const args = [terms, author, sealedBy(author, score)] as const
      return call(operator.address, encodeFunctionData({ abi: reputationAbi, functionName: 'reveal', args }))
    },
    publishReviews: async (byBuyer: number, bySeller: number): Promise<Call> => {
      const buyers = await sign(dmitri.privateKey, buyer, byBuyer)
      const sellers = await sign(ada.privateKey, seller, bySeller)
      const args = [terms, publisher, sealedBy(buyer, byBuyer), buyers, sealedBy(seller, bySeller), sellers] as const
      return call(publisher, encodeFunctionData({ abi: reputationAbi, functionName: 'publishBoth', args }))
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
    ...{ operatorFeeBps: 250, arbiterFeeBps: 500, silentAwardBps: 5_000, depositBps: 0, fundingSeconds: 0 },
    ...{ shipSeconds: 3 * DAY, deliverySeconds: 7 * DAY, inspectionSeconds: 3 * DAY, rulingSeconds: 7 * DAY },
    itemHash: keccak256(toHex('a camera')),
    salt: BigInt(`0x${randomBytes(7).toString('hex')}`),
  }
}
