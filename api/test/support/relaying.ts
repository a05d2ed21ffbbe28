import { unitDealId } from '@fairhold/protocol/deal/id'
import { type Offer, offerToJson, type Terms } from '@fairhold/protocol/deal/terms'
import { ada, type DevAccount, dmitri, relayer } from '@fairhold/protocol/dev-accounts'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import { privateKeyToAccount } from 'viem/accounts'
import { relayJob } from '../../src/relay/job.ts'
import type { TestChain } from './chain.ts'
import type { Market } from './market.ts'
import { someTerms } from './rows.ts'
import { paying, usd } from './usd.ts'
import type { Visitor } from './visitor.ts'

export const PRICE = 40_000_000n
/** What the relayer asks on the local chain. */
export const TIP = 50_000n

/** Purchases that are handed to the relayer of a market with a chain under it. */
export function relayingOn(market: Market & { chain: TestChain }) {
  /** What Ada asks for something, signed by her. */
  async function ask(changes: Partial<Terms> = {}) {
    const terms = someTerms({ token: usd.address, price: PRICE, ...changes })
    const offer: Offer = { terms, expiry: 4_000_000_000, counter: 0n, nonce: 0, quantity: 1 }
    const signature = await privateKeyToAccount(ada.privateKey).signTypedData(offerTypedData(offer, market.context.domain))
    return { offer, signature, id: unitDealId(offer, 0, market.context.domain) }
  }
  type Ask = Pick<Awaited<ReturnType<typeof ask>>, 'offer' | 'signature'>

  /** A body for POST /v1/relay/openings, paid by an authorisation. */
  async function opening({ offer, signature }: Ask, { tip = TIP, from = dmitri as DevAccount } = {}) {
    const payment = await paying(market.chain, from, offer, { tip }).authorization()
    return { offer: offerToJson(offer), unit: 0, signature, buyer: from.address, payment }
  }

  async function handIn(asked: Ask, by: Visitor, options: { tip?: bigint; from?: DevAccount } = {}) {
    return by.send('POST', '/v1/relay/openings', await opening(asked, options))
  }

  const job = relayJob(market.context, relayer.privateKey)
  /** Works as the worker does until nothing is due. */
  async function relayAll(): Promise<void> {
    for (const row of await job.due()) if (row.status !== 'done') await job.work(row)
  }
  return { ask, opening, handIn, job, relayAll }
}
