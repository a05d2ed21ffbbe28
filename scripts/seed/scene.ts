import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { unitDealId } from '@fairhold/protocol/deal/id'
import { type DealState, stateOf } from '@fairhold/protocol/deal/state'
import { type Terms, termsOfUnit } from '@fairhold/protocol/deal/terms'
import type { Hex } from 'viem'
import type { Story } from './history.ts'
import type { Market } from './market.ts'
import type { PersonName } from './people.ts'
import type { Published } from './publish.ts'

/** A story with the deal that it is about. */
export interface Scene {
  story: Story
  published: Published
  id: Hex
  terms: Terms
  seller: PersonName
}

export function sceneOf(market: Market, { story, published }: { story: Story; published: readonly Published[] }): Scene {
  const found = published.find(({ listing }) => listing.key === story.listing)
  if (!found) throw new Error(`no listing is called ${story.listing}`)
  const domain = { chainId: market.config.chainId, escrow: market.escrow }
  const id = unitDealId(found.offer, story.unit, domain)
  return { story, published: found, id, terms: termsOfUnit(found.offer, story.unit), seller: found.listing.seller }
}

/** The scenes whose deal is in this state on chain. */
export async function inState(market: Market, scenes: readonly Scene[], wanted: DealState): Promise<Scene[]> {
  const found = await statesOf(market, scenes)
  return scenes.filter(({ id }) => found.get(id) === wanted)
}

/** The state of each scene's deal on chain, by deal id. */
export async function statesOf({ chain, escrow }: Market, scenes: readonly Scene[]): Promise<Map<Hex, DealState>> {
  const read = async ({ id }: Scene) => {
    const deal = await chain.client.readContract({ address: escrow, abi: escrowAbi, functionName: 'dealOf', args: [id] })
    return [id, stateOf(deal.state)] as const
  }
  return new Map(await Promise.all(scenes.map(read)))
}
