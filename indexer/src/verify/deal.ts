import type { ChainConfig } from '../env.ts'
import { InconsistentNode } from '../errors.ts'
import type { ChainEvent } from '../project/event.ts'
import { decodeLog } from '../source/decode.ts'
import type { Rpc } from '../source/rpc.ts'
import type { Target } from '../store/copy.ts'
import { eventsOfDeals } from '../store/events.ts'
import type { Span } from './chain.ts'
import type { Tallies } from './compare.ts'

export type DealOptions = { rpc: Rpc; chain: ChainConfig; target: Target; tallies: Tallies; span: Span; dealId: string }

/** Asks the chain for the events of one deal alone, by their topic, and compares them with the rows. */
export async function compareEventsOfDeal({ rpc, chain, target, tallies, span, dealId }: DealOptions): Promise<void> {
  const events: ChainEvent[] = []
  const { escrow, reputation } = chain.contracts
  for (let from = span.from; from <= span.to; from += chain.maxRange) {
    const to = Math.min(span.to, from + chain.maxRange - 1)
    const logs = await rpc.logs([escrow, reputation], { from, to, topics: [null, dealId] })
    const stranger = logs.find(({ address, topics }) => (address !== escrow && address !== reputation) || topics[1] !== dealId)
    if (stranger !== undefined) throw new InconsistentNode(`a log of ${stranger.address} that was not asked for`)
    for (const log of logs.toSorted((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex)) {
      const header = await rpc.header(log.blockNumber)
      if (header?.hash !== log.blockHash) throw new InconsistentNode(`a log of a block that is not at ${log.blockNumber}`)
      const event = decodeLog(log, header.timestamp)
      if (event !== null) events.push(event)
    }
  }
  tallies.compare('event', events, await eventsOfDeals(target, [dealId]))
}
