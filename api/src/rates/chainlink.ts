import { WORTH_DECIMALS } from '@fairhold/protocol/rate'
import { type Address, type PublicClient, parseAbi } from 'viem'
import { MINUTE_MS, type Quote, type RateSource } from './source.ts'

const feedAbi = parseAbi([
  'function decimals() view returns (uint8)',
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
])
const MOST_DECIMALS = 36

export interface Feed {
  address: Address
  /** Older answers do not count: the heartbeat of the feed, with some time to spare. */
  maxAgeSeconds: number
}

/** Prices in dollars that Chainlink's feeds have on chain. `feeds`: the feed of the token at each address. */
export function chainlink(feeds: ReadonlyMap<string, Feed>, chain: PublicClient, chainNow: () => Promise<number>): RateSource {
  return {
    name: 'Chainlink',
    everyMs: MINUTE_MS,
    ask: async () => {
      const now = await chainNow()
      const quotes = await Promise.allSettled([...feeds].map(([asset, feed]) => read(chain, { asset, feed, now })))
      const failed = quotes.find((one) => one.status === 'rejected')
      const good = quotes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      if (good.length === 0 && failed) throw failed.reason
      return good
    },
  }
}

async function read(chain: PublicClient, { asset, feed, now }: { asset: string; feed: Feed; now: number }): Promise<Quote> {
  const { address, maxAgeSeconds } = feed
  const [decimals, [roundId, answer, , updatedAt, answeredInRound]] = await Promise.all([
    chain.readContract({ abi: feedAbi, address, functionName: 'decimals' }),
    chain.readContract({ abi: feedAbi, address, functionName: 'latestRoundData' }),
  ])
  if (answer <= 0n) throw new Error(`the feed ${address} has no price`)
  if (decimals > MOST_DECIMALS) throw new Error(`the feed ${address} has ${decimals} decimals`)
  if (answeredInRound < roundId) throw new Error(`the feed ${address} has the answer of an earlier round`)
  if (updatedAt > BigInt(now) + 60n) throw new Error(`the feed ${address} is ahead of the chain`)
  if (updatedAt + BigInt(maxAgeSeconds) < BigInt(now)) throw new Error(`the feed ${address} has not been updated for too long`)
  const worth = (answer * 10n ** BigInt(WORTH_DECIMALS)) / 10n ** BigInt(decimals)
  if (worth === 0n) throw new Error(`the feed ${address} has a price too small to show`)
  return { asset, worth, asOf: new Date(Number(updatedAt) * 1000) }
}
