import type { ClientBase } from 'pg'
import type { DealHistory } from '../project/history.ts'
import type { Block } from '../source/blocks.ts'
import type { Step } from '../source/follow.ts'
import { writeCheckpoint } from './checkpoint.ts'
import { writeOutbox } from './outbox.ts'
import { type Changes, writeCounters, writeCredits, writeHistories } from './projections.ts'
import { rollbackAbove } from './rollback.ts'
import { type BlockRow, insertRows } from './tables.ts'

/** What a step did, for logs and metrics. */
export type Committed = { events: number; retractedBlocks: number; histories: ReadonlyMap<string, DealHistory> }

/**
 * Stores a step in ONE transaction: what is taken back, blocks, events, the rows folded from them, outbox, notices and
 * checkpoint. Readers see the tables before or after it, never between; a crash leaves them before it.
 */
export async function commitStep(client: ClientBase, step: Step, chainId: number): Promise<Committed> {
  await client.query('begin')
  try {
    const committed = await writeStep(client, step, chainId)
    await client.query('commit')
    return committed
  } catch (error) {
    await client.query('rollback').catch(() => {}) // the connection may be what failed; `error` says so
    throw error
  }
}

async function writeStep(client: ClientBase, step: Step, chainId: number): Promise<Committed> {
  const { retractAbove, blocks, tip, finalized } = step
  const undone = retractAbove === null ? { events: [], blocks: 0 } : await rollbackAbove(client, retractAbove)
  const changes: Changes = { retracted: undone.events, added: blocks.flatMap((block) => block.events) }
  await insertRows(client, 'block', blocks.map(blockRow))
  await insertRows(client, 'event', changes.added)
  const histories = await writeHistories(client, changes)
  await writeCredits(client, changes)
  await writeCounters(client, changes)
  await writeOutbox(client, { ...changes, histories, retractAbove })
  await writeCheckpoint(client, chainId, { tip, finalized })
  return { events: changes.added.length, retractedBlocks: undone.blocks, histories }
}

/** The row of a block. */
export function blockRow({ header }: Block): BlockRow {
  return { number: header.number, hash: header.hash, parent_hash: header.parentHash, timestamp: header.timestamp }
}
