import { COMMIT_LOCK } from '@fairhold/db/locks'
import type { ClientBase } from 'pg'
import type { ChainEvent } from '../project/event.ts'
import { byDeal, foldHistory } from '../project/history.ts'
import type { Block } from '../source/blocks.ts'
import type { Step } from '../source/follow.ts'
import type { Point } from '../status.ts'
import { writeCounters, writeCredits } from './balances.ts'
import { type Checkpoint, moveCheckpoint } from './checkpoint.ts'
import { eventLine, insertEvents, insertRows, type Target } from './copy.ts'
import { NO_DIGEST, nextDigest } from './digest.ts'
import { makePartitions } from './events.ts'
import { type Histories, HistoryCache, writeHistories } from './histories.ts'
import { writeOutbox } from './outbox.ts'
import { type Rollback, rollbackAbove } from './rollback.ts'
import { type BlockRow, selectRows } from './tables.ts'

const DEALS_REMEMBERED = 10_000 // about 20 MB

const nothingUndone: Rollback = { events: [], blocks: 0, histories: new Map() }

/** What a step did, for logs and metrics. */
export type Committed = { events: number; retractedBlocks: number; histories: Histories }

export type StoreOptions = {
  client: ClientBase
  chain: string
  /** The schema that holds the tables: `chain`, or the one that a rebuild fills. */
  schema: string
  /** Where the tables stand. */
  checkpoint: Checkpoint
  /** Which contracts the rows are about. */
  contracts: string
  /** Whether what happens is announced in the outbox. A rebuild announces what differs when it takes over instead. */
  announces: boolean
  onPoint: (point: Point) => void
}

/**
 * Stores steps, each in ONE transaction: what is taken back, blocks, events, the rows folded from them, outbox, notices and
 * checkpoint. Readers see the tables before or after it, never between; a crash leaves them before it. After any failure the
 * store must not be used again: what it remembers may not be what is stored.
 */
export function createStore(options: StoreOptions) {
  const { client, chain, schema, contracts, announces, onPoint } = options
  const target: Target = { client, chain }
  const cache = new HistoryCache(DEALS_REMEMBERED)
  let { checkpoint } = options
  let partitionedTo = -1

  const write = async (step: Step): Promise<Committed & { next: Checkpoint }> => {
    await client.query(`begin; select pg_advisory_xact_lock_shared(${COMMIT_LOCK})`)
    onPoint('began')
    const undone = step.retractAbove === null ? nothingUndone : await undo(step.retractAbove)
    const added = step.blocks.flatMap((block) => block.events)
    const digest = await insertBlocks(target, step, checkpoint.digest)
    onPoint('events')
    const histories = new Map([...undone.histories, ...(await fold(added))])
    onPoint('rows')
    const { retractAbove } = step
    if (announces) await writeOutbox(target, { retracted: undone.events, added, histories, retractAbove })
    onPoint('outbox')
    const now = { tip: step.tip, finalized: step.finalized, digest, contracts, stopped: null }
    const next = await moveCheckpoint(target, checkpoint, now)
    return { events: added.length, retractedBlocks: undone.blocks, histories, next }
  }

  const undo = async (height: number): Promise<Rollback> => {
    cache.clear()
    const undone = await rollbackAbove(target, height)
    onPoint('retracted')
    return undone
  }

  const fold = async (added: readonly ChainEvent[]): Promise<Histories> => {
    const events = byDeal(added)
    const before = await cache.load(client, chain, [...events.keys()])
    const after = new Map([...events].map(([id, some]) => [id, foldHistory(some, before.get(id))]))
    await writeHistories(target, before, after)
    await writeCredits(target, added, 1)
    await writeCounters(target, added)
    return after
  }

  return {
    commit: async (step: Step): Promise<Committed> => {
      const highest = step.blocks.at(-1)?.header.number ?? 0
      if (highest > partitionedTo) {
        const lowest = step.blocks[0]?.header.number ?? 0
        partitionedTo = await makePartitions(client, { schema, from: lowest, to: highest })
      }
      try {
        const { next, ...committed } = await write(step)
        onPoint('committing')
        await client.query('commit')
        checkpoint = next
        cache.keep(committed.histories)
        onPoint('committed')
        return committed
      } catch (error) {
        await client.query('rollback').catch(() => {}) // the connection may be what failed; `error` says so
        throw error
      }
    },
  }
}

async function insertBlocks(target: Target, { retractAbove, blocks, tip }: Step, before: string): Promise<string> {
  let digest = retractAbove === null ? before : await digestAt(target, retractAbove)
  const rows: BlockRow[] = []
  const lines = function* (): Generator<string> {
    for (const block of blocks) {
      const ofBlock = block.events.map((event) => eventLine(target.chain, event))
      digest = nextDigest(digest, block.header.hash, ofBlock)
      rows.push(blockRow(block, digest))
      yield* ofBlock
    }
  }
  await insertEvents(target, lines())
  await insertRows(target, 'block', rows)
  return tip === null ? NO_DIGEST : digest
}

async function digestAt({ client, chain }: Target, height: number): Promise<string> {
  const [row] = await selectRows(client, 'block', { chain, where: 'number = $2', values: [height] })
  return row?.digest ?? NO_DIGEST
}

/** The row of a block. */
export function blockRow({ header }: Pick<Block, 'header'>, digest: string): BlockRow {
  return { number: header.number, hash: header.hash, parent_hash: header.parentHash, timestamp: header.timestamp, digest }
}
