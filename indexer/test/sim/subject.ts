/**
 * The one place that knows how the indexer is started and which tables it writes. Everything else of the simulator speaks of
 * chains, faults and rows.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { syncBuiltinESMExports } from 'node:module'
import type { Duplex } from 'node:stream'
import timers from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import type { ChainConfig } from '../../src/env.ts'
import { Permanent } from '../../src/errors.ts'
import type { ChainEvent } from '../../src/project/event.ts'
import { runChain } from '../../src/run.ts'
import { createStatus, type Point, type Snapshot } from '../../src/status.ts'
import { kindOf } from '../../src/store/outbox.ts'
import type { OutboxRow } from './compare.ts'

const HASTE = 20

export type LifeOptions = {
  databaseUrl: string
  chain: ChainConfig
  /** Called at each point of each step; what it throws ends the step there. */
  onPoint: (point: Point, life: Life) => void
}

/** How a life ended: asked to, killed, or because the indexer gave up for good. */
export type End = { kind: 'stopped' } | { kind: 'gaveUp'; permanent: boolean; error: unknown }

/** One run of the indexer in this process, from its start to its end. */
export type Life = {
  snapshot: () => Snapshot
  failures: () => number
  ended: Promise<End>
  /** As SIGTERM: ends after the step under way. */
  stop: () => Promise<void>
  /** As SIGKILL: its connections are gone at once, nothing is rolled back or finished. */
  kill: () => void
  /** Its connections are gone, but it lives. */
  disconnect: () => void
}

/** Where the fault triggers go, and what is emptied between seeds. */
export const chainTables = [
  ...(['chain.block', 'chain.event', 'chain.deal', 'chain.offer_void', 'chain.counter', 'chain.credit', 'chain.review'] as const),
  ...(['chain.halt', 'chain.checkpoint', 'bus.outbox'] as const),
] as const
export type SimTable = (typeof chainTables)[number]

/** Starts the indexer. It lives until it is stopped or killed, or gives up. */
export function startLife({ databaseUrl, chain, onPoint }: LifeOptions): Life {
  const status = createStatus({ chain: chain.caip2, now: Date.now, staleAfterMs: 5_000 })
  const stop = new AbortController()
  const clients = new Set<pg.Client>()
  const disconnect = (): void => {
    for (const client of clients) streamOf(client).destroy()
    clients.clear()
  }
  const mark = (point: Point): void => {
    status.mark(point)
    onPoint(point, life)
  }
  const log = pino({ level: process.env.SIM_LOG ?? 'silent' })
  const options = { databaseUrl, schema: 'chain', chain, log, status: { ...status, mark } }
  const ended = owners
    .run(clients, () => runChain(options, stop.signal))
    .then(
      (): End => ({ kind: 'stopped' }),
      (error: unknown): End => ({ kind: 'gaveUp', permanent: error instanceof Permanent, error }),
    )
  const life: Life = {
    snapshot: status.snapshot,
    failures: () => status.counters.get('failures') ?? 0,
    ended,
    stop: async () => {
      stop.abort()
      await ended
    },
    kill: () => {
      stop.abort()
      disconnect()
    },
    disconnect,
  }
  return life
}

/** Where the tables stand; null where nothing is indexed. `stopped`: why they can no longer be trusted. */
export async function storedCheckpoint(
  client: pg.ClientBase,
): Promise<{ hash: string; finalized: number; stopped: string | null } | null> {
  const sql = 'select block_hash, finalized_number, stopped from chain.checkpoint'
  const { rows } = await client.query<{ block_hash: string; finalized_number: string; stopped: string | null }>(sql)
  const [row] = rows
  return row === undefined ? null : { hash: row.block_hash, finalized: Number(row.finalized_number), stopped: row.stopped }
}

/** The outbox in the order of its positions. */
export async function storedOutbox(client: pg.ClientBase): Promise<OutboxRow[]> {
  const sql = `select kind, deal_id, block_number, block_hash, log_index, tx_hash, retracted, payload from bus.outbox order by position`
  const { rows } = await client.query<StoredMessage>(sql)
  return rows.map(({ kind, deal_id: dealId, block_number, block_hash, log_index, tx_hash, retracted, payload }) => ({
    id: block_hash === null ? null : `${block_hash}:${log_index}`,
    ...{ kind, dealId, retracted, block: Number(block_number), says: `${tx_hash} ${inOrder(payload)}` },
  }))
}

type StoredMessage = {
  kind: string
  deal_id: string | null
  block_number: string
  block_hash: string | null
  log_index: number | null
  tx_hash: string | null
  retracted: boolean
  payload: Record<string, unknown>
}

/** What the outbox must say of an event: what it said, but for the terms. */
export function outboxRowOf({
  name,
  args,
  deal_id: dealId,
  block_hash,
  log_index,
  block_number: block,
  tx_hash,
}: ChainEvent): OutboxRow {
  const { terms: _, ...payload } = args as Record<string, unknown>
  const says = `${tx_hash} ${inOrder(payload)}`
  return { id: `${block_hash}:${log_index}`, kind: kindOf(name), dealId, retracted: false, block, says }
}

function inOrder(payload: Record<string, unknown>): string {
  return JSON.stringify(Object.entries(payload).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Which life a connection belongs to: whatever a life does happens within its own asynchronous context. */
const owners = new AsyncLocalStorage<Set<pg.Client>>()

const { connect } = pg.Client.prototype as unknown as Record<'connect', (...args: unknown[]) => unknown>
Object.assign(pg.Client.prototype, {
  connect(this: pg.Client, ...args: unknown[]): unknown {
    owners.getStore()?.add(this)
    return connect.apply(this, args)
  },
})

// The indexer's pauses between tries are a small part of what they are, so that it tries often in the short life of a seed.
const { setTimeout: pause } = timers
timers.setTimeout = ((ms: number, ...rest: [unknown?]) =>
  pause(owners.getStore() === undefined ? ms : ms / HASTE, ...rest)) as typeof pause
syncBuiltinESMExports()

function streamOf(client: pg.Client): Duplex {
  return (client as unknown as { connection: { stream: Duplex } }).connection.stream
}
