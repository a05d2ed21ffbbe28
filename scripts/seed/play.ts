import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { testUsdAbi } from '@fairhold/protocol/abi/test-usd'
import { depositOf } from '@fairhold/protocol/deal/amount'
import { packOffer, packTerms } from '@fairhold/protocol/deal/packed'
import { type DealState, isEnded } from '@fairhold/protocol/deal/state'
import { textHash } from '@fairhold/protocol/text'
import { type Address, type Hex, zeroAddress } from 'viem'
import type { Call } from './chain.ts'
import { type Story, stories } from './history.ts'
import type { Market } from './market.ts'
import { type Person, type PersonName, people } from './people.ts'
import type { Published } from './publish.ts'
import { reviewDeals } from './review.ts'
import { inState, type Scene, sceneOf, statesOf } from './scene.ts'

type Step = (scene: Scene) => Promise<Call> | Call
type Say = (line: string) => void

const POCKET_MONEY = 10_000_000_000n // 10,000 tUSD

/** Carries every story as far as it goes, with real transactions. Deals that are further already are left alone. */
export async function playHistory(
  market: Market,
  { published, say }: { published: readonly Published[]; say: Say },
): Promise<void> {
  const scenes = stories.map((story) => sceneOf(market, { story, published }))
  await payBuyers(market, scenes)
  const act = async (line: string, step: { from: DealState; for: readonly Story['reaches'][]; make: Step }) => {
    const due = await inState(
      market,
      scenes.filter(({ story }) => step.for.includes(story.reaches)),
      step.from,
    )
    if (due.length === 0) return
    await market.chain.mine(await Promise.all(due.map(step.make)))
    await Promise.all(due.map(({ id }) => market.dealWhen(id, ({ state }) => state !== step.from)))
    say(`${line}: ${due.length}`)
  }
  const moving = ['shipped', 'delivered', 'completed', 'refunded', 'disputed'] as const
  const opened = ['partlyFunded', 'funded', ...moving] as const
  await act('deals opened, the money is in the escrow', { from: 'none', for: opened, make: openStep(market) })
  await giveAddresses(market, scenes)
  await act('parcels sent', { from: 'funded', for: moving, make: (scene) => shipStep(market, scene) })
  await act('parcels arrived', {
    from: 'shipped',
    for: ['delivered', 'completed'],
    make: (scene) => dealCall(market, scene, scene.story.buyer, 'deliver'),
  })
  await act('deals completed', {
    from: 'delivered',
    for: ['completed'],
    make: (scene) => dealCall(market, scene, scene.story.buyer, 'release'),
  })
  await act('deals refunded by their sellers', {
    from: 'shipped',
    for: ['refunded'],
    make: (scene) => dealCall(market, scene, scene.seller, 'refund'),
  })
  await act('disputes raised', { from: 'shipped', for: ['disputed'], make: (scene) => disputeStep(market, scene) })
  const known = await statesOf(market, scenes)
  const ended = scenes.filter(({ id }) => isEnded(known.get(id) ?? 'none'))
  say(`reviews published: ${await reviewDeals(market, ended)}`)
}

/** Test dollars for the buyers, and the allowances that the deals to be opened need. */
async function payBuyers(market: Market, scenes: readonly Scene[]): Promise<void> {
  const token = market.config.tokens.find(({ symbol }) => symbol === 'tUSD')?.address as Address
  const fresh = (await inState(market, scenes, 'none')).filter(({ terms }) => terms.token !== zeroAddress)
  const buyers = [people.dmitri, people.elif, people.femi]
  const balances = await Promise.all(
    buyers.map(({ account }) =>
      market.chain.client.readContract({ address: token, abi: testUsdAbi, functionName: 'balanceOf', args: [account.address] }),
    ),
  )
  const call = (by: Person, name: string, args: readonly unknown[]): Call => ({ by, to: token, abi: testUsdAbi, name, args })
  const poor = buyers.filter((_, index) => (balances[index] ?? 0n) < POCKET_MONEY / 10n)
  const mints = poor.map((by) => call(by, 'mint', [by.account.address, POCKET_MONEY]))
  const approvals = buyers.flatMap((by) => {
    const total = fresh.filter(({ story }) => people[story.buyer] === by).reduce((sum, scene) => sum + dueOf(scene), 0n)
    return total > 0n ? [call(by, 'approve', [market.escrow, total])] : []
  })
  await market.chain.mine([...mints, ...approvals])
}

/** Where the parcels go; only the parties can read it. */
async function giveAddresses(market: Market, scenes: readonly Scene[]): Promise<void> {
  const give = ({ id, story }: Scene) =>
    market.callerOf(story.buyer).send('PUT', `/v1/deals/${id}/shipping-address`, { text: story.address })
  const open = [...(await inState(market, scenes, 'funded')), ...(await inState(market, scenes, 'partlyFunded'))]
  await Promise.all(open.map(give))
}

/** What the buyer pays when the deal is opened. */
function dueOf({ story, terms }: Scene): bigint {
  return story.reaches === 'partlyFunded' ? depositOf(terms.price, terms.depositBps) : terms.price
}

function openStep(market: Market): Step {
  return (scene) => {
    const { story, published, terms } = scene
    const due = dueOf(scene)
    const args = [packOffer(published.offer), story.unit, published.signature]
    const call = due < terms.price ? { name: 'openInPart', args: [...args, due] } : { name: 'open', args }
    const value = terms.token === zeroAddress ? due : 0n
    return { by: people[story.buyer], to: market.escrow, abi: escrowAbi, ...call, value }
  }
}

async function shipStep(market: Market, scene: Scene): Promise<Call> {
  const { story, id, seller } = scene
  if (!story.parcel) throw new Error(`the ${story.listing} of ${story.buyer} is to be sent, but has no parcel`)
  const { trackingHash } = await market
    .callerOf(seller)
    .send<{ trackingHash: Hex }>('PUT', `/v1/deals/${id}/tracking`, story.parcel)
  return dealCall(market, scene, seller, 'ship', trackingHash)
}

async function disputeStep(market: Market, scene: Scene): Promise<Call> {
  const { story, id, seller } = scene
  if (!story.statements) throw new Error(`the ${story.listing} of ${story.buyer} is disputed without a word`)
  const { buyer, seller: answer } = story.statements
  await market.callerOf(story.buyer).send('POST', `/v1/disputes/${id}/statements`, { text: buyer })
  await market.callerOf(seller).send('POST', `/v1/disputes/${id}/statements`, { text: answer })
  return dealCall(market, scene, story.buyer, 'dispute', textHash(buyer))
}

function dealCall(market: Market, { terms }: Scene, by: PersonName, name: string, ...rest: readonly unknown[]): Call {
  return { by: people[by], to: market.escrow, abi: escrowAbi, name, args: [packTerms(terms), ...rest] }
}
