import type { ClientBase } from 'pg'
import type { Contracts } from '../env.ts'
import { Permanent } from '../errors.ts'
import type { BlockRef } from '../source/fork.ts'

/** How far the tables are, and below which height the chain promised to change nothing. */
export type Checkpoint = { tip: BlockRef | null; finalized: number }

type CheckpointRow = { chain_id: string; block_number: string; block_hash: string; finalized_number: string }

/** Reads where the tables stand. @throws Permanent if they hold another chain. */
export async function readCheckpoint(client: ClientBase, chainId: number): Promise<Checkpoint> {
  const sql = 'select chain_id, block_number, block_hash, finalized_number from chain.checkpoint'
  const { rows } = await client.query<CheckpointRow>(sql)
  const other = rows.find((row) => Number(row.chain_id) !== chainId)
  if (other !== undefined) throw new Permanent(`the tables hold chain ${other.chain_id}, not ${chainId}`)
  const [row] = rows
  if (row === undefined) return { tip: null, finalized: 0 }
  const tip = { number: Number(row.block_number), hash: row.block_hash }
  return { tip, finalized: Number(row.finalized_number) }
}

/** Moves the checkpoint, within the caller's transaction; a null tip says that nothing is indexed any more. */
export async function writeCheckpoint(client: ClientBase, chainId: number, { tip, finalized }: Checkpoint): Promise<void> {
  if (tip === null) {
    await client.query('delete from chain.checkpoint where chain_id = $1', [chainId])
    return
  }
  const sql = `insert into chain.checkpoint (chain_id, block_number, block_hash, finalized_number)
    values ($1, $2, $3, $4)
    on conflict (chain_id) do update set block_number = $2, block_hash = $3, finalized_number = $4`
  await client.query(sql, [chainId, tip.number, tip.hash, finalized])
}

/** Hash of the stored block at a height, if there is one. */
export async function storedHash(client: ClientBase, number: number): Promise<string | null> {
  const { rows } = await client.query<{ hash: string }>('select hash from chain.block where number = $1', [number])
  return rows[0]?.hash ?? null
}

/**
 * Whether the tables start where they should and hold no events of other contracts; if not, they have to be made anew.
 * An address that was wrong and had no events leaves no trace here: `verify` finds what is missing then.
 */
export async function isAbout(client: ClientBase, { escrow, reputation, deployBlock }: Contracts): Promise<boolean> {
  const sql = `select exists (select 1 from chain.event where address <> all($1)) as strange,
    (select min(number) from chain.block) as lowest`
  const { rows } = await client.query<{ strange: boolean; lowest: string | null }>(sql, [[escrow, reputation]])
  const [found] = rows
  return found !== undefined && !found.strange && Number(found.lowest) === deployBlock
}
