import type { ChainEvent } from '../project/event.ts'
import { assertLinked, type Block, type BlockReader } from '../source/blocks.ts'
import type { Rpc } from '../source/rpc.ts'
import { blockRow } from '../store/commit.ts'
import { eventLine, type Target } from '../store/copy.ts'
import { NO_DIGEST, nextDigest } from '../store/digest.ts'
import { eventsBetween } from '../store/events.ts'
import { type BlockRow, selectRows } from '../store/tables.ts'
import type { Tallies } from './compare.ts'

const BLOCKS_AT_ONCE = 500
/** Stands for a block whose row is not there. */
const noBlock = { hash: 'missing', parent_hash: 'missing', timestamp: 0, digest: '' }
const BLOCKS_PER_HEADER = 1_000 // of a quick check: a header's hash stands for all before it

/** A span of heights, both included. */
export type Span = { from: number; to: number }

export type SpanOptions = { target: Target; span: Span; tallies: Tallies; onEvents: (events: readonly ChainEvent[]) => void }

/** Reads every block of a span from the chain anew and compares blocks and events with the rows. */
export async function compareWithChain(options: SpanOptions & { read: BlockReader }): Promise<void> {
  const { read, target, tallies, span } = options
  let parent: string | null = null
  let digest = await digestBefore(target, span.from)
  for (let from = span.from; from <= span.to; from += BLOCKS_AT_ONCE) {
    const to = Math.min(span.to, from + BLOCKS_AT_ONCE - 1)
    const blocks: Block[] = await read.range(from, to)
    assertLinked(
      blocks.map(({ header }) => header),
      parent,
    )
    const rows: BlockRow[] = []
    for (const block of blocks) {
      digest = nextDigest(digest, block.header.hash, linesOf(target, block.events))
      rows.push(blockRow(block, digest))
    }
    parent = blocks.at(-1)?.header.hash ?? parent
    const events = blocks.flatMap((block) => block.events)
    tallies.compare('block', rows, await blocksBetween(target, from, to))
    tallies.compare('event', events, await eventsBetween(target, from, to))
    options.onEvents(events)
  }
}

/**
 * The cheap check of a span: computes the digests of all blocks anew from the rows, and compares only some headers with the
 * chain. Since a header's hash stands for everything before it, rows that were made from other blocks show.
 */
export async function compareDigests(options: SpanOptions & { rpc: Rpc }): Promise<void> {
  const { rpc, target, tallies, span } = options
  let parent: string | null = null
  let digest = await digestBefore(target, span.from)
  for (let from = span.from; from <= span.to; from += BLOCKS_PER_HEADER) {
    const to = Math.min(span.to, from + BLOCKS_PER_HEADER - 1)
    const [stored, events, header] = await Promise.all([
      blocksBetween(target, from, to),
      eventsBetween(target, from, to),
      rpc.header(to),
    ])
    const rows = new Map(stored.map((row) => [row.number, row]))
    const byHeight = Map.groupBy(events, ({ block_number }) => block_number)
    const expected = Array.from({ length: to - from + 1 }, (_, k): BlockRow => {
      const row = rows.get(from + k) ?? { ...noBlock, number: from + k }
      const linked = { ...row, parent_hash: parent ?? row.parent_hash }
      parent = row.hash
      digest = nextDigest(digest, row.hash, linesOf(target, byHeight.get(row.number) ?? []))
      return { ...linked, hash: row.number === to ? (header?.hash ?? 'not there') : row.hash, digest }
    })
    tallies.compare('block', expected, stored)
    options.onEvents(events)
  }
}

/** Rows of blocks and events outside a span have no business in the tables. */
export async function compareOutside({ target, span, tallies }: Pick<SpanOptions, 'target' | 'span' | 'tallies'>): Promise<void> {
  const { client, chain } = target
  const outside = (column: string) => ({ chain, where: `${column} not between $2 and $3`, values: [span.from, span.to] })
  tallies.compare('block', [], await selectRows(client, 'block', outside('number')))
  tallies.compare('event', [], await selectRows(client, 'event', outside('block_number')))
}

function linesOf({ chain }: Target, events: readonly ChainEvent[]): string[] {
  return events.map((event) => eventLine(chain, event))
}

function blocksBetween({ client, chain }: Target, from: number, to: number): Promise<BlockRow[]> {
  return selectRows(client, 'block', { chain, where: 'number between $2 and $3 order by number', values: [from, to] })
}

async function digestBefore({ client, chain }: Target, height: number): Promise<string> {
  const [row] = await selectRows(client, 'block', { chain, where: 'number = $2', values: [height - 1] })
  return row?.digest ?? NO_DIGEST
}
