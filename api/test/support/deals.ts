import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { dealId } from '@fairhold/protocol/deal/id'
import { type PackedTerms, packOffer, packTerms } from '@fairhold/protocol/deal/packed'
import { type DealState, stateOf } from '@fairhold/protocol/deal/state'
import type { Offer, Terms } from '@fairhold/protocol/deal/terms'
import { ada, dmitri } from '@fairhold/protocol/dev-accounts'
import { offerTypedData } from '@fairhold/protocol/eip712/types'
import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { TestChain } from './chain.ts'
import type { Market } from './market.ts'
import { type DealChanges, insertDeal, PRICE, someTerms } from './rows.ts'

/** A deal that is really on the chain, with its terms as calldata carries them. */
export interface ChainDeal {
  id: Hex
  terms: Terms
  packed: PackedTerms
}

/** Deals on a chain, and what the indexer would have written of them. */
export function dealsOn(market: Market & { chain: TestChain }) {
  const { chain, context, indexer } = market
  const onChain = async (id: Hex): Promise<{ state: DealState; deadline: number; feesDue: boolean }> => {
    const { escrow } = context.deployment
    const call = { abi: escrowAbi, address: escrow, functionName: 'dealOf', args: [id] } as const
    const { state, deadline, feesDue } = await chain.client.readContract(call)
    return { state: stateOf(state), deadline: Number(deadline), feesDue }
  }
  return {
    /** Opens a deal between Ada, who sells, and Dmitri. */
    open: async (changes: Partial<Terms> = {}): Promise<ChainDeal> => {
      const terms = someTerms(changes)
      const offer: Offer = { terms, expiry: 4_000_000_000, counter: 0n, nonce: 0, quantity: 1 }
      const signature = await privateKeyToAccount(ada.privateKey).signTypedData(offerTypedData(offer, context.domain))
      await chain.escrow(dmitri, { functionName: 'open', args: [packOffer(offer), 0, signature] }, PRICE)
      return { id: dealId(terms, context.domain), terms, packed: packTerms(terms) }
    },
    onChain,
    /** Writes what the indexer would write of the deal as the chain has it. */
    index: async ({ id, terms }: ChainDeal, changes: DealChanges = {}): Promise<void> => {
      const { deadline, state } = await onChain(id)
      await indexer.query('DELETE FROM chain.deal WHERE id = $1', [id])
      await insertDeal(indexer, context, { terms, deadline, state, endedAt: deadline, ...changes })
    },
    skip: async (seconds: number): Promise<void> => {
      await chain.client.increaseTime({ seconds })
      await chain.client.mine({ blocks: 1 })
      await new Promise((resolve) => setTimeout(resolve, 600)) // the api's picture of the chain's clock is half a second old at most
    },
  }
}
