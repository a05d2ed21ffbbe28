import assert from 'node:assert/strict'
import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { openCall, type Payment } from '@fairhold/protocol/deal/payment'
import { type Offer, offerToJson, parseOffer, parseTerms, type Terms } from '@fairhold/protocol/deal/terms'
import { type DevAccount, dmitri } from '@fairhold/protocol/dev-accounts'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import { type Abi, encodeFunctionData, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { takenBidJob } from '../../src/bids/taken-job.ts'
import type { TestChain } from './chain.ts'
import { dealsOn } from './deals.ts'
import type { Market } from './market.ts'
import { lower, paying } from './usd.ts'
import { Visitor } from './visitor.ts'

interface OfferChanges {
  price?: bigint
  buyer?: DevAccount
  expiry?: number
  terms?: Partial<Terms>
}

/** An acceptance, as the market answers. */
interface Handed {
  offer: unknown
  signature: Hex
  payment: Payment | null
  voids: unknown[]
}

/** Offers between two people on a market with a chain under it, made and taken as the web does. */
export function biddingOn(market: Market & { chain: TestChain }) {
  const anyone = new Visitor(market.app)

  /** A body for POST /v1/bids about a listing, signed by `by`; a bid lacks its payment. */
  async function offerOn(listingId: string, by: DevAccount, changes: OfferChanges = {}) {
    const { body } = await anyone.get(`/v1/listings/${listingId}`)
    const { terms } = parseOffer(body.offer)
    const offer: Offer = {
      terms: {
        ...terms,
        ...{ buyer: lower(changes.buyer ?? dmitri), price: changes.price ?? 80_000_000n, depositBps: 0, fundingSeconds: 0 },
        salt: BigInt(Math.floor(Math.random() * 1e15)),
        ...changes.terms,
      },
      expiry: changes.expiry ?? (await market.context.chainNow()) + 86_400,
      ...{ counter: 0n, nonce: 0, quantity: 1 },
    }
    const signature = await privateKeyToAccount(by.privateKey).signTypedData(offerTypedData(offer, market.context.domain))
    return { offer, body: { listingId, choice: 0, offer: offerToJson(offer), signature } }
  }

  /** A bid that is paid by an authorisation, as it is handed in. */
  async function bidOn(listingId: string, by: DevAccount = dmitri, changes: OfferChanges = {}) {
    const { offer, body } = await offerOn(listingId, by, { buyer: by, ...changes })
    const payment = await paying(market.chain, by, offer, { until: offer.expiry }).authorization()
    return { offer, body: { ...body, payment } }
  }

  /** Makes a bid, which the market takes. */
  async function bid(listingId: string, visitor: Visitor, by: DevAccount = dmitri, changes: OfferChanges = {}) {
    const { offer, body } = await bidOn(listingId, by, changes)
    const answer = await visitor.send('POST', '/v1/bids', body)
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    return { offer, bid: answer.body }
  }

  /** Takes what an acceptance hands over, in one transaction. */
  async function take(by: DevAccount, accepted: Handed): Promise<void> {
    const offer = parseOffer(accepted.offer)
    const payment = accepted.payment ?? { method: 'allowance' as const }
    const { functionName, args } = openCall({ offer, unit: 0, signature: accepted.signature, buyer: offer.terms.buyer, payment })
    const open = encodeFunctionData({ abi: escrowAbi as Abi, functionName, args })
    const voids = accepted.voids.map((terms) =>
      encodeFunctionData({ abi: escrowAbi, functionName: 'cancelOffer', args: [packTerms(parseTerms(terms))] }),
    )
    await market.chain.escrow(by, { functionName: 'multicall', args: [[open, ...voids]] })
  }

  /** Writes what the indexer would of a deal that an offer became. */
  async function index(id: Hex, { terms }: Offer): Promise<void> {
    await dealsOn(market).index({ id, terms, packed: packTerms(terms) })
  }

  async function runTakenJob(): Promise<void> {
    const job = takenBidJob(market.context)
    for (const item of await job.due()) await job.work(item)
    assert.deepEqual(await job.due(), [], 'it is done once')
  }

  return { offerOn, bidOn, bid, take, index, runTakenJob }
}
