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
import { Permanent } from '../../src/errors.ts'
import type { ChainEvent } from '../../src/project/event.ts'
import { runIndexer } from '../../src/run.ts'
import { createStatus, type Snapshot } from '../../src/status.ts'
import type { OutboxRow } from './compare.ts'
import type { FaultKind } from './faults.ts'

const HASTE = 20

/** The points of a step at which a life can end, in order. */
export const points = ['began', 'retracted', 'events', 'rows', 'outbox', 'committing', 'committed'] as const
export type Point = (typeof points)[number]

export type Finality = { kind: 'none' } | { kind: 'tag' } | { kind: 'depth'; blocks: number }

export type LifeOptions = {
  databaseUrl: string
  urls: readonly string[]
  wsUrl: string | null
  quorum: number
  chainId: number
  finality: Finality
  contracts: { escrow: string; reputation: string; deployBlock: number }
  pollMs: number
  maxRange: number
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
  isOver: () => boolean
  /** As SIGTERM: ends after the step under way. */
  stop: () => Promise<void>
  /** As SIGKILL: its connections are gone at once, nothing is rolled back or finished. */
  kill: () => void
  /** Its connections are gone, but it lives. */
  disconnect: () => void
}

/** What the indexer at hand cannot do, or does wrongly, so that seeds leave it out. */
export const limits: Limits = {
  urls: 1,
  finality: ['none', 'tag'],
  faults: (process.env.SIM_LIMITS ?? 'dropOne,truncate').split(',') as FaultKind[],
  finalize: process.env.SIM_LIMITS === '',
}

type Limits = { urls: number; finality: readonly Finality['kind'][]; faults: readonly FaultKind[]; finalize: boolean }

/** The chain as the tables name it. */
export function chainName(chainId: number): string {
  return `eip155:${chainId}`
}

/** Where the fault triggers go, and what is emptied between seeds. */
export const chainTables = [
  ...(['chain.block', 'chain.event', 'chain.deal', 'chain.offer_void', 'chain.counter', 'chain.credit', 'chain.review'] as const),
  ...(['chain.checkpoint', 'chain.outbox'] as const),
] as const
export type SimTable = (typeof chainTables)[number]

/** Starts the indexer. It lives until it is stopped or killed, or gives up. */
export function startLife(options: LifeOptions): Life {
  const status = createStatus({ now: Date.now, staleAfterMs: 5_000 })
  const stop = new AbortController()
  const clients = new Set<pg.Client>()
  let over = false
  const disconnect = (): void => {
    for (const client of clients) streamOf(client).destroy()
    clients.clear()
  }
  const { urls, wsUrl, chainId, contracts, pollMs, maxRange, databaseUrl } = options
  const env = {
    ...{ databaseUrl, wsUrl, chainId, contracts, pollMs, maxRange, rpcUrl: urls[0] ?? '', port: 0 },
    ...{ devChain: options.finality.kind === 'none', logLevel: 'silent' as const },
  }
  const log = pino({ level: process.env.SIM_LOG ?? 'silent' })
  const run = { clients, onPoint: (point: Point): void => options.onPoint(point, life) }
  const ended = owners
    .run(run, () => runIndexer({ env, log, status, clock: () => performance.now() / 1000 }, stop.signal))
    .then(
      (): End => ({ kind: 'stopped' }),
      (error: unknown): End => ({ kind: 'gaveUp', permanent: error instanceof Permanent, error }),
    )
    .finally(() => {
      over = true
    })
  const life: Life = {
    snapshot: status.snapshot,
    failures: () => status.counters.get('failures') ?? 0,
    ended,
    isOver: () => over,
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

/** Where the tables stand: the last block and the height that is final; null where nothing is indexed. */
export async function storedCheckpoint(client: pg.ClientBase): Promise<{ hash: string; finalized: number } | null> {
  const { rows } = await client.query<{ block_hash: string; finalized_number: string }>('select * from chain.checkpoint')
  return rows[0] === undefined ? null : { hash: rows[0].block_hash, finalized: Number(rows[0].finalized_number) }
}

/** The outbox in the order of its positions. */
export async function storedOutbox(client: pg.ClientBase): Promise<OutboxRow[]> {
  const { rows } = await client.query<{ kind: string; deal_id: string | null; block_number: string; payload: StoredPayload }>(
    'select kind, deal_id, block_number, payload from chain.outbox order by id',
  )
  return rows.map(({ kind, deal_id: dealId, block_number, payload }) => ({
    id: payload.blockHash === undefined ? null : `${payload.blockHash}:${payload.logIndex}`,
    ...{ kind, dealId, retracted: payload.retracted === true, block: Number(block_number) },
  }))
}

type StoredPayload = { blockHash?: string; logIndex?: number; retracted?: boolean }

/** What the outbox must say of an event; null where it says nothing. */
export function outboxRowOf(event: ChainEvent): OutboxRow | null {
  const isListing = event.name === 'AllOffersVoided' || event.name === 'NoncesVoided'
  if (event.deal_id === null && !isListing) return null
  const kind = isListing ? 'listing' : event.name.startsWith('Review') ? 'review' : 'deal'
  const id = `${event.block_hash}:${event.log_index}`
  return { id, kind, dealId: event.deal_id, retracted: false, block: event.block_number }
}

/** Which life a connection belongs to: whatever a life does happens within its own asynchronous context. */
const owners = new AsyncLocalStorage<{ clients: Set<pg.Client>; onPoint: (point: Point) => void }>()

const { connect, query } = pg.Client.prototype as unknown as Record<'connect' | 'query', (...args: unknown[]) => unknown>
Object.assign(pg.Client.prototype, {
  connect(this: pg.Client, ...args: unknown[]): unknown {
    owners.getStore()?.clients.add(this)
    return connect.apply(this, args)
  },
  query(this: pg.Client, ...args: unknown[]): unknown {
    const point = pointOf(String(args[0]))
    if (point !== null) owners.getStore()?.onPoint(point)
    const answer = query.apply(this, args)
    if (point !== 'committing') return answer
    return (answer as Promise<unknown>).then((result) => {
      owners.getStore()?.onPoint('committed')
      return result
    })
  },
})

// The indexer's pauses between tries are a small part of what they are, so that it tries often in the short life of a seed.
const { setTimeout: pause } = timers
timers.setTimeout = ((ms: number, ...rest: [unknown?]) =>
  pause(owners.getStore() === undefined ? ms : ms / HASTE, ...rest)) as typeof pause
syncBuiltinESMExports()

/** The points by the statements that come right after them. */
function pointOf(sql: string): Point | null {
  if (sql.startsWith('insert into chain.block')) return 'began'
  if (sql.startsWith('delete from chain.block')) return 'retracted'
  if (sql.startsWith('insert into chain.deal')) return 'events'
  if (sql.startsWith('insert into chain.outbox')) return 'rows'
  if (sql.startsWith('insert into chain.checkpoint')) return 'outbox'
  return sql === 'commit' ? 'committing' : null
}

function streamOf(client: pg.Client): Duplex {
  return (client as unknown as { connection: { stream: Duplex } }).connection.stream
}
