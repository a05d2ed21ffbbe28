import { join } from 'node:path'
import type { BenchDatabase } from './database.ts'
import type { Job } from './measure.ts'
import { copyStreams } from './packages.ts'
import { ponderJob, type ponderVersions } from './ponder.ts'
import { freePort } from './ports.ts'
import { contracts } from './workload.ts'

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

/** Those who are measured from block to row. */
export const followers: readonly Contender[] = [
  {
    name: 'floor',
    title: 'floor: newHeads, getLogs by hash, one transaction',
    prepare: async (database, source) => ({
      ...{ name: 'floor', command: process.execPath, args: [join(import.meta.dirname, 'floor/head.ts')] },
      ...{ env: { ...floorEnv(database, source), RPC_WS_URL: source.wsUrl ?? '' }, ...stored('event', 'deal') },
    }),
  },
  ponder('ponder-0.17.7', 'Ponder 0.17.7, `ws`'),
  { name: 'ours', title: 'Fairhold', prepare: ours },
]

/**
 * Our indexer as it really runs. `nodeFlags` are for profiling. The checkpoint is asked first, since it is one row and commits
 * together with the events, among which a search may be dear.
 */
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
    ...stored('chain.event', 'chain.deal'),
    visible: `select exists (select from chain.checkpoint where block_number >= $1) and ${visibleIn('chain.event')} as visible`,
  }
}

function floor(decoder: 'viem' | 'hand', title: string): Contender {
  return {
    name: decoder,
    title,
    prepare: async (database, source) => ({
      ...{ name: decoder, command: process.execPath, args: [join(import.meta.dirname, 'floor/backfill.ts')] },
      env: { ...floorEnv(database, source), DECODER: decoder, COPY_STREAMS: copyStreams() },
      ...stored('event', 'deal'),
    }),
  }
}

function floorEnv(database: BenchDatabase, { rpcUrl }: Source): Record<string, string> {
  const { escrow, reputation, deployBlock } = contracts
  const chain = { RPC_URL: rpcUrl, ESCROW: escrow, REPUTATION: reputation, FIRST_BLOCK: String(deployBlock) }
  return { DATABASE_URL: database.adminUrl, ...chain }
}

function ponder(name: keyof typeof ponderVersions, title: string): Contender {
  return {
    name,
    title,
    prepare: async (database, { rpcUrl, wsUrl }) => {
      const { deployBlock: firstBlock, escrow, reputation } = contracts
      return {
        ...(await ponderJob(name, database, { rpcUrl, ...(wsUrl && { wsUrl }), firstBlock, escrow, reputation })),
        ...stored('bench.event', 'bench.deal'),
      }
    },
  }
}

/** How to see what is stored in these two tables. */
function stored(events: string, deals: string): Pick<Job, 'visible' | 'count'> {
  const completed = `select count(*) from ${deals} where state = 'completed'`
  return {
    visible: `select ${visibleIn(events)} as visible`,
    count: `select (select count(*) from ${events}) as events, (${completed}) as completed`,
  }
}

function visibleIn(events: string): string {
  return `exists (select from ${events} where block_number = $1 and log_index = $2)`
}
