import { dealEventNames, IllegalTransition, next } from '@fairhold/protocol/deal/machine'
import { isFinal } from '@fairhold/protocol/deal/state'
import { type Address, type Hex, zeroAddress } from 'viem'
import { encodeEvent, type MarketEvent } from './encode.ts'
import { type Cast, isOver, type MarketDeal, moveDeal, moveEnded, openDeal } from './market-deal.ts'
import { createRandom, type Random } from './random.ts'

export type MarketConfig = {
  seed: string
  escrow: Address
  reputation: Address
  /** Most transactions in a block. */
  load: number
  /** Most deals that something can still happen to; it bounds the work of a block, whatever the length of the chain. */
  liveDeals: number
  /** Share of blocks with an event that the machine forbids: the contract never does that, a wrong indexer would. */
  illegal: number
}

/** The market after a block. Never changed, so that the chain can fork anywhere. */
export type Market = {
  readonly deals: readonly MarketDeal[]
  readonly counters: ReadonlyMap<Address, bigint>
  readonly credits: ReadonlyMap<string, bigint>
}

/** A log, and what it means: null where it is not an event that the ABI of our contracts has. */
export type MarketLog = {
  address: Address
  topics: readonly Hex[]
  data: Hex
  event: MarketEvent | null
  /** Whether it contradicts the machine, so that the deal has to halt. */
  illegal: boolean
}
export type MarketTransaction = { hash: Hex; from: Address; logs: readonly MarketLog[] }
export type MarketBlock = { market: Market; transactions: readonly MarketTransaction[] }

/** A market that nothing has happened in. */
export const emptyMarket: Market = { deals: [], counters: new Map(), credits: new Map() }

const AT_ONCE_MOST = 3

/**
 * What happens in a block: a pure function of the seed, the market before, and the block's number, time and `salt`. Sibling
 * blocks with the same salt have the same transactions, as after a reorganisation that changed nothing but hashes.
 */
export function nextBlock(
  config: MarketConfig,
  before: Market,
  { number, timestamp, salt }: { number: number; timestamp: number; salt: string },
): MarketBlock {
  const random = createRandom(`${config.seed}:${number}:${salt}`)
  const draft = createDraft(config, before, random, timestamp)
  const transactions: MarketTransaction[] = []
  const size = random.chance(0.15) ? 0 : random.int(0, config.load)
  for (let k = 0; k < size; k += 1) {
    const logs = Array.from({ length: random.int(1, AT_ONCE_MOST) }, () => draft.happen()).flat()
    if (logs.length > 0) transactions.push({ hash: random.hex(32), from: random.pick(draft.cast.people), logs })
  }
  if (random.chance(config.illegal)) {
    const logs = draft.breakRules()
    if (logs.length > 0) transactions.push({ hash: random.hex(32), from: random.pick(draft.cast.people), logs })
  }
  return { market: draft.market(), transactions }
}

const casts = new Map<string, Cast>()

/** The people of a market, the same in all its blocks. */
function castOf(seed: string): Cast {
  const known = casts.get(seed)
  if (known !== undefined) return known
  const random = createRandom(`${seed}:cast`)
  const accounts = (count: number): Address[] => Array.from({ length: count }, () => random.hex(20))
  const cast = { people: accounts(8), arbiters: accounts(2), operators: accounts(2), tokens: [zeroAddress, ...accounts(2)] }
  if (casts.size > 1_000) casts.clear()
  casts.set(seed, cast)
  return cast
}

