import type { ClientBase } from 'pg'
import type { Contracts } from '../env.ts'
import { StaleWriter } from '../errors.ts'
import type { BlockRef } from '../source/fork.ts'
import type { Target } from './copy.ts'
import { NO_DIGEST } from './digest.ts'

/** How far the tables are, below which height the chain promised to change nothing, and which contracts they are about. */
export type Checkpoint = {
  tip: BlockRef | null
  finalized: number
  /** Of everything up to the tip: see digest.ts. */
  digest: string
  contracts: string | null
  /** Why the rows can no longer be trusted; null while they can. */
  stopped: string | null
  /** Which table it was read from: a rebuild puts another in its place. Null where nothing was read. */
  table: string | null
}

type CheckpointRow = {
  table: string
  block_number: string
  block_hash: string
  finalized_number: string
  contracts: string
  stopped: string | null
  digest: string | null
}

const nothing: Checkpoint = { tip: null, finalized: 0, digest: NO_DIGEST, contracts: null, stopped: null, table: null }

/** Reads where the tables of a chain stand. */
export async function readCheckpoint({ client, chain }: Target): Promise<Checkpoint> {
  const sql = `select c.*, c.tableoid as table, b.digest from checkpoint c left join block b on b.chain = c.chain and b.number = c.block_number
    where c.chain = $1`
  const { rows } = await client.query<CheckpointRow>(sql, [chain])
  const [row] = rows
  if (row === undefined) return nothing
  const { contracts, stopped, table } = row
  const tip = { number: Number(row.block_number), hash: row.block_hash }
  return { tip, finalized: Number(row.finalized_number), digest: row.digest ?? NO_DIGEST, contracts, stopped, table }
}

/**
 * Moves the checkpoint, within the caller's transaction. It has to stand where the caller believes it does: a writer that was
 * overtaken, by another one or by a rebuild, finds out here and stores nothing.
 * @throws StaleWriter if it stands elsewhere.
 */
export async function moveCheckpoint(target: Target, was: Checkpoint, now: Omit<Checkpoint, 'table'>): Promise<Checkpoint> {
  const { client, chain } = target
  const { tip, finalized, contracts } = now
  const values = [chain, tip?.number ?? -1, tip?.hash ?? '', finalized, contracts]
  const from = was.tip === null ? [] : [was.tip.number, was.tip.hash, was.table]
  const table = await (was.tip === null ? createCheckpoint : updateCheckpoint)(client, [...values, ...from])
  if (table === null) throw new StaleWriter(`the checkpoint of ${chain} is not at block ${was.tip?.number ?? 'none'} any more`)
  if (tip === null) await client.query('delete from checkpoint where chain = $1', [chain])
  return { ...now, table }
}

async function createCheckpoint(client: ClientBase, values: unknown[]): Promise<string | null> {
  const sql = `insert into checkpoint (chain, block_number, block_hash, finalized_number, contracts) values ($1, $2, $3, $4, $5)
    on conflict (chain) do nothing returning tableoid as table`
  return (await client.query<{ table: string }>(sql, values)).rows[0]?.table ?? null
}

async function updateCheckpoint(client: ClientBase, values: unknown[]): Promise<string | null> {
  const sql = `update checkpoint set block_number = $2, block_hash = $3, finalized_number = $4, contracts = $5, stopped = null
    where chain = $1 and block_number = $6 and block_hash = $7 and tableoid = $8 returning tableoid as table`
  return (await client.query<{ table: string }>(sql, values)).rows[0]?.table ?? null
}

/** Writes down that the rows of a chain can no longer be trusted, for whoever reads them. */
export async function writeStopped({ client, chain }: Target, reason: string): Promise<void> {
  await client.query('update checkpoint set stopped = $2 where chain = $1', [chain, reason])
}

/** Hash of the stored block at a height, if there is one. */
export async function storedHash({ client, chain }: Target, number: number): Promise<string | null> {
  const sql = 'select hash from block where chain = $1 and number = $2'
  const { rows } = await client.query<{ hash: string }>(sql, [chain, number])
  return rows[0]?.hash ?? null
}

/** Contracts as the checkpoint names them. */
export function nameOf({ escrow, reputation, deployBlock }: Contracts): string {
  return `escrow ${escrow} reputation ${reputation} from block ${deployBlock}`
}
