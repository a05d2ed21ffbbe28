import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { testUsdAbi } from '@fairhold/protocol/abi/test-usd'
import { packOffer, packTerms } from '@fairhold/protocol/deal/packed'
import { encodeFunctionData, type Hex, maxUint256, zeroAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'
import type { Call } from '../../seed/chain.ts'
import { type Story, stories } from '../../seed/history.ts'
import { listings } from '../../seed/listings.ts'
import type { Market } from '../../seed/market.ts'
import { people } from '../../seed/people.ts'
import { prepareListing, publishListing } from '../../seed/publish.ts'
import { type Scene, sceneOf } from '../../seed/scene.ts'
import { randomWord } from '../random-word.ts'

const GAS = 900_000n

/** Who has the page open. */
export const buyer = people.dmitri

/** A paid deal, and what its seller sends to change it. */
export type OpenDeal = {
  id: Hex
  /** A signed transaction of the seller's next step: first the shipment, then parts of the money back, a different one each time. */
  nextChange: () => Promise<Hex>
}

/** Opens deals on units of the demo market's listings that nobody has bought. @throws if there are not so many. */
export async function openDeals(market: Market, count: number): Promise<OpenDeal[]> {
  const scenes: Scene[] = []
  for (const listing of listings) {
    const taken = stories.filter((story) => story.listing === listing.key).map(({ unit }) => unit)
    const free = Array.from({ length: listing.quantity }, (_, unit) => unit).filter((unit) => !taken.includes(unit))
    if (free.length === 0 || scenes.length >= count) continue
    const published = await publishListing(market, await prepareListing(market, listing))
    for (const unit of free.slice(0, count - scenes.length)) {
      const story: Story = { listing: listing.key, unit, buyer: 'dmitri', address: '', reaches: 'shipped' }
      scenes.push(sceneOf(market, { story, published: [published] }))
    }
  }
  if (scenes.length < count) throw new Error(`the demo market has ${scenes.length} units left, not ${count}`)
  await market.chain.mine([...allowances(market), ...scenes.map((scene) => opening(market, scene))])
  await Promise.all(scenes.map(({ id }) => market.dealWhen(id, ({ state }) => state === 'funded')))
  return scenes.map((scene) => ({ id: scene.id, nextChange: changesOf(market, scene) }))
}

function allowances(market: Market): Call[] {
  const tokens = market.config.tokens.filter(({ address }) => address !== zeroAddress)
  return tokens.flatMap(({ address }) => {
    const call = (name: string, args: readonly unknown[]): Call => {
      return { by: buyer, to: address as Hex, abi: testUsdAbi, name, args }
    }
    return [call('mint', [buyer.account.address, 10n ** 12n]), call('approve', [market.escrow, maxUint256])]
  })
}

function opening(market: Market, { published, story, terms }: Scene): Call {
  const args = [packOffer(published.offer), story.unit, published.signature]
  const value = terms.token === zeroAddress ? terms.price : 0n
  return { by: buyer, to: market.escrow, abi: escrowAbi, name: 'open', args, value }
}

function changesOf(market: Market, { terms, seller }: Scene): OpenDeal['nextChange'] {
  let made = 0
  const account = privateKeyToAccount(people[seller].account.privateKey)
  const packed = packTerms(terms)
  return async () => {
    const data =
      made === 0
        ? encodeFunctionData({ abi: escrowAbi, functionName: 'ship', args: [packed, randomWord(1, made)] })
        : encodeFunctionData({ abi: escrowAbi, functionName: 'refundPart', args: [packed, BigInt(made)] })
    made += 1
    const { client } = market.chain
    const [fees, nonce] = await Promise.all([client.estimateFeesPerGas(), client.getTransactionCount(account)])
    const common = { type: 'eip1559', chainId: hardhat.id, gas: GAS } as const
    return account.signTransaction({ ...fees, ...common, to: market.escrow, data, nonce })
  }
}