function createDraft(config: MarketConfig, before: Market, random: Random, now: number) {
  const cast = castOf(config.seed)
  const deals = before.deals.filter((deal) => !isOver(deal))
  while (deals.length > config.liveDeals) deals.shift()
  let { counters, credits } = before

  const log = (event: MarketEvent, illegal = false): MarketLog => {
    const address = event.name.startsWith('Review') ? config.reputation : config.escrow
    return { address, ...encodeEvent(event), event, illegal }
  }
  const credit = (token: Address, account: Address, amount: bigint): MarketLog => {
    credits = new Map(credits).set(`${token}:${account}`, (credits.get(`${token}:${account}`) ?? 0n) + amount)
    return log({ name: 'Credited', args: { token, account, amount } })
  }
  const ofADeal = (): MarketLog[] => {
    if (deals.length === 0 || (deals.length < config.liveDeals && random.chance(0.3))) {
      const { event, deal } = openDeal(random, cast, now)
      deals.push(deal)
      return [log(event)]
    }
    const at = random.int(0, deals.length - 1)
    const deal = deals[at] as MarketDeal // `at` is within the array
    const move = isFinal(deal.state) ? moveEnded(deal, random) : moveDeal(deal, random, now)
    if (move === null) return []
    deals[at] = move.deal
    const logs = [log(move.event)]
    if (random.chance(0.08)) logs.push(log({ name: 'Tipped', args: tip(deal, random, cast) }))
    if (isFinal(move.deal.state) && !isFinal(deal.state) && random.chance(0.4)) {
      logs.push(credit(deal.terms.token, random.pick([deal.buyer, deal.seller]), random.big(70) + 1n))
    }
    return logs
  }
  const withdrawal = (): MarketLog[] => {
    if (credits.size === 0) return []
    const [key, amount] = random.pick([...credits])
    const [token, account] = key.split(':') as [Address, Address]
    const left = new Map(credits)
    left.delete(key)
    credits = left
    return [log({ name: 'Withdrawn', args: { token, account, to: random.pick(cast.people), amount } })]
  }
  const voiding = (): MarketLog[] => {
    const maker = random.pick(cast.people)
    if (random.chance(0.4)) return [log({ name: 'OfferVoided', args: { dealId: random.hex(32), maker } })]
    if (random.chance(0.6)) return [log({ name: 'NoncesVoided', args: { maker, nonces: random.big(random.pick([1, 8, 128])) } })]
    const counter = (counters.get(maker) ?? 0n) + 1n
    counters = new Map(counters).set(maker, counter)
    return [log({ name: 'AllOffersVoided', args: { maker, counter } })]
  }
  return {
    cast,
    market: (): Market => ({ deals, counters, credits }),
    happen: (): MarketLog[] => {
      const draw = random.next()
      if (draw < 0.05) return [strangeLog(config, random)]
      if (draw < 0.12) return withdrawal()
      if (draw < 0.2) return voiding()
      return ofADeal()
    },
    breakRules: (): MarketLog[] => {
      const event = illegalEvent(random, deals, openDeal(random, cast, now).event)
      return event === null ? [] : [log(event, true)]
    },
  }
}

function tip(deal: MarketDeal, random: Random, cast: Cast): MarketEvent['args'] {
  return { dealId: deal.id, relayer: random.pick(cast.people), amount: random.big(40) + 1n }
}

/**
 * A log that is not for the tables: of another contract, which may even pretend to be ours, or of ours with an event that its ABI
 * does not have.
 */
function strangeLog(config: MarketConfig, random: Random): MarketLog {
  if (random.chance(0.2)) {
    const pretended = encodeEvent({ name: 'Shipped', args: argsFor('Shipped', random.hex(32), random) })
    return { address: random.hex(20), ...pretended, event: null, illegal: false }
  }
  const address = random.pick([random.hex(20), random.hex(20), config.escrow, config.reputation])
  return { address, topics: [random.hex(32), random.hex(32)], data: random.hex(32), event: null, illegal: false }
}

/** An event that cannot follow: of a deal in the wrong state, of one that never was, or a review said twice. */
function illegalEvent(random: Random, deals: readonly MarketDeal[], opening: MarketEvent): MarketEvent | null {
  if (deals.length === 0) return null
  const deal = random.pick(deals)
  const wrong = dealEventNames.filter((name) => !canFollow(deal, name))
  const names = ['Shipped', 'Released', 'Refunded', 'Delivered', 'Claimed', 'FeesCollected'].filter(
    (name) => name === 'FeesCollected' || wrong.some((one) => one === name),
  )
  const draw = random.next()
  if (draw < 0.15) return { name: 'Shipped', args: argsFor('Shipped', random.hex(32), random) } // a deal nobody opened
  if (draw < 0.3) return { ...opening, args: { ...opening.args, dealId: deal.id } } // opened twice
  const sealed = Object.entries(deal.reviews).find(([, review]) => review === 'open')?.[0]
  if (sealed !== undefined) {
    const subject = sealed === deal.buyer ? deal.seller : deal.buyer
    return { name: 'ReviewRevealed', args: { dealId: deal.id, author: sealed, subject, score: 1, textHash: random.hex(32) } }
  }
  const name = random.pick(names)
  return name === 'FeesCollected' && deal.feesDue ? null : { name, args: argsFor(name, deal.id, random) }
}

function canFollow(deal: MarketDeal, name: string): boolean {
  try {
    next(deal.state, name)
    return true
  } catch (error) {
    if (error instanceof IllegalTransition) return false
    throw error
  }
}

function argsFor(name: string, dealId: Hex, random: Random): MarketEvent['args'] {
  const deadline = random.int(1, 2 ** 32)
  const amount = random.big(60)
  if (name === 'Shipped') return { dealId, trackingHash: random.hex(32), deadline }
  if (name === 'Delivered') return { dealId, by: random.hex(20), deadline }
  if (name === 'Refunded') return { dealId, amount }
  if (name === 'FeesCollected') return { dealId, operatorFee: amount, arbiterFee: 0n }
  return { dealId, amount, fee: 0n }
}
