import { escrowAbi } from '@fairhold/protocol/abi/escrow'
import { reputationAbi } from '@fairhold/protocol/abi/reputation'
import { packTerms } from '@fairhold/protocol/deal/packed'
import { deploymentOf } from '@fairhold/protocol/deployments'
import { DEV_CHAIN_ID } from '@fairhold/protocol/dev-accounts'
import { type AbiEvent, type Hex, toEventSelector, zeroAddress, zeroHash } from 'viem'
import { randomWord } from './random-word.ts'

/** A log as a contract emits it. All hex is lower case. */
export type WorkLog = { address: Hex; topics: readonly Hex[]; data: Hex }

/** Where the two contracts stand, and the first block that has events. */
export const contracts = {
  escrow: deploymentOf(DEV_CHAIN_ID).escrow.toLowerCase() as Hex,
  reputation: deploymentOf(DEV_CHAIN_ID).reputation.toLowerCase() as Hex,
  deployBlock: 1,
}

/** Chain time, in seconds: of block 0, and from one block to the next. */
export const GENESIS_TIME = 1_800_000_000
export const BLOCK_SECONDS = 12

/** As many events as 500 blocks hold: what every contender is measured with unless told otherwise. */
export const DEFAULT_EVENTS = 99_760

const DEALS_PER_BLOCK = 40
const FEES_EVERY = 20 // one deal in so many has its fees collected, and credited because its operator cannot take them
const DAY = 86_400
const FEE = 25n * 10n ** 15n
const ACCOUNTS = 2_000

/** A deal's life: the blocks from its opening to each event. */
const life = [
  { name: 'Opened', after: 0 },
  { name: 'Shipped', after: 4 },
  { name: 'Delivered', after: 12 },
  { name: 'Released', after: 18 },
  { name: 'FeesCollected', after: 20 },
  { name: 'Credited', after: 20 },
  { name: 'ReviewRevealed', after: 20 },
] as const
type Name = (typeof life)[number]['name']
const blocksToRelease = life[3].after

const seed = { deal: 1, tracking: 2, item: 3, text: 4, account: 5 }
const known: readonly AbiEvent[] = [...escrowAbi, ...reputationAbi].filter((item) => item.type === 'event')
const selectors = Object.fromEntries(known.map((item) => [item.name, toEventSelector(item)])) as Record<Name, Hex>
const addressWords = Array.from({ length: ACCOUNTS }, (_, k) => word(BigInt(randomWord(seed.account, k).slice(0, 42))))
const arbiter = accountWord(0)
const operator = accountWord(1)
const ether = word(0n)
const rules = word(
  packTerms({
    ...{ seller: zeroAddress, buyer: zeroAddress, token: zeroAddress, price: 0n, arbiter: zeroAddress, operator: zeroAddress },
    ...{ operatorFeeBps: 250, arbiterFeeBps: 0, silentAwardBps: 5_000, depositBps: 0, fundingSeconds: 0 },
    ...{ shipSeconds: 3 * DAY, deliverySeconds: 7 * DAY, inspectionSeconds: 3 * DAY, rulingSeconds: 7 * DAY },
    ...{ itemHash: zeroHash, salt: 0n },
  }).rules,
)

/**
 * The logs of a block, in their order: 40 deals are opened in each and live for 20 blocks, so that the state machine accepts
 * every event and a block holds 204 of them once the first deals have ended. A pure function of the height.
 */
export function logsOfBlock(height: number): WorkLog[] {
  const logs: WorkLog[] = []
  for (const { name, after } of life) {
    const openedAt = height - after
    if (openedAt < contracts.deployBlock) continue
    const first = (openedAt - contracts.deployBlock) * DEALS_PER_BLOCK
    const isFee = name === 'FeesCollected' || name === 'Credited'
    for (let deal = first; deal < first + DEALS_PER_BLOCK; deal += isFee ? FEES_EVERY : 1) logs.push(logOf(name, deal, height))
  }
  return logs
}

/** The logs of one block after another, from the first with events, cut off after `events`. */
export function* blocksOf(events: number): Generator<WorkLog[], void, void> {
  let left = events
  for (let height = contracts.deployBlock; left > 0; height += 1) {
    const logs = logsOfBlock(height).slice(0, left)
    left -= logs.length
    yield logs
  }
}

/** Height of the last block that has events, and how many events it has. */
export function lastOf(events: number): { height: number; logs: number } {
  let height = contracts.deployBlock - 1
  let logs = 0
  for (let left = events; left > 0; left -= logs) {
    height += 1
    logs = Math.min(left, sizeOf(height))
  }
  return { height, logs }
}

/** How many deals are completed by the first `events` events. */
export function completedIn(events: number): number {
  const { height, logs } = lastOf(events)
  const before = height - contracts.deployBlock - blocksToRelease
  const completed = Math.max(0, before) * DEALS_PER_BLOCK
  // A block has its events in the order of `life`: those opened in it first, those released in it fourth.
  const ahead = 3 * DEALS_PER_BLOCK
  return before < 0 ? 0 : completed + Math.min(DEALS_PER_BLOCK, Math.max(0, logs - ahead))
}

/** How many events a block has, without making them. */
export function sizeOf(height: number): number {
  const counts = life.map(({ name, after }): number => {
    if (height - after < contracts.deployBlock) return 0
    return name === 'FeesCollected' || name === 'Credited' ? DEALS_PER_BLOCK / FEES_EVERY : DEALS_PER_BLOCK
  })
  return counts.reduce((sum, count) => sum + count, 0)
}

function logOf(name: Name, deal: number, height: number): WorkLog {
  const id = randomWord(seed.deal, deal)
  const seller = accountWord(2 + (deal % 1_000))
  const buyer = accountWord(1_002 + ((deal * 7) % 990))
  const topics: Hex[] = [selectors[name], id]
  const deadline = word(BigInt(GENESIS_TIME + height * BLOCK_SECONDS + 3 * DAY))
  const escrow = (...words: Hex[]): WorkLog => ({ address: contracts.escrow, topics, data: join(words) })
  switch (name) {
    case 'Opened': {
      topics.push(seller, buyer)
      const price = word(10n ** 18n)
      const salt = word(BigInt(deal))
      return escrow(seller, buyer, ether, price, arbiter, operator, rules, randomWord(seed.item, deal), salt, deadline)
    }
    case 'Shipped':
      return escrow(randomWord(seed.tracking, deal), deadline)
    case 'Delivered':
      return escrow(buyer, deadline)
    case 'Released':
      return escrow(word(10n ** 18n), word(FEE))
    case 'FeesCollected':
      return escrow(word(FEE), word(0n))
    case 'Credited':
      return { address: contracts.escrow, topics: [selectors.Credited, ether, operator], data: word(FEE) }
    case 'ReviewRevealed':
      topics.push(buyer, seller)
      return { address: contracts.reputation, topics, data: join([word(BigInt(1 + (deal % 5))), randomWord(seed.text, deal)]) }
  }
}

function accountWord(index: number): Hex {
  return addressWords[index] as Hex // index is below ACCOUNTS
}

function word(value: bigint): Hex {
  return `0x${value.toString(16).padStart(64, '0')}`
}

function join(words: readonly Hex[]): Hex {
  return `0x${words.map((one) => one.slice(2)).join('')}`
}
