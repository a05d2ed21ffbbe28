import { createPrisma, type Database } from '@fairhold/db/client'
import { createTestDatabase } from '@fairhold/db/testing'
import pg from 'pg'
import type { BusEvent } from '../../src/bus/event.ts'
import type { Transaction } from '../../src/bus/source.ts'

export interface EventChanges {
  kind?: string
  dealId?: string | null
  accounts?: string[]
  retracted?: boolean
  blockHash?: string
  block?: number
}

/** Rows of the outbox and the notices of them, in one transaction as the indexer writes them; returns their positions. */
export async function writeEvents(indexer: pg.Client, events: readonly EventChanges[]): Promise<number[]> {
  const rows = events.map(
    ({ kind = 'deal.shipped', dealId = '0xd1', accounts = [], retracted = false, block = 7, blockHash = '0xb7' }) => {
      return { kind, deal_id: dealId, accounts, retracted, block_number: block, block_hash: blockHash }
    },
  )
  const { rows: written } = await indexer.query<{ position: string }>(
    `WITH row AS (
       INSERT INTO bus.outbox
       SELECT nextval('bus.outbox_position'), 'eip155:31337', kind, retracted, deal_id, accounts, block_number, block_hash, 0, '0x7e', '{}'
       FROM ROWS FROM (json_to_recordset($1) AS (kind text, retracted boolean, deal_id text, accounts text[], block_number bigint, block_hash text))
         WITH ORDINALITY ORDER BY ordinality
       RETURNING position, deal_id, accounts, block_number, kind)
     SELECT position, pg_notify('fairhold_live', json_build_object('id', position, 'kind', CASE WHEN kind = 'chain.reorg' THEN 'reorg' ELSE 'deal' END,
       'dealId', deal_id, 'accounts', accounts, 'block', block_number)::text) FROM row ORDER BY position`,
    [JSON.stringify(rows)],
  )
  return written.map(({ position }) => Number(position))
}

/** An outbox, and a table in which consumers leave a trace of each event. */
export interface EventBench {
  db: Database
  apiUrl: string
  admin: pg.Client
  indexer: pg.Client
  /** What a handler does: one row for each event that it was given. Nothing in the table keeps it from being there twice. */
  leaveTrace: (consumer: string, event: BusEvent, tx: Transaction) => Promise<void>
  /** Positions, in the order in which the traces were left. */
  traces: (consumer: string) => Promise<number[]>
  /** Positions of all events. */
  written: () => Promise<number[]>
  positionOf: (consumer: string) => Promise<number>
  stuck: (consumer: string) => Promise<string | null>
  stop: () => Promise<void>
}

export async function startEventBench(): Promise<EventBench> {
  const database = await createTestDatabase()
  const [admin, indexer] = [database.adminUrl, database.indexerUrl].map((url) => new pg.Client({ connectionString: url }))
  if (!admin || !indexer) throw new Error('no clients')
  await Promise.all([admin.connect(), indexer.connect()])
  await admin.query(`CREATE TABLE app.trace (seq BIGSERIAL, consumer TEXT, position BIGINT, deal_id TEXT);
    GRANT SELECT, INSERT ON app.trace TO fairhold_api; GRANT USAGE ON SEQUENCE app.trace_seq_seq TO fairhold_api`)
  const db = createPrisma(database.apiUrl)
  const numbers = async (sql: string, values: unknown[] = []) => {
    const { rows } = await admin.query<{ position: string }>(sql, values)
    return rows.map(({ position }) => Number(position))
  }
  const consumerRow = async (name: string) => {
    const sql = 'SELECT position, stuck FROM bus.consumer WHERE name = $1'
    return (await admin.query<{ position: string; stuck: string | null }>(sql, [name])).rows[0]
  }
  return {
    ...{ db, admin, indexer, apiUrl: database.apiUrl },
    leaveTrace: async (consumer, event, tx) => {
      await tx.$executeRaw`INSERT INTO app.trace (consumer, position, deal_id) VALUES (${consumer}, ${event.position}, ${event.dealId})`
    },
    traces: (consumer) => numbers('SELECT position FROM app.trace WHERE consumer = $1 ORDER BY seq', [consumer]),
    written: () => numbers('SELECT position FROM bus.outbox ORDER BY position'),
    positionOf: async (name) => Number((await consumerRow(name))?.position ?? -1),
    stuck: async (name) => (await consumerRow(name))?.stuck ?? null,
    stop: async () => {
      await db.$disconnect()
      await Promise.all([admin.end(), indexer.end()])
      await database.stop()
    },
  }
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
