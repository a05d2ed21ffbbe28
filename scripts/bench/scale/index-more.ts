import type { ChainEvent } from '../../../indexer/src/project/event.ts'
import type { Block } from '../../../indexer/src/source/blocks.ts'
import { nameOf, readCheckpoint } from '../../../indexer/src/store/checkpoint.ts'
import { createStore } from '../../../indexer/src/store/commit.ts'
import { selectRows } from '../../../indexer/src/store/tables.ts'
import { openWriter } from '../../../indexer/src/store/writer.ts'
import { BLOCK_SECONDS, contracts, GENESIS_TIME } from '../workload.ts'
import { CAIP2, dealIdOf, wordOf } from './accounts.ts'
import { TIP } from './grow.ts'
import { ended, templateEvents } from './templates.ts'

/** In a block: five deals are opened, and five reviews come in of deals that ended long ago and have none. */
const OPENED_PER_BLOCK = 5
const REVIEWED_PER_BLOCK = 5
export const EVENTS_PER_BLOCK = OPENED_PER_BLOCK + REVIEWED_PER_BLOCK
const UNREVIEWED = ended.findIndex((names) => !names.includes('BuyerReviewed')) // kind of a deal that completed unreviewed
const FIRST_NEW = 2_000_000

/**
 * Stores `blocks` more blocks of ten events through the indexer's own store, a transaction each, as at the head of the chain.
 * Half of the events are about deals anywhere in the table, whose rows have to be found first. `round`: a number not used before.
 * @returns what each took, in milliseconds.
 */
export async function indexMore(
  indexerUrl: string,
  { deals, blocks, round }: { deals: number; blocks: number; round: number },
): Promise<number[]> {
  const writer = await openWriter({ url: indexerUrl, schema: 'chain', chain: CAIP2 }, AbortSignal.timeout(10_000))
  if (writer === null) throw new Error('another indexer has these tables')
  try {
    const { client } = writer
    const checkpoint = await readCheckpoint({ client, chain: CAIP2 })
    const store = createStore({
      ...{ client, chain: CAIP2, schema: 'chain', checkpoint, contracts: nameOf(contracts), announces: true },
      onPoint: () => {},
    })
    const first = (checkpoint.tip?.number ?? TIP) + 1
    const milliseconds: number[] = []
    for (let k = 0; k < blocks; k += 1) {
      const block = blockAt(first + k, [...openings(round, k), ...(await reviews(client, { deals, round, k, blocks }))])
      const tip = { number: block.header.number, hash: block.header.hash }
      const before = performance.now()
      await store.commit({ retractAbove: null, blocks: [block], tip, finalized: 0 })
      milliseconds.push(performance.now() - before)
    }
    return milliseconds
  } finally {
    await writer.close()
  }
}

function openings(round: number, k: number): ChainEvent[] {
  return Array.from({ length: OPENED_PER_BLOCK }, (_, j) => {
    const id = dealIdOf(FIRST_NEW + round * 100_000 + k * OPENED_PER_BLOCK + j)
    const [opened] = templateEvents(id, ['Opened'])
    return opened as ChainEvent // one name was given
  })
}

type Spread = { deals: number; round: number; k: number; blocks: number }

/** Reviews of deals that are evenly spread over the table, never the same twice. */
async function reviews(client: Parameters<typeof selectRows>[0], { deals, round, k, blocks }: Spread): Promise<ChainEvent[]> {
  const count = blocks * REVIEWED_PER_BLOCK
  const groups = Math.floor((deals - 1_000) / ended.length)
  const ids = Array.from({ length: REVIEWED_PER_BLOCK }, (_, j) => {
    const group = Math.floor(((k * REVIEWED_PER_BLOCK + j) / count) * groups)
    return dealIdOf(group * ended.length + UNREVIEWED + (round % 4))
  })
  const known = await selectRows(client, 'deal', { chain: CAIP2, where: 'id = any($2)', values: [[...new Set(ids)]] })
  return known.map(({ id, buyer: author, seller: subject }) => {
    const args = { dealId: id, author, subject, score: 5, textHash: wordOf('hash', 0) }
    const place = { block_hash: '', block_number: 0, log_index: 0, tx_hash: wordOf('hash', 0), timestamp: 0 }
    return { ...place, address: contracts.reputation, deal_id: id, name: 'ReviewRevealed', args } as ChainEvent
  })
}

function blockAt(number: number, events: readonly ChainEvent[]): Block {
  const hash = wordOf('block', number)
  const timestamp = GENESIS_TIME + number * BLOCK_SECONDS
  const header = { number, hash, parentHash: wordOf('block', number - 1), timestamp, logsBloom: '0x' }
  const placed = events.map((event, log_index) => ({ ...event, block_hash: hash, block_number: number, log_index, timestamp }))
  return { header, events: placed }
}
