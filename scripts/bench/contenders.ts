import { join } from 'node:path'
import type { BenchDatabase } from './database.ts'
import type { Job } from './measure.ts'
import { copyStreams } from './packages.ts'
import { ponderJob, type ponderVersions } from './ponder.ts'
import { freePort } from './ports.ts'
import { contracts, lastOf } from './workload.ts'

const ROOT = join(import.meta.dirname, '../..')

/** Where the events are and how many. */
export type Source = { rpcUrl: string; wsUrl?: string; events: number }

/** Somebody who indexes the workload. */
export type Contender = {
  name: string
  title: string
  /** Makes ready what does not count, such as installing, and says what to run on a fresh database. */
  prepare: (database: BenchDatabase, source: Source) => Promise<Job>
}

/** Everyone who is measured, in the order of a round. */
export const contenders: readonly Contender[] = [
  floor('viem', 'floor: viem decode + COPY'),
  floor('hand', 'floor: hand static decoder + COPY'),
  ponder('ponder-0.17.7', 'Ponder 0.17.7'),
  ponder('ponder-1.0.0', 'Ponder 1.0.0'),
  { name: 'ours', title: 'Fairhold', prepare: ours },
]

/** Our indexer as it really runs. `nodeFlags` are for profiling. */
export async function ours(database: BenchDatabase, source: Source, nodeFlags: readonly string[] = []): Promise<Job> {
  const indexerUrl = await database.migrated()
  const env: Record<string, string> = {
    INDEXER_DATABASE_URL: indexerUrl,
    RPC_URL: source.rpcUrl,
    CHAIN_ID: '31337',
    FINALITY: 'none',
    ESCROW_ADDRESS: contracts.escrow,
    REPUTATION_ADDRESS: contracts.reputation,
    DEPLOY_BLOCK: String(contracts.deployBlock),
    INDEXER_PORT: String(await freePort()),
    LOG_LEVEL: 'info',
    NODE_ENV: 'production',
    ...(source.wsUrl && { RPC_WS_URL: source.wsUrl }),
  }
  return {
    ...{ name: 'ours', command: process.execPath, args: [...nodeFlags, join(ROOT, 'indexer/src/main.ts')], env },
    done: lastRow('chain.event', source.events),
    ...stored('chain.event', 'chain.deal'),
  }
}

function floor(decoder: 'viem' | 'hand', title: string): Contender {
  return {
    name: decoder,
    title,
    prepare: async (database, { rpcUrl, events }) => {
      const env = {
        ...{ DATABASE_URL: database.adminUrl, RPC_URL: rpcUrl, DECODER: decoder, COPY_STREAMS: copyStreams() },
        ...{ FIRST_BLOCK: String(contracts.deployBlock), ESCROW: contracts.escrow, REPUTATION: contracts.reputation },
      }
      const args = [join(import.meta.dirname, 'floor/backfill.ts')]
      return {
        ...{ name: decoder, command: process.execPath, args, env },
        done: lastRow('event', events),
        ...stored('event', 'deal'),
      }
    },
  }
}

function ponder(name: keyof typeof ponderVersions, title: string): Contender {
  return {
    name,
    title,
    prepare: async (database, { rpcUrl, events }) => {
      const { deployBlock: firstBlock, escrow, reputation } = contracts
      return {
        ...(await ponderJob(name, database, { rpcUrl, firstBlock, escrow, reputation })),
        done: lastRow('bench.event', events),
        ...stored('bench.event', 'bench.deal'),
      }
    },
  }
}

/** Asks for the last event by its place: rows become visible in the order of the chain, so all others are there too. */
function lastRow(table: string, events: number): Job['done'] {
  const last = lastOf(events)
  const sql = `select exists (select from ${table} where block_number = $1 and log_index = $2) as done`
  return { sql, values: [last.height, last.logs - 1] }
}

/** How to count what is stored. */
function stored(events: string, deals: string): Pick<Job, 'count'> {
  return {
    count: `select (select count(*) from ${events}) as events, (select count(*) from ${deals} where state = 'completed') as completed`,
  }
}
